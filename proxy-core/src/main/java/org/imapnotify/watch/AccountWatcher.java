package org.imapnotify.watch;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.imapnotify.notify.Registration;
import org.imapnotify.upstream.Credentials;
import org.imapnotify.upstream.Failure;
import org.imapnotify.watch.WatchSettings.Patience;
import org.imapnotify.wire.MailboxName;
import org.jspecify.annotations.Nullable;

/**
 * The watcher of one account: joins the registrations of its sessions with a {@link Poller} and {@link IdleSlot}s. All
 * calls come on one event loop.
 *
 * <p>Every event ends in {@link #proceed}, which looks at what is wanted and what there is, and does what is missing. So
 * the order of events does not matter, and there is one place that decides. While no registration is in force there is no
 * connection and nothing is remembered but the credentials and when the upstream may be tried again.
 */
public final class AccountWatcher {
    /** After so long without one good round the sessions are told that nothing can be told. */
    private static final Duration HOPELESS = Duration.ofMinutes(2);

    /** An idle slot that met a limit leaves the connections to the clients for so long. */
    private static final Duration AFTER_LIMIT = Duration.ofMinutes(5);

    private static final String REFUSED = "the login of the watch connection is refused";

    private static final String NO_METADATA = "the upstream does not show its annotations";

    private static final String PAUSED = "the operator has paused watching";

    private static final String FULL = "the upstream takes no more connections";

    private final Patience patience;
    private final WatchOutput output;
    private final LongSupplier nanoTime;
    private final WatchEvents events;
    private final Demand demand = new Demand();
    private final MailboxTable table = new MailboxTable();
    private final Beliefs beliefs;
    private final Activity activity = new Activity();
    private final Poller poller;
    private final Slots slots;
    private final NotifySource source;
    private final boolean sourceAllowed;
    private Credentials credentials;
    private @Nullable Long troubleSince;
    private boolean refused;
    private boolean full;
    private boolean dead;
    private boolean metadataRefused;
    private boolean paused;
    private boolean proceeding;
    private boolean again;
    private boolean allotmentDue;
    private long wakeAt = Long.MAX_VALUE;

    /**
     * @param credentials owned by the watcher from now on, which wipes them
     * @param nanoTime the clock, as {@link System#nanoTime}
     * @param random for the jitter of back-off
     */
    public AccountWatcher(
            WatchSettings settings,
            Credentials credentials,
            WatchOutput output,
            LongSupplier nanoTime,
            RandomGenerator random,
            WatchEvents events) {
        this.patience = settings.patience();
        this.credentials = credentials;
        this.output = output;
        this.nanoTime = nanoTime;
        this.events = events;
        this.beliefs = new Beliefs(events);
        Reports reports = new Reports();
        Link.Account account =
                new Link.Account(settings.connection(), () -> this.credentials, output, nanoTime, events);
        this.slots = new Slots(
                Stream.generate(() -> new IdleSlot(settings.idleReissue(), account, new BackOff(random), reports))
                        .limit(settings.connections() - 1L)
                        .toList(),
                activity);
        this.source = new NotifySource(settings.idleReissue(), account, new BackOff(random), reports);
        this.sourceAllowed = settings.connections() > 1;
        Schedule schedule = new Schedule(settings.intervals(), activity, new Heard(), random);
        this.poller = new Poller(demand, table, beliefs, settings, schedule, account, new BackOff(random), reports);
    }

    /**
     * Puts a registration in force, in the place of the subscriber's earlier one. Answered once, possibly before this
     * returns, by {@link Subscriber#armed} or {@link Subscriber#lost}.
     */
    public void register(Subscriber subscriber, Registration registration) {
        demand.remove(subscriber);
        if (dead || (refused && !poller.link().isUp())) {
            subscriber.lost(REFUSED);
        } else if (paused && registration.wantsOthers()) {
            subscriber.lost(PAUSED);
        } else if (full && !poller.link().isUp() && poller.link().isBackingOff()) {
            subscriber.lost(FULL);
        } else if (metadataRefused && Demand.wantsMetadata(registration)) {
            subscriber.lost(NO_METADATA);
        } else if (registration.wantsOthers()) {
            demand.put(subscriber, registration, nanoTime.getAsLong());
        } else {
            subscriber.armed(List.of());
        }
        demandChanged();
    }

    /** Ends the subscriber's registration, if any; nothing is told to it any more. */
    public void leave(Subscriber subscriber) {
        demand.remove(subscriber);
        demandChanged();
    }

    private void demandChanged() {
        allotmentDue = true;
        table.metadata().retain(demand.metadataNames(table)::contains);
        proceed();
    }

    /** Something has happened in this mailbox: it is looked at now. */
    public void hint(MailboxName mailbox) {
        poller.hint(mailbox);
    }

    /** Mailboxes have come, gone or changed their names, subscriptions or rights: they are listed now. */
    public void hintNames() {
        poller.hintNames();
        proceed();
    }

    /** A session has set annotations of this mailbox, or of the server: they are compared now. */
    public void hintMetadata(MailboxName mailbox) {
        poller.hintMetadata(mailbox);
    }

    /**
     * A client has logged in with these: they are used from now on. The watcher owns them and wipes them. What was refused is not
     * tried again with the same secret.
     */
    @SuppressWarnings("ReferenceEquality") // the very same secret must not be wiped
    public void freshCredentials(Credentials fresh) {
        if (!fresh.identity().equals(credentials.identity())) {
            throw new IllegalArgumentException("credentials of another account");
        }
        boolean sameAgain = fresh.sameAs(credentials);
        if (fresh.password() != credentials.password()) {
            credentials.password().wipe();
        }
        credentials = fresh;
        if (refused && !sameAgain) {
            refused = false;
            poller.link().forgive();
            slots.forgive();
            source.link().forgive();
        }
        proceed();
    }

    /**
     * Rests without forgetting, or goes on: the first round then finds what has changed meanwhile. Registrations that come while
     * it rests are lost.
     */
    public void pause(boolean on) {
        paused = on;
        if (on) {
            poller.pause();
            slots.release();
            source.release();
            demand.removeUnanswered().forEach(subscriber -> subscriber.lost(PAUSED));
            troubleSince = null;
        }
        proceed();
    }

    /** A mailbox that is watched, and whether by IDLE or in rounds. */
    public record Watched(MailboxName name, boolean idle) {}

    /** The mailboxes whose messages somebody wants to know of. */
    public List<Watched> watched() {
        return wantedMailboxes().stream()
                .map(name -> new Watched(name, slots.covers(name)))
                .toList();
    }

    /** What the upstream says to this user that it can do, as words; empty while nothing is watched. */
    public String capabilities() {
        return poller.capabilities().words();
    }

    /** The time asked for by {@link WatchOutput#wakeAt} has come. */
    public void onTimer() {
        wakeAt = Long.MAX_VALUE;
        proceed();
    }

    /** Closes all connections, forgets all registrations without telling, and wipes the credentials: the watcher is dead. */
    public void wipe() {
        dead = true;
        demand.removeAll();
        proceed();
        credentials.password().wipe();
    }

    /** What happens meanwhile is looked at afterwards, so that the parts never see each other half done. */
    private void proceed() {
        if (proceeding) {
            again = true;
            return;
        }
        proceeding = true;
        try {
            do {
                again = false;
                workOrRest();
            } while (again);
        } finally {
            proceeding = false;
        }
        schedule();
    }

    private void workOrRest() {
        if (!demand.isEmpty() && !paused) {
            work();
        }
        if (demand.isEmpty()) {
            rest();
        }
    }

    private void rest() {
        poller.rest();
        slots.release();
        source.release();
        table.clear();
        troubleSince = null;
    }

    private void work() {
        long now = nanoTime.getAsLong();
        if (patience != Patience.ENDLESS && troubleSince == null && !poller.isProven()) {
            troubleSince = now;
        }
        if (troubleSince != null && now - troubleSince >= HOPELESS.toNanos()) {
            loseAll("the upstream cannot be watched");
            return;
        }
        if (!refused) {
            poller.link().wake();
        }
        poller.proceed();
        if (!workSource()) {
            workSlots();
        }
    }

    /** True when the upstream's own NOTIFY has the place of the idle slots. */
    private boolean workSource() {
        source.judge();
        if (!sourceMayConnect()) {
            return source.isInForce();
        }
        source.wake();
        boolean works = !source.link().isBackingOff();
        if (works) {
            slots.release();
            allotmentDue = true;
        }
        return works;
    }

    private boolean sourceMayConnect() {
        return sourceAllowed && source.isBelieved() && !refused && poller.isProven() && poller.knowsNotify();
    }

    /** They come after the poller, when that is seen to work. */
    private void workSlots() {
        if (slots.judge()) {
            beliefs.disbelieveIdle();
        }
        if (!beliefs.idle()) {
            slots.release();
            return;
        }
        if (allotmentDue) {
            allotmentDue = false;
            slots.allot(wantedMailboxes(), nanoTime.getAsLong());
        }
        if (slotsMayConnect()) {
            slots.wake();
        }
    }

    private List<MailboxName> wantedMailboxes() {
        return table.rows().stream()
                .filter(demand::wantsMessagesOf)
                .map(MailboxRow::name)
                .toList();
    }

    private boolean slotsMayConnect() {
        return !refused && poller.isProven() && poller.knowsIdle();
    }

    private void schedule() {
        long due = Math.min(poller.dueAt(), troubleSince == null ? Long.MAX_VALUE : troubleSince + HOPELESS.toNanos());
        due = Math.min(due, slots.dueAt(slotsMayConnect()));
        due = Math.min(due, sourceMayConnect() ? source.dueAt() : Long.MAX_VALUE);
        if (demand.isEmpty() || paused) {
            due = Long.MAX_VALUE;
        }
        if (due != wakeAt) {
            wakeAt = due;
            output.wakeAt(due);
        }
    }

    private void loseAll(String why) {
        demand.removeAll().forEach(subscriber -> subscriber.lost(why));
    }

    /** What the connections report. */
    private final class Reports implements Poller.Owner, IdleSlot.Owner, NotifySource.Owner {
        @Override
        public void onDifference(Difference difference, Optional<Long> lastAskedAt) {
            demand.tell(difference);
            allotmentDue = true;
            followMetadata(difference);
            if (difference.change().kind() == MailboxChange.Kind.STATUS) {
                MailboxName name = difference.row().name();
                activity.changed(name, nanoTime.getAsLong());
                lastAskedAt.ifPresent(at -> slots.onStatusChanged(name, at));
                lastAskedAt.ifPresent(at -> source.onStatusChanged(name, at));
            }
        }

        @Override
        public void onUnchanged(MailboxRow row) {
            demand.tellUnchanged(row);
        }

        private void followMetadata(Difference difference) {
            MetadataTable metadata = table.metadata();
            MailboxRow row = difference.row();
            switch (difference.change().kind()) {
                case CREATED -> {
                    if (demand.watchesMetadataOf(row)) {
                        metadata.created(row.name());
                    }
                }
                case DELETED -> metadata.deleted(row.name());
                case RENAMED, RENAMED_WITH_PARENT ->
                    metadata.renamed(difference.change().oldName(), row.name());
                default -> {}
            }
        }

        @Override
        public void onMetadata(MetadataChange change) {
            demand.tell(change, table);
        }

        @Override
        public void onMetadataRefused() {
            metadataRefused = true;
            events.disbelieved("metadata");
            demand.removeMetadata().forEach(subscriber -> subscriber.lost(NO_METADATA));
        }

        @Override
        public void onRoundFinished(long nanos, int mailboxes, boolean asked) {
            troubleSince = null;
            allotmentDue = true;
            if (asked) {
                events.roundFinished(nanos, mailboxes);
            }
            proceed();
        }

        @Override
        public void onAnswered() {
            proceed();
        }

        @Override
        public void onPollerDown(Failure failure, boolean unproven) {
            full = patience == Patience.SHORT && failure.kind() == Failure.Kind.LIMIT && unproven && !slots.anyUp();
            slots.makeRoom(failure, unproven, AFTER_LIMIT);
            if (failure.kind() == Failure.Kind.LIMIT
                    || (unproven && source.link().isUp())) {
                source.postpone(AFTER_LIMIT);
            }
            onDown(failure);
            if (refused) {
                loseAll(REFUSED);
            } else if (full) {
                loseAll(FULL);
            }
            proceed();
        }

        @Override
        public void onHeard(MailboxName mailbox) {
            poller.hint(mailbox);
        }

        @Override
        public void onNamesHeard() {
            hintNames();
        }

        @Override
        public void onSourceChanged() {
            poller.lookAgain();
            proceed();
        }

        @Override
        public void onSourceDown(NotifySource down, Failure failure) {
            if (failure.kind() == Failure.Kind.LIMIT) {
                down.postpone(AFTER_LIMIT);
            }
            onDown(failure);
            onSourceChanged();
        }

        @Override
        public void onIdleRefused() {
            beliefs.disbelieveIdle();
            proceed();
        }

        @Override
        public void onUnsuitable(MailboxName mailbox) {
            slots.onUnsuitable(mailbox);
            allotmentDue = true;
            proceed();
        }

        @Override
        public void onSlotDown(IdleSlot slot, Failure failure) {
            if (failure.kind() == Failure.Kind.LIMIT) {
                slot.postpone(AFTER_LIMIT);
            }
            onDown(failure);
            proceed();
        }

        /** A refused login counts for all connections, but those that are logged in may go on as long as they last. */
        private void onDown(Failure failure) {
            refused |= failure.kind() == Failure.Kind.REFUSED;
        }
    }

    /** What the rounds may leave alone. */
    private final class Heard implements Schedule.Told {
        @Override
        public boolean byIdle(MailboxName name) {
            return slots.tells(name);
        }

        @Override
        public boolean byNotify(MailboxName name) {
            return source.isInForce()
                    && table.row(name).filter(MailboxRow::personal).isPresent();
        }

        @Override
        public boolean names() {
            boolean all = demand.needsSubscriptions() ? source.tellsSubscriptions() : source.isInForce();
            return all && table.rows().stream().allMatch(MailboxRow::personal);
        }
    }
}
