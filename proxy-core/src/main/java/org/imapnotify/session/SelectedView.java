package org.imapnotify.session;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.imapnotify.notify.Event;
import org.imapnotify.notify.EventGroup;
import org.imapnotify.notify.FetchAtt;
import org.imapnotify.notify.FetchItemNames;
import org.imapnotify.notify.Registration;
import org.imapnotify.session.CommandsInFlight.Command;
import org.imapnotify.session.OwnCommand.Purpose;
import org.imapnotify.session.SelectedMailbox.Range;
import org.imapnotify.wire.CommandName;
import org.imapnotify.wire.Fragmenter;
import org.imapnotify.wire.MailboxName;
import org.imapnotify.wire.Octets;
import org.imapnotify.wire.ResponseName;
import org.jspecify.annotations.Nullable;

/**
 * What the client sees of the mailbox it has selected. EXISTS and EXPUNGE always go on, so that a message sequence number means
 * the same everywhere; what the registration does not ask for is prevented by not asking the upstream for it.
 */
final class SelectedView {
    private static final Pattern MOD_SEQ = Pattern.compile("MODSEQ \\((\\d{1,18})\\)", Pattern.CASE_INSENSITIVE);

    private final Session session;
    private @Nullable SelectedMailbox mailbox;
    private long existsOfSelect;
    private SelectedMailbox.Codes codesOfSelect = new SelectedMailbox.Codes();
    private Range fetching = new Range(1, 0);
    private String flagsAsked = "";
    private final Set<Long> answered = new HashSet<>(); // of what the proxy asked for: what comes again is news
    private @Nullable ItemRenamer renamer;
    private boolean idleRefused;
    private boolean pollPending;
    private boolean gentleLookRefused;
    private boolean repeatsExpunges;
    private final Deque<Long> expungedInIdle = new ArrayDeque<>();

    SelectedView(Session session) {
        this.session = session;
    }

    /** GreenMail sends the EXPUNGEs of an IDLE a second time after DONE: message sequence numbers would slip. */
    void greeting(String greeting) {
        repeatsExpunges = greeting.contains("GreenMail");
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
            case FETCH -> fetch(number, buf, fragment);
            default -> Verdict.FORWARD;
        };
    }

    private Verdict recent() {
        boolean news = wants(Event.MESSAGE_NEW) && !session.notifications().rev2();
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
            if (news > 0 && !explained && !fetchAtts().isEmpty()) {
                mailbox.oweFetch(news);
            }
            session.notifications().told("exists");
        }
        return Verdict.FORWARD;
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
        if (repeatsExpunges && session.own().isIdling()) {
            expungedInIdle.add(number);
        }
        return Verdict.FORWARD;
    }

    /** {@code * VANISHED uids} (RFC 7162); what is {@code (EARLIER)} was not in the client's count. */
    void onVanished(long count) {
        if (mailbox != null) {
            mailbox.onVanished(count);
            session.notifications().told("expunge");
        }
    }

    private Verdict fetch(long number, ByteBuf buf, Fragmenter fragment) {
        if (mailbox == null || registration().isEmpty()) {
            return Verdict.FORWARD;
        }
        noteFetch(mailbox, buf, fragment);
        if (session.own().isNone() && session.inFlight().mayFetch()) {
            return Verdict.FORWARD;
        }
        if (session.own().runs(Purpose.FETCH_NEW) && fetching.holds(number) && answered.add(number)) {
            session.notifications().told("fetch");
            return renamer == null ? Verdict.FORWARD : renamer.start(buf, fragment, session.out());
        }
        return flags(mailbox, number, buf, fragment);
    }

    /** Flags that changed; N-109: the client is told with the UID, so where the server leaves it out it is asked for. */
    private Verdict flags(SelectedMailbox of, long number, ByteBuf buf, Fragmenter fragment) {
        if (!wants(Event.FLAG_CHANGE)) {
            return Verdict.TAKE;
        }
        if (holdsUid(head(buf, fragment))) {
            session.notifications().told("flags");
            answered.add(number);
            return Verdict.FORWARD;
        }
        boolean answerComes = session.own().runs(Purpose.FETCH_FLAGS)
                && SequenceSet.holds(flagsAsked, number)
                && !answered.contains(number);
        if (!answerComes && !(of.isOwed(number) && asksForFlags())) {
            of.oweFlags(number);
        }
        return Verdict.TAKE;
    }

    private boolean asksForFlags() {
        return fetchAtts().stream().anyMatch(att -> att.name().equalsIgnoreCase("FLAGS"));
    }

    /** The client is shown flags, and perhaps how new they are; that matters where the mailbox is also watched. */
    private void noteFetch(SelectedMailbox of, ByteBuf buf, Fragmenter fragment) {
        if (!registration().map(Registration::wantsOthers).orElse(false)) {
            return;
        }
        of.moved();
        if (session.notifications().condstore()) {
            Matcher modSeq = MOD_SEQ.matcher(head(buf, fragment));
            if (modSeq.find()) {
                of.onModSeq(Long.parseLong(modSeq.group(1)));
            }
        }
    }

    private static String head(ByteBuf buf, Fragmenter fragment) {
        int from = buf.readerIndex();
        return Octets.latin1(buf, from, from + Math.min(fragment.length(), 512));
    }

    private static boolean holdsUid(String line) {
        String upper = line.toUpperCase(Locale.ROOT);
        return upper.contains("(UID ") || upper.contains(" UID ");
    }

    /** The rest of a FETCH response whose items are renamed. */
    Verdict rest(ByteBuf buf, Fragmenter fragment, Verdict verdict) {
        return renamer == null || !renamer.isOpen() ? verdict : renamer.more(buf, fragment, session.out());
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
                if (ok) {
                    changedByClient(command);
                    ChangedMailboxes.by(command, name(), session.notifications().utf8())
                            .forEach(session.out()::hint);
                    ChangedMailboxes.annotatedBy(
                                    command, session.notifications().utf8())
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
        MailboxName name = session.notifications().mailbox(command).orElse(MailboxName.of(""));
        SelectedMailbox fresh = new SelectedMailbox(name, existsOfSelect, codesOfSelect);
        mailbox = fresh;
        session.notifications().selected(fresh.name());
    }

    void unselect() {
        if (mailbox != null) {
            SelectedMailbox left = mailbox;
            mailbox = null;
            session.notifications().unselected(left);
        }
    }

    // What the proxy asks the upstream about it.

    private Optional<Registration> registration() {
        return session.notifications().registration();
    }

    private Optional<EventGroup> group() {
        return registration().flatMap(Registration::selected);
    }

    private boolean wants(Event event) {
        return group().map(group -> group.events().contains(event))
                .orElse(registration().isEmpty());
    }

    private List<FetchAtt> fetchAtts() {
        return group().map(EventGroup::fetchAtts).orElse(List.of());
    }

    /** IDLE, or the wait for the next NOOP, is to begin as soon as the client is quiet. */
    boolean wantsIdle() {
        return !pollPending && (tellsBetweenCommands() || looksGently());
    }

    /** The client wants to hear of the selected mailbox at all. */
    boolean isAskedFor() {
        return mailbox != null && session.isAuthenticated() && group().isPresent();
    }

    /**
     * SELECTED-DELAYED between commands: the upstream is only given commands that must not be answered with EXPUNGE (RFC 3501
     * section 7.4.1), so message sequence numbers stay, and EXISTS and flags come early all the same.
     */
    private boolean looksGently() {
        return isAskedFor() && isDelayed() && !gentleLookRefused && !tellsBetweenCommands();
    }

    /** The account's watcher has heard of something in this mailbox that the client might be told early. */
    boolean isWorthALook(MailboxName changed) {
        return mailbox != null && mailbox.name().equals(changed) && looksGently();
    }

    /** Looks for news: with NOOP, or gently. An empty set of messages is the least that can be searched for. */
    void look() {
        if (looksGently()) {
            session.own().run(Purpose.GENTLE_LOOK, "SEARCH NOT ALL");
        } else {
            session.own().run(Purpose.POLL_NOOP, "NOOP");
        }
    }

    /** The client idles now: what was waited for until the next look comes by itself. */
    void clientIdles() {
        if (session.capabilities().has("IDLE") && !idleRefused) {
            pollPending = false;
            session.out().cancel(SessionTimer.POLL);
        }
    }

    /** Changes of the selected mailbox are to be told between commands. */
    boolean tellsBetweenCommands() {
        if (mailbox == null || !session.isAuthenticated()) {
            return false;
        }
        if (registration().isEmpty()) { // IDLE that the proxy stands in for
            return session.client().mode() instanceof ClientMode.OwnIdle;
        }
        return group().isPresent() && (!isDelayed() || session.client().mode() instanceof ClientMode.OwnIdle);
    }

    /** Expunges have to wait for a command that permits them; IDLE is one (N-201). */
    boolean isDelayed() {
        return registration().filter(Registration::delayed).isPresent();
    }

    /** An EXPUNGE that comes now may be shown to the client. */
    boolean permitsExpunge() {
        return permitsExpungeAfterIdle() || session.client().mode() instanceof ClientMode.OwnIdle;
    }

    /** As {@link #permitsExpunge}, in the IDLE of the client or not. */
    boolean permitsExpungeAfterIdle() {
        return mailbox == null || (group().isPresent() && !isDelayed());
    }

    /** IDLE, or the next look after the poll interval. */
    void startIdle() {
        expungedInIdle.clear();
        if (session.capabilities().has("IDLE") && !idleRefused && !looksGently()) {
            session.own().idle();
        } else {
            pollPending = true;
            session.out().timer(SessionTimer.POLL, session.options().pollInterval());
        }
    }

    /** The poll interval is over. */
    void pollDue() {
        pollPending = false;
    }

    void idleEnded(boolean ok, OwnCommand state) {
        expungedInIdle.clear();
        boolean began = state instanceof OwnCommand.Idling || state instanceof OwnCommand.Leaving;
        if (!began || (!ok && state instanceof OwnCommand.Idling)) {
            idleRefused = true; // an OK without "+" in front would be asked for again and again
        }
    }

    boolean owesClient() {
        return mailbox != null && (mailbox.owesFetch() || mailbox.owesFlags());
    }

    /** Asks for what the client is owed; false when that is nothing. */
    boolean fetchOwed() {
        if (mailbox == null || group().isEmpty()) {
            return false;
        }
        answered.clear();
        if (mailbox.owesFlags()) {
            flagsAsked = mailbox.takeChangedFlags();
            String modSeq = session.notifications().condstore() ? " MODSEQ" : "";
            session.own().run(Purpose.FETCH_FLAGS, "FETCH " + flagsAsked + " (UID FLAGS" + modSeq + ")");
            return true;
        }
        if (mailbox.owesFetch()) {
            fetching = mailbox.takeUnfetched();
            List<FetchAtt> atts = fetchAtts();
            renamer = FetchItemNames.needed(atts) ? new ItemRenamer(atts) : null;
            session.own().run(Purpose.FETCH_NEW, "FETCH " + fetching + " " + FetchAtt.upstreamList(atts));
            return true;
        }
        return false;
    }

    void ownCompleted(Purpose purpose, boolean ok) {
        if (purpose == Purpose.GENTLE_LOOK) {
            gentleLookRefused |= !ok;
        } else if (purpose == Purpose.FETCH_NEW) {
            fetching = new Range(1, 0);
            renamer = null;
        } else if (purpose == Purpose.FETCH_FLAGS) {
            flagsAsked = "";
        }
    }
}
