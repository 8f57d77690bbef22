package org.imapnotify.session;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.imapnotify.notify.Registration;
import org.imapnotify.upstream.ConnectionSettings;
import org.imapnotify.upstream.Credentials;
import org.imapnotify.upstream.OwnCommand;
import org.imapnotify.upstream.Secret;
import org.imapnotify.upstream.UpstreamConnection;
import org.imapnotify.upstream.UpstreamOutput;
import org.imapnotify.watch.AccountWatcher;
import org.imapnotify.watch.MailboxChange;
import org.imapnotify.watch.MailboxRow;
import org.imapnotify.watch.MetadataChange;
import org.imapnotify.watch.Subscriber;
import org.imapnotify.watch.UpstreamShare;
import org.imapnotify.watch.WatchEvents;
import org.imapnotify.watch.WatchOutput;
import org.imapnotify.watch.WatchSettings;
import org.imapnotify.wire.Capabilities;
import org.imapnotify.wire.Fragmenter;
import org.imapnotify.wire.MailboxName;
import org.imapnotify.wire.ProtocolException;
import org.imapnotify.wire.Response;
import org.imapnotify.wire.ResponseName;
import org.jspecify.annotations.Nullable;

/**
 * Watches the other mailboxes over the session's own connection, where no connection of their own can be had. It has a watcher
 * for itself alone, whose one connection is this session's, lent a few commands at a time.
 *
 * <p>Lent it is only at moments that cannot hurt: no command of the client is in flight, and an EXPUNGE that comes back may be
 * shown. What the mailbox is that the client has selected is known then, so that it is never asked for by STATUS (RFC 3501
 * section 6.3.10). LIST-STATUS would ask for it, and the modification sequences of STATUS would switch CONDSTORE on for the
 * client (RFC 7162 section 3.1), so the watcher does not learn that the upstream has them.
 */
final class InlineWatch implements WatchOutput, UpstreamOutput, Subscriber {
    /** Commands for which the client may have to wait. */
    private static final int MOST = 10;

    /** One response is a name and a few numbers. */
    private static final int LONGEST = 256 * 1024;

    private final Session session;
    private final String tagPrefix;
    private final Deque<Runnable> news = new ArrayDeque<>();
    private final ByteArrayOutputStream response = new ByteArrayOutputStream();
    private @Nullable AccountWatcher watcher;
    private @Nullable UpstreamConnection asked;
    private @Nullable UpstreamConnection lent;
    private boolean on;
    private boolean reading;
    private int owed;

    InlineWatch(Session session, String tagPrefix) {
        this.session = session;
        this.tagPrefix = tagPrefix + "w";
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
            session.out().watchesInline(now);
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
        lend();
        for (Runnable next = news.poll(); next != null; next = news.poll()) {
            next.run();
        }
        while (wants() && isFree() && mayExpunge()) {
            pass();
        }
    }

    private void lend() {
        UpstreamConnection next = asked;
        if (next != null && owed == 0) {
            asked = null;
            lent = next;
            next.onLent(this, capabilities(), session.quirks().all(), tagPrefix);
        }
    }

    /** The client has enabled CONDSTORE: mod-sequences may be asked for now. */
    void condstoreEnabled() {
        if (lent != null) {
            lent.capabilities(capabilities());
        }
        if (watcher != null) {
            watcher.moreCanBeAsked();
        }
    }

    private Capabilities capabilities() {
        Capabilities plain = session.knownCapabilities().without("LIST-STATUS").without("IDLE");
        return session.enabled().condstore()
                ? plain
                : plain.without("CONDSTORE").without("QRESYNC");
    }

    /** There is something to ask. */
    boolean wants() {
        return on && lent != null && lent.hasWaiting();
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
        return session.notifications().isArming() || session.selected().permitsExpunge();
    }

    /** A client's NOOP permits what is forbidden between commands: it waits until all has been asked. True when it has to. */
    boolean passBefore() {
        if (wants() && isBetweenCommands() && !mayExpunge()) {
            pass();
        }
        return owed > 0;
    }

    /** True while an EXPUNGE may be on its way that the client may only see in its IDLE. */
    boolean needsClientIdle() {
        return owed > 0 && !session.selected().permitsExpungeAfterIdle();
    }

    private void pass() {
        if (lent == null) {
            return;
        }
        session.own().lend();
        owed = lent.pass(lent.isOneByOne() ? 1 : MOST, this::isOfSelected);
        if (owed == 0) {
            session.own().onTagged();
        }
    }

    private boolean isOfSelected(OwnCommand command) {
        return session.selected().name().isPresent()
                && command.isStatusOf(session.selected().name().get());
    }

    // The answers.

    /** Whether the tag at {@code from..to} is that of a command on the lent connection. */
    boolean owns(ByteBuf buf, int from, int to) {
        int length = tagPrefix.length();
        if (owed == 0 || to - from <= length) {
            return false;
        }
        for (int i = length - 1; i >= 0; i--) {
            if (buf.getByte(from + i) != tagPrefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether such an untagged response is an answer on the lent connection. */
    boolean takes(ResponseName name) {
        return owed > 0
                && switch (name) {
                    case LIST, LSUB, STATUS, NAMESPACE, METADATA -> true;
                    default -> false;
                };
    }

    /** A continuation request can only be for a literal of a command on the lent connection. */
    boolean takesContinuation() {
        return owed > 0;
    }

    boolean isReading() {
        return reading;
    }

    /** A fragment of an answer; the client does not see it. */
    Verdict read(ByteBuf buf, Fragmenter fragment) {
        byte[] octets = new byte[fragment.length()];
        buf.getBytes(buf.readerIndex(), octets);
        response.writeBytes(octets);
        if (response.size() > LONGEST) {
            throw new ProtocolException("response too long");
        }
        reading = !fragment.endsMessage();
        if (!reading) {
            byte[] whole = response.toByteArray();
            response.reset();
            answered(whole);
        }
        return Verdict.TAKE;
    }

    private void answered(byte[] octets) {
        Response whole;
        try {
            whole = Response.parse(octets, session.enabled().utf8());
        } catch (ProtocolException unreadable) {
            if (octets[0] == '*') {
                return; // that mailbox stays as it was
            }
            throw unreadable;
        }
        if (whole.kind() == Response.Kind.TAGGED) {
            owed--;
        }
        if (isUnsolicitedMetadata(whole)) {
            session.out().toClient(octets);
        } else if (lent != null) {
            lent.onResponse(whole);
        }
        if (owed == 0) {
            session.own().onTagged();
        }
    }

    /** Entries without values (RFC 5464 section 4.4.2) are for a client that has enabled METADATA. */
    private static boolean isUnsolicitedMetadata(Response whole) {
        return whole.name() == ResponseName.METADATA
                && !whole.latin1().stripTrailing().endsWith(")");
    }

    // What the watcher does to its world.

    @Override
    public void connect(UpstreamConnection connection) {
        asked = connection;
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

    @Override
    public void send(byte[] octets) {
        session.out().toUpstream(session.enabled().utf8() ? Utf8Names.in(octets) : octets);
    }

    @Override
    public void startTls() {
        throw new IllegalStateException("TLS on a connection that is lent");
    }

    /** The session has its own deadline for the time in which the connection is lent, and none for the time before. */
    @Override
    public void deadline(Duration after) {}

    /** The connection is the session's. */
    @Override
    public void close() {}

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
