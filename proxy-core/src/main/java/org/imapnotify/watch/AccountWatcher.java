package org.imapnotify.watch;

import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.imapnotify.notify.Registration;
import org.imapnotify.upstream.Credentials;
import org.imapnotify.upstream.Failure;
import org.imapnotify.upstream.Pipelining;
import org.imapnotify.wire.MailboxName;

/**
 * The watcher of one account: joins the registrations of its sessions with a {@link Poller} and {@link IdleSlot}s. All
 * calls come on one event loop.
 *
 * <p>Every event ends in {@link #proceed}, which looks at what is wanted and what there is, and does what is missing. So
 * the order of events does not matter, and there is one place that decides. While no registration is in force there is no
 * connection and nothing is remembered but the credentials and when the upstream may be tried again.
 */
public final class AccountWatcher {
    private final WatchOutput output;
    private final LongSupplier nanoTime;
    private final WatchEvents events;
    private final Demand demand = new Demand();
    private final MailboxTable table = new MailboxTable();
    private final Activity activity = new Activity();
    private final Standing standing;
    private final Pacing pacing;
    private final Poller poller;
    private final Listeners listeners;
    private Credentials credentials;
    private boolean proceeding;
    private boolean again;
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
        this.credentials = credentials;
        this.output = output;
        this.nanoTime = nanoTime;
        this.events = events;
        this.standing = new Standing(settings.patience());
        this.pacing = new Pacing(settings.commandsPerMinute(), output.share(), events);
        Reports reports = new Reports();
        Beliefs beliefs = new Beliefs(events, nanoTime);
        Link.Account account = new Link.Account(
                settings.connection(),
                () -> this.credentials,
                output,
                nanoTime,
                events,
                pacing,
                new Pipelining(settings.connection().profile().pipelining()));
        this.listeners = new Listeners(settings, account, random, demand, table, beliefs, activity, reports);
        Schedule schedule = new Schedule(settings.intervals(), activity, listeners, random);
        this.poller = new Poller(demand, table, beliefs, settings, schedule, account, new BackOff(random), reports);
    }

    /**
     * Puts a registration in force, in the place of the subscriber's earlier one. Answered once, possibly before this
     * returns, by {@link Subscriber#armed} or {@link Subscriber#lost}.
     */
    public void register(Subscriber subscriber, Registration registration) {
        demand.remove(subscriber);
        Optional<String> hindrance = standing.hindrance(registration, poller.link());
        if (hindrance.isPresent()) {
            subscriber.lost(hindrance.get());
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
        listeners.reconsider();
        table.metadata().retain(demand.metadataNames(table)::contains);
        proceed();
    }

    /** More can be asked for from now on: no answer that was given before is fresh. */
    public void moreCanBeAsked() {
        table.doubtAnswers();
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
        if (standing.loginRefused() && !sameAgain) {
            standing.forgive();
            poller.link().forgive();
            listeners.forgive();
        }
        proceed();
    }

    /**
     * Rests without forgetting, or goes on: the first round then finds what has changed meanwhile. Registrations that come while
     * it rests are lost.
     */
    public void pause(boolean on) {
        standing.pause(on);
        if (on) {
            poller.pause();
            listeners.release();
            demand.removeUnanswered().forEach(subscriber -> subscriber.lost(Standing.PAUSED));
            standing.wellAgain();
        }
        proceed();
    }

    /** The mailboxes whose messages somebody wants to know of. */
    public List<WatchedMailbox> watched() {
        return listeners.watched(poller);
    }

    /** What the upstream says to this user that it can do, as words; empty while nothing is watched. */
    public String capabilities() {
        return poller.capabilities().words();
    }

    /** The time asked for by {@link WatchOutput#wakeAt} has come, or a {@link Place} is granted or wanted. */
    public void onTimer() {
        wakeAt = Long.MAX_VALUE;
        proceed();
    }

    /** Closes all connections, forgets all registrations without telling, and wipes the credentials: the watcher is dead. */
    public void wipe() {
        standing.die();
        demand.removeAll();
        proceed();
        pacing.end();
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
        if (!demand.isEmpty() && !standing.paused()) {
            work();
        }
        if (demand.isEmpty()) {
            rest();
        }
    }

    private void rest() {
        poller.rest();
        listeners.release();
        table.clear();
        standing.wellAgain();
    }

    private void work() {
        if (standing.isHopeless(poller.isProven(), nanoTime.getAsLong())) {
            loseAll("the upstream cannot be watched");
            return;
        }
        boolean mayLogIn = !standing.loginRefused();
        if (mayLogIn) {
            poller.link().wake();
        }
        if (standing.isCrowded(poller.link())) {
            demand.crowd(nanoTime.getAsLong()).forEach(Subscriber::crowded);
        }
        poller.proceed();
        if (pacing.takeRefused()) {
            loseAll("the upstream is asked for too much");
            return;
        }
        if (pacing.allowsListeners()) {
            listeners.work(poller, !standing.loginRefused());
        } else {
            listeners.release();
            listeners.reconsider();
        }
    }

    private void schedule() {
        long due = Math.min(poller.dueAt(), standing.hopelessAt());
        if (pacing.allowsListeners()) {
            due = Math.min(due, listeners.dueAt(poller, !standing.loginRefused()));
        }
        if (demand.isEmpty() || standing.paused()) {
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
    private final class Reports implements Poller.Owner, Listeners.Owner {
        @Override
        public void onDifference(Difference difference, Optional<Long> lastAskedAt) {
            demand.tell(difference);
            listeners.reconsider();
            followMetadata(difference);
            if (difference.change().kind() == MailboxChange.Kind.STATUS) {
                MailboxName name = difference.row().name();
                activity.changed(name, nanoTime.getAsLong());
                lastAskedAt.ifPresent(at -> listeners.onStatusChanged(name, at));
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
            standing.metadataRefused();
            events.disbelieved("metadata");
            demand.removeMetadata().forEach(subscriber -> subscriber.lost(Standing.NO_METADATA));
        }

        @Override
        public void onRoundFinished(long nanos, int mailboxes, boolean asked) {
            standing.wellAgain();
            listeners.reconsider();
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
            boolean noneElse = unproven && !listeners.anySlotUp();
            listeners.makeRoom(failure, unproven);
            if (failure.kind() == Failure.Kind.LIMIT && !unproven) {
                pacing.slowDown(failure.retryAfter(), nanoTime.getAsLong());
            }
            standing.onPollerDown(failure, noneElse, nanoTime.getAsLong()).ifPresent(AccountWatcher.this::loseAll);
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
        public void onListenerChanged() {
            poller.lookAgain();
            AccountWatcher.this.proceed();
        }

        @Override
        public void onListenerDown(Failure failure) {
            standing.onDown(failure);
        }

        @Override
        public void proceed() {
            AccountWatcher.this.proceed();
        }
    }
}
