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
import org.imapnotify.session.SessionOptions.WatchUse;
import org.imapnotify.upstream.Credentials;
import org.imapnotify.watch.MailboxChange;
import org.imapnotify.watch.MailboxRow;
import org.imapnotify.watch.MetadataChange;
import org.imapnotify.watch.Subscriber;
import org.imapnotify.wire.ImapReader;
import org.imapnotify.wire.MailboxName;
import org.imapnotify.wire.ProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * The session's registration: from the NOTIFY command, whose {@link SetAnswer} may take a while, to what is told of the mailboxes
 * that are not selected. Where no watch connection can be had the session's own serves, as {@link InlineWatch}.
 */
final class Notifications {
    /** A session whose own connection watches asks so often whether it need not any more: the proxy's limits, or the server's, may have been the reason. */
    private static final Duration RETURN = Duration.ofMinutes(5);

    private final Session session;
    private final Deliveries deliveries = new Deliveries();
    private final SetAnswer answer;
    private final OwnChanges ownChanges = new OwnChanges();
    private boolean pacing;
    private boolean tableKnown;
    private boolean returning;
    private @Nullable Registration registration;
    private @Nullable String overflowOwed;

    Notifications(Session session) {
        this.session = session;
        this.answer = new SetAnswer(session, deliveries);
    }

    /** The registration in force; empty as long as the client has never said NOTIFY. */
    Optional<Registration> registration() {
        return Optional.ofNullable(registration);
    }

    boolean wasAsked() {
        return registration != null;
    }

    boolean isArming() {
        return answer.isOwed();
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
            command =
                    NotifyParser.parse(owned.capture().afterName(), Supported.by(session.capabilities()::has, utf8()));
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
        answer.forget();
        deliveries.clear();
        unwatch();
    }

    private void unwatch() {
        returned();
        session.out().unwatch();
        session.inline().leave();
    }

    private void set(Tag tag, NotifyCommand.Set set) {
        Registration fresh = new Registration(set.groups());
        count(true);
        registration = fresh;
        tableKnown = false;
        if (enablesCondstore(fresh)) {
            session.enabled().enableCondstore();
        }
        answer.begin(tag, set.status(), fresh.wantsOthers());
        if (fresh.wantsOthers()) {
            watch(fresh);
        } else {
            deliveries.clear();
            unwatch();
        }
        answer.proceed();
    }

    private static boolean enablesCondstore(Registration registration) {
        return registration.selected().stream()
                .anyMatch(group -> group.fetchAtts().stream().anyMatch(FetchAtt::enablesCondstore));
    }

    private boolean utf8() {
        return session.enabled().utf8();
    }

    private void watch(Registration fresh) {
        Optional<Credentials> credentials = session.credentials();
        if (credentials.isPresent() && session.options().watchUse() != WatchUse.INLINE) {
            returned();
            session.inline().leave();
            session.out().watch(credentials.get(), fresh);
        } else if (session.options().watchUse() == WatchUse.DEDICATED) {
            inlineLost("this login cannot be used to watch other mailboxes");
        } else {
            watchInline(fresh);
        }
    }

    private void count(boolean inForce) {
        boolean before = registration != null
                && (registration.wantsOthers() || registration.selected().isPresent());
        if (before != inForce) {
            session.out().registered(inForce);
        }
    }

    /** A command of the proxy's own is completed. */
    void ownCompleted() {
        answer.proceed();
    }

    // The table.

    /** The table of the account's watcher, whose sessions need not watch themselves. */
    void onWatchTable(List<MailboxRow> rows) {
        returned();
        armed(rows);
    }

    void armed(List<MailboxRow> rows) {
        if (registration == null) {
            return;
        }
        if (tableKnown) {
            handOver(registration, rows);
        } else {
            tableKnown = true;
            deliveries.arm(registration, rows, session.selected().name());
        }
        answer.tableIsThere();
    }

    private void handOver(Registration unchanged, List<MailboxRow> rows) {
        if (!deliveries.handOver(unchanged, rows, session.selected().name())) {
            overflow("too much has changed");
        }
    }

    /** The upstream takes too long to show its mailboxes: the client is answered, what it is told of starts when they are there. */
    void armingOverdue() {
        answer.overdue();
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

    void unchanged(MailboxName mailbox) {
        deliveries.unchanged(mailbox);
        if (session.selected().name().filter(mailbox::equals).isPresent()) {
            session.selected().looked();
        }
    }

    /** Annotations have changed; a client that has enabled METADATA is told by the upstream (N-161: not twice). */
    void metadataChanged(MetadataChange change) {
        if (registration != null
                && !session.enabled().metadata()
                && !deliveries.metadata().changed(change)) {
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
        returned();
        session.out().unwatch();
        if (session.options().watchUse() == WatchUse.DEDICATED) {
            inlineLost(why);
            return;
        }
        stayInline(registration);
        if (!why.equals(Subscriber.LOGIN_REFUSED)) {
            session.out().timer(SessionTimer.RETURN, RETURN);
        }
    }

    private void stayInline(Registration unchanged) {
        if (!session.inline().isOn()) {
            watchInline(unchanged);
        }
    }

    private void watchInline(Registration now) {
        answer.tableIsOwed();
        session.inline().register(now);
    }

    /** This session's own connection watches: perhaps it need not any more. It does until the other one has shown its table. */
    void tryToReturn() {
        Optional<Credentials> credentials = session.credentials();
        boolean may = credentials.isPresent() && session.options().watchUse() != WatchUse.INLINE;
        if (registration != null && session.inline().isOn() && !returning && may) {
            returning = true;
            session.out().watch(credentials.get(), registration);
        }
    }

    /** It is decided what watches. */
    private void returned() {
        returning = false;
        session.out().cancel(SessionTimer.RETURN);
    }

    /** There is no watch connection for now: this session's serves until there is. */
    void watchCrowded() {
        if (registration != null && session.options().watchUse() != WatchUse.DEDICATED) {
            stayInline(registration);
        }
    }

    void inlineLost(String why) {
        if (!answer.lost() && registration != null) {
            overflow(why);
        }
    }

    /** RFC 5465 section 5.8: from here on as after NOTIFY NONE. */
    void overflow(String why) {
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
            deliveries.clientReads(arguments, utf8());
            keepTime();
        }
    }

    /** The code of APPENDUID or COPYUID. */
    void onUids(String arguments) {
        ownChanges.onUids(arguments);
    }

    /** A command of the client has succeeded. */
    void changedByClient(Command command) {
        if (registration != null) {
            ownChanges.completed(command, session.selected().name(), utf8(), deliveries);
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
            return Optional.of(reader.mailbox(utf8()));
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
        if (!isPlaceToTell()) {
            return;
        }
        tellOverflow();
        answer.tellLateStatus();
        if (registration == null || isArming() || !deliveries.isPending()) {
            return;
        }
        while (session.out().clientWritable()) {
            Optional<Deliveries.Line> line = deliveries.next(
                    registration, session.selected().name(), session.enabled().condstore(), utf8());
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
        answer.end();
        overflowOwed = null;
        deliveries.clear();
        session.enabled().forget();
        session.out().unwatch();
        session.inline().end();
    }
}
