package org.imapnotify.session;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.imapnotify.notify.Registration;
import org.imapnotify.upstream.ConnectionSettings;
import org.imapnotify.upstream.Credentials;
import org.imapnotify.upstream.Secret;
import org.imapnotify.upstream.UpstreamConnection;
import org.imapnotify.watch.AccountWatcher;
import org.imapnotify.watch.MailboxChange;
import org.imapnotify.watch.MailboxRow;
import org.imapnotify.watch.MetadataChange;
import org.imapnotify.watch.Subscriber;
import org.imapnotify.watch.UpstreamShare;
import org.imapnotify.watch.WatchEvents;
import org.imapnotify.watch.WatchOutput;
import org.imapnotify.watch.WatchSettings;
import org.imapnotify.wire.MailboxName;
import org.jspecify.annotations.Nullable;

/**
 * Watches the other mailboxes over the session's own connection, where no connection of their own can be had. It has a watcher
 * for itself alone, whose one connection is this session's, lent a few commands at a time.
 *
 * <p>Lent it is only at moments that cannot hurt: no command of the client is in flight, and an EXPUNGE that comes back may be
 * shown. How is {@link LentConnection}'s matter.
 */
final class InlineWatch implements WatchOutput, Subscriber {
    private final Session session;
    private final String tagPrefix;
    private final LentConnection connection;
    private final Deque<Runnable> news = new ArrayDeque<>();
    private @Nullable AccountWatcher watcher;
    private boolean on;

    InlineWatch(Session session, String tagPrefix) {
        this.session = session;
        this.tagPrefix = tagPrefix + "w";
        this.connection = new LentConnection(session, this.tagPrefix);
    }

    // What the session wants.

    /** {@link Notifications#armed} follows. */
    void register(Registration registration) {
        turn(true);
        if (watcher == null) {
            watcher = new AccountWatcher(
                    settings(),
                    new Credentials.Login("", Secret.of(new byte[0])),
                    this,
                    session.out()::nanoTime,
                    new SplittableRandom(tagPrefix.hashCode()),
                    WatchEvents.NONE);
        }
        watcher.register(this, registration);
    }

    private WatchSettings settings() {
        return new WatchSettings(
                new ConnectionSettings(false, ConnectionSettings.DEFAULT_GREETING, ConnectionSettings.DEFAULT_ANSWER),
                session.options().pollInterval(),
                1,
                session.options().idleReissue(),
                session.options().metadataInterval(),
                WatchSettings.Patience.ENDLESS);
    }

    LentConnection connection() {
        return connection;
    }

    void leave() {
        news.clear();
        if (on && watcher != null) {
            turn(false);
            watcher.leave(this);
        }
    }

    /** It is this that watches. */
    boolean isOn() {
        return on;
    }

    private void turn(boolean now) {
        if (on != now) {
            on = now;
            session.notifications().others().hearHints();
        }
    }

    void end() {
        leave();
        if (watcher != null) {
            watcher.wipe();
            watcher = null;
        }
    }

    void hint(MailboxName mailbox) {
        if (on && watcher != null) {
            watcher.hint(mailbox);
        }
    }

    void hintNames() {
        if (on && watcher != null) {
            watcher.hintNames();
        }
    }

    void hintMetadata(MailboxName mailbox) {
        if (on && watcher != null) {
            watcher.hintMetadata(mailbox);
        }
    }

    void onTimer() {
        if (watcher != null) {
            watcher.onTimer();
        }
    }

    // When the connection may be lent.

    /** Tells what came, and asks what is to be asked, if this is the moment for it. */
    void proceed() {
        connection.lend();
        for (Runnable next = news.poll(); next != null; next = news.poll()) {
            next.run();
        }
        while (wants() && isFree() && mayExpunge()) {
            connection.pass();
        }
    }

    /** The client has enabled CONDSTORE: mod-sequences may be asked for now. */
    void condstoreEnabled() {
        connection.capabilitiesChanged();
        if (watcher != null) {
            watcher.moreCanBeAsked();
        }
    }

    /** There is something to ask. */
    boolean wants() {
        return on && connection.wants();
    }

    private boolean isFree() {
        return isBetweenCommands() && (session.notifications().isArming() || !session.clientIsHeld());
    }

    private boolean isBetweenCommands() {
        ClientMode mode = session.client().mode();
        return session.own().isNone()
                && session.inFlight().isEmpty()
                && session.isAuthenticated()
                && (mode instanceof ClientMode.Commands || mode instanceof ClientMode.OwnIdle)
                && session.clientFragmenter().atMessageBoundary()
                && session.upstreamFragmenter().atMessageBoundary();
    }

    /** RFC 3501 section 7.4.1: not when no command is in progress, unless the registration asks for that; NOTIFY SET is one. */
    private boolean mayExpunge() {
        return session.notifications().isArming() || session.looks().permitsExpunge();
    }

    /** A client's NOOP permits what is forbidden between commands: it waits until all has been asked. True when it has to. */
    boolean passBefore() {
        if (wants() && isBetweenCommands() && !mayExpunge()) {
            connection.pass();
        }
        return connection.isOwed();
    }

    /** True while an EXPUNGE may be on its way that the client may only see in its IDLE. */
    boolean needsClientIdle() {
        return connection.isOwed() && !session.looks().permitsExpungeAfterIdle();
    }

    // What the watcher does to its world.

    @Override
    public void connect(UpstreamConnection asked) {
        connection.ask(asked);
    }

    /** Commands count; the connection is there already. */
    @Override
    public UpstreamShare share() {
        UpstreamShare all = session.out().share();
        return new UpstreamShare() {
            @Override
            public long commands(int count, long now) {
                return all.commands(count, now);
            }

            @Override
            public long backlog(long now) {
                return all.backlog(now);
            }
        };
    }

    @Override
    public void wakeAt(long nanoTime) {
        if (nanoTime == Long.MAX_VALUE) {
            session.out().cancel(SessionTimer.INLINE);
        } else {
            long delay = Math.max(0, nanoTime - session.out().nanoTime());
            session.out().timer(SessionTimer.INLINE, Duration.ofNanos(delay));
        }
    }

    // What the watcher says: told when it has returned.

    @Override
    public void armed(List<MailboxRow> rows) {
        news.add(() -> session.notifications().armed(rows));
    }

    @Override
    public void changed(MailboxRow row, MailboxChange change) {
        news.add(() -> session.notifications().changed(row, change));
    }

    @Override
    public void unchanged(MailboxName mailbox) {
        news.add(() -> session.notifications().unchanged(mailbox));
    }

    @Override
    public void metadataChanged(MetadataChange change) {
        news.add(() -> session.notifications().metadataChanged(change));
    }

    @Override
    public void lost(String why) {
        turn(false);
        news.add(() -> session.notifications().inlineLost(why));
    }
}
