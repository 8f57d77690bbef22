package org.imapnotify.session;

import io.netty.buffer.ByteBuf;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import org.imapnotify.notify.Event;
import org.imapnotify.notify.FetchAtt;
import org.imapnotify.notify.FetchItemNames;
import org.imapnotify.session.OwnCommand.Purpose;
import org.imapnotify.session.SelectedMailbox.Range;
import org.imapnotify.wire.Fragmenter;
import org.jspecify.annotations.Nullable;

/**
 * What the client is owed of messages in the selected mailbox: attributes of new ones, flags with their UIDs. The proxy FETCHes
 * them between the client's commands, and the responses are the news.
 */
final class OwedFetches {
    private final Session session;
    private final SelectedEvents events;
    private LongPredicate fetching = OwedFetches::nothing;
    private String flagsAsked = "";
    private final Set<Long> answered = new HashSet<>(); // of what the proxy asked for: what comes again is news
    private @Nullable ItemRenamer renamer;

    OwedFetches(Session session, SelectedEvents events) {
        this.session = session;
        this.events = events;
    }

    /** A FETCH response, or UIDFETCH, whose number is a UID then. */
    Verdict onFetch(SelectedMailbox mailbox, long number, boolean uid, ByteBuf buf, Fragmenter fragment) {
        OwnConversation own = session.own();
        note(mailbox, buf, fragment);
        if (uid) {
            mailbox.seenUid(number);
        }
        if (own.isNone() && (session.inFlight().mayFetch() || !events.areDecided())) {
            return Verdict.FORWARD;
        }
        if (own.runs(Purpose.FETCH_NEW) && fetching.test(number) && answered.add(number)) {
            session.notifications().told("fetch");
            return renamer == null ? Verdict.FORWARD : renamer.start(buf, fragment, session.out());
        }
        FetchHead head = FetchHead.of(buf, fragment);
        if (own.runs(Purpose.LEARN_UIDS) && learns(mailbox, number, head)) {
            return Verdict.TAKE;
        }
        return events.areDecided() ? flags(mailbox, number, uid, head) : Verdict.FORWARD;
    }

    private static boolean nothing(long number) {
        return false;
    }

    private static boolean learns(SelectedMailbox mailbox, long number, FetchHead head) {
        if (head.flags() || !head.hasUid()) {
            return false;
        }
        mailbox.arrivals().learnt(number, head.uid());
        return true;
    }

    /** Flags that changed; N-109: the client is told with the UID, so where the server leaves it out it is asked for. */
    private Verdict flags(SelectedMailbox mailbox, long number, boolean uid, FetchHead head) {
        if (!events.wants(Event.FLAG_CHANGE)) {
            return Verdict.TAKE;
        }
        if (uid || head.hasUid()) {
            session.notifications().told("flags");
            answered.add(number);
            return Verdict.FORWARD;
        }
        boolean answerComes = session.own().runs(Purpose.FETCH_FLAGS)
                && SequenceSet.holds(flagsAsked, number)
                && !answered.contains(number);
        if (!answerComes && !(mailbox.isOwed(number) && asksForFlags())) {
            mailbox.oweFlags(number);
        }
        return Verdict.TAKE;
    }

    private boolean asksForFlags() {
        return events.fetchAtts().stream().anyMatch(att -> att.name().equalsIgnoreCase("FLAGS"));
    }

    /** The client is shown flags, and perhaps how new they are; that matters where the mailbox is also watched. */
    private void note(SelectedMailbox mailbox, ByteBuf buf, Fragmenter fragment) {
        if (!events.wantsOthers()) {
            return;
        }
        mailbox.moved();
        if (session.enabled().condstore()) {
            long modSeq = FetchHead.of(buf, fragment).modSeq();
            if (modSeq >= 0) {
                mailbox.onModSeq(modSeq);
            }
        }
    }

    /** The rest of a FETCH response whose items are renamed. */
    Verdict rest(ByteBuf buf, Fragmenter fragment, Verdict verdict) {
        return renamer == null || !renamer.isOpen() ? verdict : renamer.more(buf, fragment, session.out());
    }

    boolean areOwed(SelectedMailbox mailbox) {
        return mailbox.owesFetch() || mailbox.owesFlags() || mailbox.arrivals().isOwed();
    }

    /** Asks for what the client is owed; false when that is nothing. */
    boolean ask(SelectedMailbox mailbox) {
        answered.clear();
        if (mailbox.owesFlags() && events.any()) {
            flagsAsked = mailbox.takeChangedFlags();
            String modSeq = session.enabled().condstore() ? " MODSEQ" : "";
            session.own().run(Purpose.FETCH_FLAGS, "FETCH " + flagsAsked + " (UID FLAGS" + modSeq + ")");
            return true;
        }
        return askForMembers(mailbox) || (mailbox.owesFetch() && events.any() && askForNew(mailbox));
    }

    private boolean askForMembers(SelectedMailbox mailbox) {
        Arrivals arrivals = mailbox.arrivals();
        if (arrivals.needsUids() && arrivals.learnFrom() <= mailbox.exists()) {
            Range range = new Range(arrivals.learnFrom(), mailbox.exists());
            session.own().run(Purpose.LEARN_UIDS, "FETCH " + range + " (UID)");
            return true;
        }
        arrivals.learntAll();
        if (!arrivals.hasMembers()) {
            return false;
        }
        long owedFrom = events.any() ? mailbox.owedFrom() : Long.MAX_VALUE;
        Arrivals.Group group = arrivals.takeGroup(owedFrom);
        Set<FetchAtt> atts = new LinkedHashSet<>();
        if (group.numbers().get(0) >= owedFrom) {
            atts.addAll(events.fetchAtts());
        }
        atts.addAll(group.atts());
        fetch("FETCH", SequenceSet.of(group.numbers()), List.copyOf(atts));
        return true;
    }

    private boolean askForNew(SelectedMailbox mailbox) {
        if (session.enabled().uidOnly()) {
            return askByUid(mailbox);
        }
        Range range = mailbox.takeUnfetched();
        List<Long> numbers = mailbox.arrivals().takeOthers(range.from(), range.to());
        if (!numbers.isEmpty()) {
            fetch("FETCH", SequenceSet.of(numbers), events.fetchAtts());
        }
        return !numbers.isEmpty();
    }

    /** RFC 9586: there are no message sequence numbers; {@code n:*} gives the last message, too, if it is below n. */
    private boolean askByUid(SelectedMailbox mailbox) {
        long from = mailbox.takeUnfetchedUid();
        if (from < 0) {
            return false;
        }
        fetch("UID FETCH", from + ":*", events.fetchAtts());
        fetching = uid -> uid >= from;
        return true;
    }

    private void fetch(String command, String set, List<FetchAtt> atts) {
        fetching = number -> SequenceSet.holds(set, number);
        renamer = FetchItemNames.needed(atts) ? new ItemRenamer(atts) : null;
        session.own().run(Purpose.FETCH_NEW, command + " " + set + " " + FetchAtt.upstreamList(atts));
    }

    void completed(SelectedMailbox mailbox, Purpose purpose) {
        switch (purpose) {
            case FETCH_NEW -> {
                fetching = OwedFetches::nothing;
                renamer = null;
            }
            case FETCH_FLAGS -> flagsAsked = "";
            case LEARN_UIDS -> mailbox.arrivals().learntAll();
            default -> {}
        }
    }
}
