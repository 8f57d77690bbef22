package org.imapnotify.session;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.imapnotify.notify.Event;
import org.imapnotify.session.CommandsInFlight.Command;
import org.imapnotify.session.OwnCommand.Purpose;
import org.imapnotify.upstream.Effect;
import org.imapnotify.wire.CommandName;
import org.imapnotify.wire.Fragmenter;
import org.imapnotify.wire.ImapReader;
import org.imapnotify.wire.MailboxName;
import org.imapnotify.wire.ResponseName;
import org.jspecify.annotations.Nullable;

/**
 * What the client sees of the mailbox it has selected. EXISTS and EXPUNGE always go on, so that a message sequence number means
 * the same everywhere; what the registration does not ask for is prevented by not asking the upstream for it.
 */
final class SelectedView {
    private final Session session;
    private final SelectedEvents events;
    private final SearchContexts contexts;
    private final OwedFetches fetches;
    private final HeldVanished held;
    private @Nullable SelectedMailbox mailbox;
    private long existsOfSelect;
    private SelectedMailbox.Codes codesOfSelect = new SelectedMailbox.Codes();
    private final Deque<Long> expungedInIdle = new ArrayDeque<>();

    SelectedView(Session session) {
        this.session = session;
        this.events = new SelectedEvents(session);
        this.contexts = new SearchContexts(session);
        this.fetches = new OwedFetches(session, events);
        this.held = new HeldVanished(session);
    }

    Optional<MailboxName> name() {
        return mailbox == null ? Optional.empty() : Optional.of(mailbox.name());
    }

    // What the upstream says of the selected mailbox.

    Verdict onNumbered(ResponseName name, long number, ByteBuf buf, Fragmenter fragment) {
        return switch (name) {
            case EXISTS -> exists(number);
            case RECENT -> recent();
            case EXPUNGE -> expunge(number);
            case FETCH -> fetch(number, false, buf, fragment);
            case UIDFETCH -> fetch(number, true, buf, fragment);
            default -> Verdict.FORWARD;
        };
    }

    private Verdict recent() {
        boolean news = events.wants(Event.MESSAGE_NEW) && !session.enabled().rev2();
        return session.own().isNone() || news ? Verdict.FORWARD : Verdict.TAKE;
    }

    private Verdict exists(long count) {
        if (isSelecting()) {
            existsOfSelect = count;
            return Verdict.FORWARD;
        }
        if (mailbox != null) {
            long news = mailbox.onExists(count);
            boolean explained = news == 1 && session.inFlight().has(CommandName.APPEND); // N-103
            if (news > 0 && !explained) {
                arrived(mailbox, news);
            }
            session.notifications().told("exists");
        }
        return Verdict.FORWARD;
    }

    private void arrived(SelectedMailbox in, long news) {
        if (!contexts.isEmpty()) {
            in.arrivals().arrived(in.exists() - news + 1, session.out().nanoTime());
        }
        if (!events.fetchAtts().isEmpty()) {
            in.oweFetch(news);
        }
    }

    SearchContexts contexts() {
        return contexts;
    }

    HeldVanished held() {
        return held;
    }

    /** {@code [UIDNEXT n]}, {@code [UIDVALIDITY n]}, {@code [HIGHESTMODSEQ n]}: of SELECT, the last also of what changes flags. */
    void onCode(String code, long number) {
        if (isSelecting()) {
            switch (code) {
                case "UIDNEXT" -> codesOfSelect.uidNext = number;
                case "UIDVALIDITY" -> codesOfSelect.uidValidity = number;
                default -> codesOfSelect.modSeq = number;
            }
        } else if (mailbox != null && code.equals("HIGHESTMODSEQ")) {
            mailbox.onModSeq(number);
        }
    }

    /** The account's table has a new look at the selected mailbox. */
    void looked() {
        if (mailbox != null) {
            mailbox.looked();
        }
    }

    private Verdict expunge(long number) {
        if (session.own().isLeaving() && expungedInIdle.remove(number)) {
            return Verdict.TAKE;
        }
        if (mailbox != null) {
            mailbox.onExpunge(number);
            session.notifications().told("expunge");
        }
        if (session.quirks().has(Effect.EXPUNGE_REPEATED) && session.own().isIdling()) {
            expungedInIdle.add(number);
        }
        return Verdict.FORWARD;
    }

    /** An IDLE of the proxy's own begins or has ended: no EXPUNGE of another one is said again. */
    void idleTurns() {
        expungedInIdle.clear();
    }

    /** {@code * VANISHED uids} (RFC 7162); what is {@code (EARLIER)} was not in the client's count. */
    Verdict onVanished(long count, byte[] line) {
        if (mailbox == null) {
            return Verdict.FORWARD;
        }
        mailbox.onVanished(count);
        if (!session.own().isNone() && !session.looks().permitsExpunge()) {
            return held.hold(line);
        }
        session.notifications().told("expunge");
        return Verdict.FORWARD;
    }

    private Verdict fetch(long number, boolean uid, ByteBuf buf, Fragmenter fragment) {
        boolean matters = events.areDecided() || !session.own().isNone();
        return mailbox == null || !matters ? Verdict.FORWARD : fetches.onFetch(mailbox, number, uid, buf, fragment);
    }

    /** The rest of a FETCH response. */
    Verdict rest(ByteBuf buf, Fragmenter fragment, Verdict verdict) {
        return fetches.rest(buf, fragment, verdict);
    }

    /** An ESEARCH may matter: its line can be long, so it is read only then. */
    boolean awaitsSearches() {
        return !contexts.isEmpty() || session.own().runs(Purpose.GENTLE_LOOK);
    }

    /** {@code * ESEARCH}: perhaps news of a search whose result is kept up to date. */
    void onSearchUpdate(ImapReader arguments) {
        if (mailbox != null && !contexts.isEmpty()) {
            contexts.onUpdate(
                    arguments,
                    mailbox.arrivals(),
                    mailbox.exists(),
                    session.out().nanoTime());
        }
    }

    // Which mailbox that is.

    private boolean isSelecting() {
        Command oldest = session.inFlight().oldest();
        return oldest != null && (oldest.name() == CommandName.SELECT || oldest.name() == CommandName.EXAMINE);
    }

    /** A command of the client is completed. */
    void completed(Command command, boolean ok) {
        switch (command.name()) {
            case SELECT, EXAMINE -> {
                unselect();
                if (ok) {
                    select(command);
                }
                existsOfSelect = 0;
                codesOfSelect = new SelectedMailbox.Codes();
            }
            case CLOSE, UNSELECT -> {
                if (ok) {
                    unselect();
                }
            }
            default -> {
                contexts.completed(command.tag(), ok);
                if (ok) {
                    changedByClient(command);
                    ChangedMailboxes.by(command, name(), session.enabled().utf8())
                            .forEach(session.out()::hint);
                    ChangedMailboxes.annotatedBy(command, session.enabled().utf8())
                            .ifPresent(this::hintMetadata);
                    if (ChangedMailboxes.namesBy(command.name())) {
                        session.out().hintNames();
                    }
                }
            }
        }
    }

    private void hintMetadata(MailboxName annotated) {
        session.out().hintMetadata(annotated);
        session.inline().hintMetadata(annotated);
    }

    private void changedByClient(Command command) {
        if (mailbox != null && (command.name() == CommandName.STORE || command.name() == CommandName.UID_STORE)) {
            mailbox.moved(); // perhaps .SILENT
        }
        session.notifications().changedByClient(command);
    }

    private void select(Command command) {
        contexts.clear();
        MailboxName name = session.notifications().mailbox(command).orElse(MailboxName.of(""));
        SelectedMailbox fresh = new SelectedMailbox(name, existsOfSelect, codesOfSelect);
        mailbox = fresh;
        session.notifications().selected(fresh.name());
    }

    void unselect() {
        contexts.clear();
        held.clear();
        if (mailbox != null) {
            SelectedMailbox left = mailbox;
            mailbox = null;
            session.notifications().unselected(left);
        }
    }

    // What the client is owed.

    boolean owesClient() {
        return mailbox != null && fetches.areOwed(mailbox);
    }

    /** Asks for what the client is owed; false when that is nothing. */
    boolean fetchOwed() {
        return mailbox != null && session.isAuthenticated() && fetches.ask(mailbox);
    }

    void ownCompleted(Purpose purpose, boolean ok) {
        if (purpose == Purpose.GENTLE_LOOK) {
            session.looks().looked(ok);
        } else if (mailbox != null) {
            fetches.completed(mailbox, purpose);
        }
    }
}
