package org.imapnotify.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.imapnotify.upstream.Failure;
import org.imapnotify.wire.MailboxName;

/**
 * Which mailboxes the idle slots have: INBOX, then those that change most. A slot is moved only for a mailbox that is clearly
 * livelier than the one it has, so that two alike do not take it from each other; one that nothing happens in gives its
 * connection back to the upstream.
 */
final class Slots {
    /** A connection is worth it from so many changes on, and until they are so long ago. */
    private static final double WORTH_TAKING = 0.9;

    private static final double WORTH_KEEPING = 0.05;

    private final List<IdleSlot> slots;
    private final Activity activity;
    private final Set<MailboxName> unsuitable = new HashSet<>();

    Slots(List<IdleSlot> slots, Activity activity) {
        this.slots = slots;
        this.activity = activity;
    }

    /** Gives the slots, so many at most, to those of these mailboxes that deserve them. */
    void allot(Collection<MailboxName> wanted, int most, long now) {
        List<MailboxName> chosen = wanted.stream()
                .filter(name -> !unsuitable.contains(name))
                .filter(name -> claim(name, now) > 0)
                .sorted(Comparator.comparingDouble((MailboxName name) -> claim(name, now))
                        .reversed())
                .limit(Math.min(slots.size(), most))
                .toList();
        List<MailboxName> homeless = new ArrayList<>(chosen);
        List<IdleSlot> free = new ArrayList<>();
        for (IdleSlot slot : slots) {
            Optional<MailboxName> has = slot.mailbox();
            if (has.isEmpty() || !homeless.remove(has.get())) {
                free.add(slot);
            }
        }
        free.sort(Comparator.comparing(slot -> !slot.isUp())); // a connection that stands needs no login
        for (IdleSlot slot : free) {
            if (homeless.isEmpty()) {
                slot.release();
            } else {
                slot.assign(homeless.remove(0));
            }
        }
    }

    /** Not positive: none. Who has a slot needs less to keep it than others to take it. */
    private double claim(MailboxName name, long now) {
        if (name.isInbox()) {
            return Double.MAX_VALUE;
        }
        double score = activity.score(name, now);
        if (holder(name).isPresent()) {
            return score < WORTH_KEEPING ? 0 : score * 1.5 + 1;
        }
        return score < WORTH_TAKING ? 0 : score;
    }

    /** Connects the slots that have a mailbox, as far as back-off allows. */
    void wake() {
        slots.forEach(IdleSlot::wake);
    }

    /** Gives up IDLE where it has kept silent too often; true when any slot has. */
    boolean judge() {
        boolean silent = false;
        for (IdleSlot slot : slots) {
            silent |= slot.judge();
        }
        return silent;
    }

    void release() {
        slots.forEach(IdleSlot::release);
        unsuitable.clear();
    }

    void forgive() {
        slots.forEach(slot -> slot.link().forgive());
    }

    /** STATUS shows a change. */
    void onStatusChanged(MailboxName name, long lastAskedAt) {
        holder(name).ifPresent(slot -> slot.onStatusChanged(lastAskedAt));
    }

    /** The mailbox cannot be examined. */
    void onUnsuitable(MailboxName name) {
        unsuitable.add(name);
    }

    /**
     * The poller has failed. Fewer connections before fewer answers: a limit takes the idle slots first. Some servers do not
     * say that they are full (Courier closes, imap4d keeps silent), but a slot that is up while the poller cannot be shows it.
     */
    void makeRoom(Failure failure, boolean unproven, Duration wait) {
        boolean limit = failure.kind() == Failure.Kind.LIMIT;
        slots.stream().filter(slot -> limit || (unproven && slot.isUp())).forEach(slot -> slot.postpone(wait));
    }

    /** Gives up the connections that accounts without any wait for. */
    void giveWay(Duration wait) {
        slots.stream().filter(slot -> slot.link().isWanted()).forEach(slot -> slot.postpone(wait));
    }

    boolean anyUp() {
        return slots.stream().anyMatch(IdleSlot::isUp);
    }

    /** Somebody idles there. */
    boolean covers(MailboxName name) {
        return holder(name).filter(IdleSlot::isListening).isPresent();
    }

    /** Somebody idles there who has been heard: what happens is told without being asked for. */
    boolean tells(MailboxName name) {
        return holder(name).filter(IdleSlot::isBelieved).isPresent();
    }

    private Optional<IdleSlot> holder(MailboxName name) {
        return slots.stream()
                .filter(slot -> slot.mailbox().filter(name::equals).isPresent())
                .findFirst();
    }

    /**
     * When there is something to do.
     *
     * @param mayConnect slots that are not connected may be
     */
    long dueAt(boolean mayConnect) {
        long due = Long.MAX_VALUE;
        for (IdleSlot slot : slots) {
            due = Math.min(due, slot.dueAt(mayConnect));
        }
        return due;
    }
}
