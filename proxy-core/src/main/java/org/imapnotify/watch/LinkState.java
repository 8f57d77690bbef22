package org.imapnotify.watch;

import org.imapnotify.upstream.UpstreamConnection;

/**
 * Where a connection that is to be kept up stands: {@link Resting} -> [{@link Spaced}] -> {@link Connecting} -> {@link Up}; a
 * failure of either leads to {@link BackingOff}, and from there, when its time has come, on as from {@link Resting}. Whatever
 * it is, it can be laid to rest.
 */
sealed interface LinkState {
    /** A connection is wanted. */
    default LinkState wake(Link link) {
        return this;
    }

    default LinkState onReady() {
        throw new IllegalStateException("a connection became ready while " + this);
    }

    /** Lets go of what there is. */
    default void close() {}

    /** When {@link #wake} will do something; Long.MAX_VALUE when nothing is to be expected. */
    default long dueAt() {
        return Long.MAX_VALUE;
    }

    /** No connection is wanted. */
    record Resting() implements LinkState {
        @Override
        public LinkState wake(Link link) {
            return link.space();
        }
    }

    /** Others are to connect first, so that not all come at once. */
    record Spaced(long until) implements LinkState {
        @Override
        public LinkState wake(Link link) {
            return link.now() - until >= 0 ? new Connecting(link.open()) : this;
        }

        @Override
        public long dueAt() {
            return until;
        }
    }

    /** The connection is being opened and logged in. */
    record Connecting(UpstreamConnection connection) implements LinkState {
        @Override
        public LinkState onReady() {
            return new Up(connection);
        }

        @Override
        public void close() {
            connection.close();
        }
    }

    /** The connection takes commands. */
    record Up(UpstreamConnection connection) implements LinkState {
        @Override
        public void close() {
            connection.close();
        }
    }

    /** The next attempt has to wait. */
    record BackingOff(long until) implements LinkState {
        @Override
        public LinkState wake(Link link) {
            return link.now() - until >= 0 ? link.space() : this;
        }

        @Override
        public long dueAt() {
            return until;
        }
    }
}
