package org.imapnotify.session;

import java.util.List;
import java.util.Optional;
import org.imapnotify.notify.FetchAtt;
import org.imapnotify.notify.NotifyCommand;
import org.imapnotify.notify.NotifyParser;
import org.imapnotify.notify.NotifyRefused;
import org.imapnotify.notify.Registration;
import org.imapnotify.notify.Supported;
import org.imapnotify.session.CommandsInFlight.Command;
import org.imapnotify.watch.MailboxChange;
import org.imapnotify.watch.MailboxRow;
import org.imapnotify.watch.MetadataChange;
import org.imapnotify.wire.ImapReader;
import org.imapnotify.wire.MailboxName;
import org.imapnotify.wire.ProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * The session's registration: from the NOTIFY command, whose {@link SetAnswer} may take a while, to what is told of the mailboxes
 * that are not selected. Where no watch connection can be had the session's own serves, as {@link InlineWatch}.
 */
final class Notifications {
    private final Session session;
    private final Deliveries deliveries = new Deliveries();
    private final SetAnswer answer;
    private final OwnChanges ownChanges = new OwnChanges();
    private final OtherMailboxes others;
    private final Telling telling;
    private boolean tableKnown;
    private @Nullable Registration registration;

    Notifications(Session session) {
        this.session = session;
        this.answer = new SetAnswer(session, deliveries);
        this.others = new OtherMailboxes(session, answer);
        this.telling = new Telling(session, deliveries, answer);
    }

    OtherMailboxes others() {
        return others;
    }

    Telling telling() {
        return telling;
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
        telling.tellOverflow();
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
        others.unwatch();
        others.hearHints();
    }

    private void set(Tag tag, NotifyCommand.Set set) {
        Registration fresh = new Registration(set.groups());
        count(true);
        registration = fresh;
        tableKnown = false;
        others.hearHints();
        if (enablesCondstore(fresh)) {
            session.enabled().enableCondstore();
        }
        answer.begin(tag, set.status(), fresh.wantsOthers());
        if (fresh.wantsOthers()) {
            others.watch(fresh);
        } else {
            deliveries.clear();
            others.unwatch();
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
        others.returned();
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

    void inlineLost(String why) {
        if (!answer.lost() && registration != null) {
            overflow(why);
        }
    }

    /** RFC 5465 section 5.8: from here on as after NOTIFY NONE. */
    void overflow(String why) {
        none();
        session.own().wantBack(); // an IDLE would go on telling
        telling.oweOverflow(why);
        telling.deliver();
    }

    // What the client's own commands tell.

    /** The upstream's STATUS answers the client's own question: it is not told again. */
    void onStatus(ImapReader arguments) {
        if (registration != null) {
            deliveries.clientReads(arguments, utf8());
            telling.keepTime();
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
            telling.keepTime();
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

    void end() {
        count(false);
        registration = null;
        answer.end();
        telling.end();
        deliveries.clear();
        session.enabled().forget();
        session.out().unwatch();
        session.inline().end();
        others.hearHints();
    }
}
