package org.imapnotify.watch;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.imapnotify.upstream.Effect;
import org.imapnotify.upstream.Failure;
import org.imapnotify.wire.MailboxName;

/**
 * The connections on which the upstream tells without being asked: its own NOTIFY, or where that is not to be had the idle
 * {@link Slots}. They come after the poller, when that is seen to work, and give way to it.
 */
final class Listeners implements IdleSlot.Owner, NotifySource.Owner, Schedule.Told {
    /** The watcher of the account. */
    interface Owner {
        /** Something has happened in this mailbox, or may have while nobody listened. */
        void onHeard(MailboxName mailbox);

        /** Mailboxes have come or gone, or their names, subscriptions or rights have changed. */
        void onNamesHeard();

        /** What happened meanwhile has to be looked for everywhere. */
        void onListenerChanged();

        /** A listening connection has failed, or could not be opened. */
        void onListenerDown(Failure failure);

        /** There may be something to do. */
        void proceed();
    }

    /** A connection that met a limit is left to the clients for so long. */
    private static final Duration AFTER_LIMIT = Duration.ofMinutes(5);

    private final Demand demand;
    private final MailboxTable table;
    private final Beliefs beliefs;
    private final Owner owner;
    private final Slots slots;
    private final NotifySource source;
    private final int connections;
    private boolean allotmentDue;

    Listeners(
            WatchSettings settings,
            Link.Account account,
            RandomGenerator random,
            Demand demand,
            MailboxTable table,
            Beliefs beliefs,
            Activity activity,
            Owner owner) {
        this.demand = demand;
        this.table = table;
        this.beliefs = beliefs;
        this.owner = owner;
        this.connections = settings.connections();
        this.slots = new Slots(
                Stream.generate(() -> new IdleSlot(settings.idleReissue(), account, new BackOff(random), this))
                        .limit(settings.connections() - 1L)
                        .toList(),
                activity);
        this.source = new NotifySource(settings.idleReissue(), account, new BackOff(random), this);
    }

    /** Which mailboxes are wanted, or how lively they are, may have changed. */
    void reconsider() {
        allotmentDue = true;
    }

    /**
     * Does what is due.
     *
     * @param mayLogIn the login has not been refused
     */
    void work(Poller poller, boolean mayLogIn) {
        slots.giveWay(AFTER_LIMIT);
        if (source.link().isWanted()) {
            source.postpone(AFTER_LIMIT);
            owner.onListenerChanged();
        }
        if (!workSource(poller, mayLogIn)) {
            workSlots(poller, mayLogIn);
        }
    }

    /** True when the upstream's own NOTIFY has the place of the idle slots. */
    private boolean workSource(Poller poller, boolean mayLogIn) {
        source.judge();
        if (!sourceMayConnect(poller, mayLogIn)) {
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

    private boolean sourceMayConnect(Poller poller, boolean mayLogIn) {
        return beliefs.quirks().connections(connections) > 1
                && source.isBelieved()
                && mayLogIn
                && poller.isProven()
                && poller.knowsNotify();
    }

    private void workSlots(Poller poller, boolean mayLogIn) {
        if (slots.judge() && !beliefs.quirks().has(Effect.IDLE_NOT_ALL)) {
            beliefs.disbelieveIdle();
        }
        if (!beliefs.idle()) {
            slots.release();
            return;
        }
        if (allotmentDue) {
            allotmentDue = false;
            slots.allot(wanted(), beliefs.quirks().connections(connections) - 1, poller.now());
        }
        if (slotsMayConnect(poller, mayLogIn)) {
            slots.wake();
        }
    }

    private boolean slotsMayConnect(Poller poller, boolean mayLogIn) {
        return mayLogIn && poller.isProven() && poller.knowsIdle();
    }

    /** The mailboxes whose messages somebody wants to know of. */
    Collection<MailboxName> wanted() {
        return table.rows().stream()
                .filter(demand::wantsMessagesOf)
                .map(MailboxRow::name)
                .toList();
    }

    List<WatchedMailbox> watched(Poller poller) {
        return wanted().stream()
                .map(name -> new WatchedMailbox(
                        name,
                        slots.covers(name),
                        byNotify(name),
                        Duration.ofNanos(poller.interval(name)),
                        poller.hintedAgo(name).map(Duration::ofNanos)))
                .toList();
    }

    /** When {@link #work} has something to do. */
    long dueAt(Poller poller, boolean mayLogIn) {
        long due = slots.dueAt(slotsMayConnect(poller, mayLogIn));
        return sourceMayConnect(poller, mayLogIn) ? Math.min(due, source.dueAt()) : due;
    }

    void release() {
        slots.release();
        source.release();
    }

    /** There are other credentials. */
    void forgive() {
        slots.forgive();
        source.link().forgive();
    }

    /** STATUS shows a change since it was asked at that time. */
    void onStatusChanged(MailboxName name, long lastAskedAt) {
        slots.onStatusChanged(name, lastAskedAt);
        source.onStatusChanged(name, lastAskedAt);
    }

    /** The poller has failed; {@code unproven} before it finished a round. */
    void makeRoom(Failure failure, boolean unproven) {
        slots.makeRoom(failure, unproven, AFTER_LIMIT);
        if (failure.kind() == Failure.Kind.LIMIT || (unproven && source.link().isUp())) {
            source.postpone(AFTER_LIMIT);
        }
    }

    boolean anySlotUp() {
        return slots.anyUp();
    }

    // What the rounds may leave alone.

    @Override
    public boolean byIdle(MailboxName name) {
        return slots.tells(name) && !beliefs.quirks().has(Effect.IDLE_NOT_ALL);
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

    // What the connections report.

    @Override
    public void onHeard(MailboxName mailbox) {
        owner.onHeard(mailbox);
    }

    @Override
    public void onNamesHeard() {
        owner.onNamesHeard();
    }

    @Override
    public void onSourceChanged() {
        owner.onListenerChanged();
    }

    @Override
    public void onSourceDown(NotifySource down, Failure failure) {
        if (failure.kind() == Failure.Kind.LIMIT) {
            down.postpone(AFTER_LIMIT);
        }
        owner.onListenerDown(failure);
        owner.onListenerChanged();
    }

    @Override
    public void onIdleRefused() {
        beliefs.disbelieveIdle();
        owner.proceed();
    }

    @Override
    public void onUnsuitable(MailboxName mailbox) {
        slots.onUnsuitable(mailbox);
        allotmentDue = true;
        owner.proceed();
    }

    @Override
    public void onSlotDown(IdleSlot slot, Failure failure) {
        if (failure.kind() == Failure.Kind.LIMIT) {
            slot.postpone(AFTER_LIMIT);
        }
        owner.onListenerDown(failure);
        owner.proceed();
    }
}
