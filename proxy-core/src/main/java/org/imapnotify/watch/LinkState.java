package org.imapnotify.watch;

import org.imapnotify.upstream.UpstreamConnection;

/**
 * Where a connection that is to be kept up stands: {@link Resting} -> [{@link Waiting}] -> [{@link Spaced}, or {@link
 * Yielding} when it only listens] -> {@link Connecting} -> {@link Up}; a failure of the last two leads to {@link BackingOff}, and from there, when its time has come, on as from {@link Resting}. Whatever
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

    /** Among all watch connections; only the states that hold one have a place. */
    default Place place() {
        return Place.FREE;
    }

    /** When {@link #wake} will do something; Long.MAX_VALUE when nothing is to be expected. */
    default long dueAt() {
        return Long.MAX_VALUE;
    }

    /** No connection is wanted. */
    record Resting() implements LinkState {
        @Override
        public LinkState wake(Link link) {
            return link.seek();
        }
    }

    /** All places are taken. */
    record Waiting(Place place) implements LinkState {
        @Override
        public LinkState wake(Link link) {
            return place.isGranted() ? link.space(place) : this;
        }

        @Override
        public void close() {
            place.giveBack();
        }
    }

    /** Others are to connect first, so that not all come at once. */
    record Spaced(Place place, long until) implements LinkState {
        @Override
        public LinkState wake(Link link) {
            return link.now() - until >= 0 ? new Connecting(place, link.open()) : this;
        }

        @Override
        public void close() {
            place.giveBack();
        }

        @Override
        public long dueAt() {
            return until;
        }
    }

    /** Others need the upstream's next connections more. */
    record Yielding(Place place, long until) implements LinkState {
        @Override
        public LinkState wake(Link link) {
            return link.now() - until >= 0 ? link.space(place) : this;
        }

        @Override
        public void close() {
            place.giveBack();
        }

        @Override
        public long dueAt() {
            return until;
        }
    }

    /** The connection is being opened and logged in. */
    record Connecting(Place place, UpstreamConnection connection) implements LinkState {
        @Override
        public LinkState onReady() {
            return new Up(place, connection);
        }

        @Override
        public void close() {
            connection.close();
            place.giveBack();
        }
    }

    /** The connection takes commands. */
    record Up(Place place, UpstreamConnection connection) implements LinkState {
        @Override
        public void close() {
            connection.close();
            place.giveBack();
        }
    }

    /** The next attempt has to wait. */
    record BackingOff(long until) implements LinkState {
        @Override
        public LinkState wake(Link link) {
            return link.now() - until >= 0 ? link.seek() : this;
        }

        @Override
        public long dueAt() {
            return until;
        }
    }
}
