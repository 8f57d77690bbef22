package org.imapnotify.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.imapnotify.Requirement;

class StatusNewsProperties {

    @Property
    @Requirement("N-129")
    void tellsNothingTwice(
            @ForAll("statuses") MailboxStatus told,
            @ForAll("statuses") MailboxStatus now,
            @ForAll("eventSets") Set<Event> events,
            @ForAll boolean condstore) {
        Optional<StatusNews> news = StatusNews.between(told, now, events, condstore);
        MailboxStatus known = news.map(n -> n.after(told)).orElse(told).filledFrom(now);
        assertThat(StatusNews.between(known, now, events, condstore)).isEmpty();
    }

    @Property
    @Requirement({"N-120", "N-121", "N-122", "N-125"})
    void tellsOfEveryChangeOfMessages(
            @ForAll("knownStatuses") MailboxStatus told,
            @ForAll("knownStatuses") MailboxStatus now,
            @ForAll boolean flags,
            @ForAll boolean condstore) {
        Set<Event> events = flags ? Notify.WITH_FLAGS : Notify.NEW_AND_EXPUNGE;
        boolean changed = told.messages() != now.messages()
                || told.uidNext() < now.uidNext()
                || told.uidValidity() != now.uidValidity();
        Optional<StatusNews> news = StatusNews.between(told, now, events, condstore);
        if (changed) {
            assertThat(news.orElseThrow().items())
                    .contains(StatusItem.MESSAGES, StatusItem.UIDNEXT)
                    .matches(items ->
                            items.contains(StatusItem.UIDVALIDITY) == (told.uidValidity() != now.uidValidity()))
                    .matches(items -> items.contains(StatusItem.HIGHESTMODSEQ) == condstore);
        } else if (!flags) {
            assertThat(news).isEmpty();
        }
    }

    @Property
    @Requirement("N-212")
    void neverTurnsBackTheClock(
            @ForAll("statuses") MailboxStatus told,
            @ForAll("statuses") MailboxStatus now,
            @ForAll("eventSets") Set<Event> events) {
        StatusNews.between(told, now, events, true)
                .filter(news -> told.uidValidity() == news.status().uidValidity())
                .map(StatusNews::status)
                .ifPresent(status -> {
                    assertThat(status.uidNext()).isGreaterThanOrEqualTo(told.uidNext());
                    if (status.highestModSeq() > 0) {
                        assertThat(status.highestModSeq()).isGreaterThanOrEqualTo(told.highestModSeq());
                    }
                });
    }

    @Provide
    Arbitrary<Set<Event>> eventSets() {
        return Arbitraries.of(Set.of(), Set.of(Event.MAILBOX_NAME), Notify.NEW_AND_EXPUNGE, Notify.WITH_FLAGS);
    }

    @Provide
    Arbitrary<MailboxStatus> statuses() {
        return statuses(-1);
    }

    @Provide
    Arbitrary<MailboxStatus> knownStatuses() {
        return statuses(1);
    }

    private static Arbitrary<MailboxStatus> statuses(long least) {
        Arbitrary<Long> few = Arbitraries.longs().between(least, 3);
        return Combinators.combine(few, few, few, few, few).as(MailboxStatus::new);
    }
}
