package org.imapnotify.session;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.imapnotify.notify.FetchAtt;
import org.imapnotify.notify.NotifyCommand;
import org.imapnotify.notify.NotifyParser;
import org.imapnotify.notify.NotifyRefused;
import org.imapnotify.notify.Registration;
import org.imapnotify.notify.Supported;
import org.imapnotify.session.ClientMode.Commands;
import org.imapnotify.session.ClientMode.OwnIdle;
import org.imapnotify.session.CommandsInFlight.Command;
import org.imapnotify.session.OwnCommand.Purpose;
import org.imapnotify.session.SessionOptions.WatchUse;
import org.imapnotify.upstream.Credentials;
import org.imapnotify.watch.MailboxChange;
import org.imapnotify.watch.MailboxRow;
import org.imapnotify.watch.MetadataChange;
import org.imapnotify.wire.Capabilities;
import org.imapnotify.wire.ImapReader;
import org.imapnotify.wire.MailboxName;
import org.imapnotify.wire.ProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * The session's registration: from the NOTIFY command to what is told of the mailboxes that are not selected. A SET is answered
 * when the upstream has been asked for news of the selected mailbox (RFC 5465 section 3.1: as NOOP does) and the account's table
 * is fresh, so that nothing the client asks for afterwards is older than what it will be told of.
 */
final class Notifications {
    /** How long NOTIFY SET may wait for the table: a client waits for its answer. */
    private static final Duration ARMING = Duration.ofSeconds(10);

    /** A SET that is not answered yet. */
    private record Arming(Tag tag, boolean status) {}

    private final Session session;
    private final Deliveries deliveries = new Deliveries();
    private final OwnChanges ownChanges = new OwnChanges();
    private boolean pacing;
    private @Nullable Registration registration;
    private @Nullable Arming arming;
    private boolean tableOwed;
    private boolean lostWhileArming;
    private @Nullable String overflowOwed;
    private boolean condstore;
    private boolean utf8;
    private boolean rev2;
    private boolean metadata;

    Notifications(Session session) {
        this.session = session;
    }

    /** The registration in force; empty as long as the client has never said NOTIFY. */
    Optional<Registration> registration() {
        return Optional.ofNullable(registration);
    }

    boolean wasAsked() {
        return registration != null;
    }

    boolean isArming() {
        return arming != null;
    }

    boolean condstore() {
        return condstore;
    }

    boolean utf8() {
        return utf8;
    }

    /** IMAP4rev2 (RFC 9051), which has no RECENT. */
    boolean rev2() {
        return rev2;
    }

    /** {@code * ENABLED} (RFC 5161): only what the upstream confirms counts. */
    void enabled(Capabilities words) {
        condstore |= words.has("CONDSTORE") || words.has("QRESYNC");
        utf8 |= words.has("UTF8=ACCEPT") || words.has("IMAP4rev2");
        rev2 |= words.has("IMAP4rev2");
        metadata |= words.has("METADATA") || words.has("METADATA-SERVER");
        if (utf8 && session.inline().isOn()) {
            inlineLost("mailbox names are UTF-8 now, which cannot be watched on the same connection");
        }
    }

    boolean mayEnableCondstore() {
        return !condstore && condstoreOffered();
    }

    void enableCondstore() {
        condstore = true;
    }

    void told(String event) {
        if (registration != null && !session.own().isNone()) {
            session.out().notified(event);
        }
    }

    // The command.

    void command(Owned owned) {
        tellOverflow();
        if (!session.isAuthenticated()) {
            session.reply(owned.tag(), "BAD NOTIFY is not available before authentication.");
        } else if (owned.capture().overflowed()) {
            session.reply(owned.tag(), "NO [LIMIT] The NOTIFY command is too long.");
        } else {
            parse(owned);
        }
    }

    private void parse(Owned owned) {
        NotifyCommand command;
        try {
            command = NotifyParser.parse(owned.capture().afterName(), Supported.by(session.capabilities()::has, utf8));
        } catch (NotifyRefused refused) {
            session.reply(owned.tag(), refused.response());
            return;
        } catch (ProtocolException malformed) {
            session.reply(owned.tag(), "BAD " + malformed.getMessage());
            return;
        }
        if (command instanceof NotifyCommand.Set set) {
            set(owned.tag(), set);
        } else {
            none();
            session.reply(owned.tag(), "OK NOTIFY completed.");
        }
    }

    private void none() {
        count(false);
        registration = new Registration(List.of());
        deliveries.clear();
        unwatch();
    }

    private void unwatch() {
        session.out().unwatch();
        session.inline().leave();
    }

    private void set(Tag tag, NotifyCommand.Set set) {
        Registration fresh = new Registration(set.groups());
        count(true);
        registration = fresh;
        condstore |= fresh.selected().stream()
                .anyMatch(group -> group.fetchAtts().stream().anyMatch(FetchAtt::enablesCondstore));
        arming = new Arming(tag, set.status());
        tableOwed = fresh.wantsOthers();
        if (session.selected().isAskedFor()) {
            session.own().run(Purpose.SET_NOOP, "NOOP");
        }
        if (tableOwed) {
            session.out().timer(SessionTimer.ARMING, ARMING);
            watch(fresh);
        } else {
            deliveries.clear();
            unwatch();
        }
        answerWhenReady();
    }

    private void watch(Registration fresh) {
        Optional<Credentials> credentials = session.credentials();
        if (credentials.isPresent() && session.options().watchUse() != WatchUse.INLINE) {
            session.inline().leave();
            session.out().watch(credentials.get(), fresh);
        } else {
            watchLost("this login cannot be used to watch other mailboxes");
        }
    }

    private void count(boolean inForce) {
        boolean before = registration != null
                && (registration.wantsOthers() || registration.selected().isPresent());
        if (before != inForce) {
            session.out().registered(inForce);
        }
    }

    void ownCompleted() {
        if (isArming()) {
            answerWhenReady();
        }
    }

    private void answerWhenReady() {
        if (arming == null || tableOwed || session.own().asksForSelected()) {
            return;
        }
        if (session.own().isNone() && session.selected().fetchOwed()) {
            return; // of what NOOP has shown, before the answer (N-033)
        }
        Arming answered = arming;
        arming = null;
        session.out().cancel(SessionTimer.ARMING);
        if (registration != null) {
            deliveries.withoutAccess(registration, utf8).forEach(session.out()::toClient);
        }
        if (answered.status() && registration != null) {
            deliveries
                    .initial(registration, session.selected().name(), condstoreOffered(), utf8)
                    .forEach(session.out()::toClient);
        }
        session.reply(answered.tag(), "OK NOTIFY completed.");
        if (lostWhileArming) {
            lostWhileArming = false;
            overflow("other mailboxes cannot be watched");
        }
        session.resumeClient();
    }

    private boolean condstoreOffered() {
        return session.capabilities().has("CONDSTORE") || session.capabilities().has("QRESYNC");
    }

    // The table.

    void armed(List<MailboxRow> rows) {
        if (registration == null) {
            return;
        }
        deliveries.arm(registration, rows, session.selected().name());
        tableOwed = false;
        answerWhenReady();
    }

    /** The upstream takes too long to show its mailboxes: the client is answered, what it is told of starts when they are there. */
    void armingOverdue() {
        tableOwed = false;
        answerWhenReady();
    }

    void changed(MailboxRow row, MailboxChange change) {
        if (registration != null
                && !deliveries.changed(
                        registration, row, change, session.selected().name())) {
            overflow("too much has changed");
        }
        if (session.selected().name().filter(row.name()::equals).isPresent()) {
            session.selected().looked();
        }
    }

    /** Annotations have changed; a client that has enabled METADATA is told by the upstream (N-161: not twice). */
    void metadataChanged(MetadataChange change) {
        if (registration != null && !metadata && !deliveries.metadata().changed(change)) {
            overflow("too much has changed");
        }
    }

    /** {@link SessionTimer#PACE} is over. */
    void windowEnded() {
        pacing = false;
        deliveries.windowEnded();
        keepTime();
    }

    private void keepTime() {
        if (!pacing && deliveries.keepsTime()) {
            pacing = true;
            session.out().timer(SessionTimer.PACE, Pace.WINDOW);
        }
    }

    /** No connection of its own watches: this session's is left, unless it may not or cannot serve for that. */
    void watchLost(String why) {
        if (registration == null) {
            return;
        }
        if (session.options().watchUse() == WatchUse.DEDICATED || utf8) {
            inlineLost(why);
        } else {
            session.out().unwatch();
            tableOwed = true;
            session.inline().register(registration);
        }
    }

    void inlineLost(String why) {
        tableOwed = false;
        if (arming != null) {
            lostWhileArming = true;
            answerWhenReady();
        } else if (registration != null) {
            overflow(why);
        }
    }

    /** RFC 5465 section 5.8: from here on as after NOTIFY NONE. */
    private void overflow(String why) {
        none();
        session.own().wantBack(); // an IDLE would go on telling
        overflowOwed = why;
        deliver();
    }

    private void tellOverflow() {
        if (overflowOwed != null) {
            session.out().toClient(UpstreamSide.octets("* OK [NOTIFICATIONOVERFLOW] " + overflowOwed + "\r\n"));
            session.out().notified("overflow");
            overflowOwed = null;
        }
    }

    // What the client's own commands tell.

    /** The upstream's STATUS answers the client's own question: it is not told again. */
    void onStatus(ImapReader arguments) {
        if (registration != null) {
            deliveries.clientReads(arguments, utf8);
        }
    }

    /** The code of APPENDUID or COPYUID. */
    void onUids(String arguments) {
        ownChanges.onUids(arguments);
    }

    /** A command of the client has succeeded. */
    void changedByClient(Command command) {
        if (registration != null) {
            ownChanges.completed(command, session.selected().name(), utf8, deliveries);
        }
    }

    void selected(MailboxName name) {
        deliveries.selected(name);
    }

    void unselected(SelectedMailbox left) {
        if (registration != null) {
            deliveries.unselected(left);
            keepTime();
            session.out().hint(left.name());
            session.inline().hint(left.name());
        }
    }

    /** The mailbox that a command names as its first argument. */
    Optional<MailboxName> mailbox(Command command) {
        Capture capture = command.capture();
        if (capture == null) {
            return Optional.empty();
        }
        try {
            ImapReader reader = capture.afterName();
            reader.space();
            return Optional.of(reader.mailbox(utf8));
        } catch (ProtocolException unreadable) {
            return Optional.empty();
        }
    }

    // What the client is told.

    /** Something has changed that this client is still to be told of. */
    boolean isPending() {
        return deliveries.isPending();
    }

    /** Writes what has gathered, if this is a place for it (N-045, N-154) and the client reads. */
    void deliver() {
        if (overflowOwed != null && isPlaceToTell()) {
            tellOverflow();
        }
        if (registration == null || arming != null || !deliveries.isPending() || !isPlaceToTell()) {
            return;
        }
        while (session.out().clientWritable()) {
            Optional<Deliveries.Line> line =
                    deliveries.next(registration, session.selected().name(), condstore, utf8);
            if (line.isEmpty()) {
                return;
            }
            session.out().toClient(line.get().octets());
            session.out().notified(line.get().event());
            keepTime();
        }
    }

    private boolean isPlaceToTell() {
        ClientMode mode = session.client().mode();
        return session.isAuthenticated()
                && (mode instanceof Commands || mode instanceof OwnIdle)
                && session.clientFragmenter().atMessageBoundary()
                && session.upstreamFragmenter().atMessageBoundary()
                && !session.inFlight().listing()
                && !session.inFlight().changesOthers();
    }

    void end() {
        count(false);
        registration = null;
        arming = null;
        tableOwed = false;
        lostWhileArming = false;
        overflowOwed = null;
        deliveries.clear();
        condstore = false;
        utf8 = false;
        rev2 = false;
        metadata = false;
        session.out().unwatch();
        session.inline().end();
    }
}
