package org.imapnotify.watch;

import java.util.Optional;
import org.imapnotify.upstream.Failure;
import org.imapnotify.upstream.UpstreamConnection;
import org.imapnotify.watch.WatchEvents.ConnectionKind;
import org.imapnotify.wire.Capabilities;
import org.imapnotify.wire.MailboxName;
import org.imapnotify.wire.Response;
import org.jspecify.annotations.Nullable;

/**
 * The connection that asks: it selects no mailbox, so that every STATUS is the truth. It runs one {@link Round} after the
 * other, never two at once, and answers hints in between and meanwhile.
 */
final class Poller implements Link.User, Questions.Asker {
    /** The watcher of the account. */
    interface Owner extends MetadataWatch.Owner {
        /**
         * @param lastAskedAt when the same mailbox was asked for before, when that is how the difference was found
         */
        void onDifference(Difference difference, Optional<Long> lastAskedAt);

        /** A mailbox was looked at because of a hint, and there was nothing new. */
        void onUnchanged(MailboxRow row);

        /**
         * @param asked there was anything to ask
         */
        void onRoundFinished(long nanos, int mailboxes, boolean asked);

        /**
         * @param unproven it failed before it finished a round
         */
        void onPollerDown(Failure failure, boolean unproven);
    }

    private final Demand demand;
    private final MailboxTable table;
    private final Beliefs beliefs;
    private final WatchSettings settings;
    private final Schedule schedule;
    private final Owner owner;
    private final Link link;
    private final MetadataWatch metadata;
    private final Pacing pacing;
    private final Purse rounds;
    private final Turns turns;
    private final HintedLooks hinted;
    private @Nullable Questions questions;
    private @Nullable Round round;
    private boolean proven;

    Poller(
            Demand demand,
            MailboxTable table,
            Beliefs beliefs,
            WatchSettings settings,
            Schedule schedule,
            Link.Account account,
            BackOff backOff,
            Owner owner) {
        this.demand = demand;
        this.table = table;
        this.beliefs = beliefs;
        this.settings = settings;
        this.schedule = schedule;
        this.owner = owner;
        this.link = new Link(ConnectionKind.POLL, account, backOff, this);
        this.pacing = account.pacing();
        this.rounds = new Purse(pacing, link::now);
        this.turns = new Turns(schedule, pacing);
        this.hinted = new HintedLooks(table, pacing, link::now, owner);
        this.metadata = new MetadataWatch(demand, table, settings.intervals().metadata(), link::now, pacing, owner);
    }

    Link link() {
        return link;
    }

    /** Has finished a round on its present connection. */
    boolean isProven() {
        return proven;
    }

    /** The upstream has IDLE, as far as is known now. */
    boolean knowsIdle() {
        return questions != null && questions.idle();
    }

    /** What the upstream says that it can do; empty without a connection. */
    Capabilities capabilities() {
        return questions == null ? Capabilities.none() : questions.capabilities();
    }

    /** The upstream has NOTIFY (RFC 5465), as far as is known now. */
    boolean knowsNotify() {
        return questions != null && questions.notifies();
    }

    /** Looks at everything as soon as the round under way is over. */
    void lookAgain() {
        turns.lookAgain();
    }

    void rest() {
        link.rest();
        forget();
        schedule.clear();
    }

    /** Lets go of the connection and keeps what was seen, so that the first round behind it finds what has changed. */
    void pause() {
        if (round != null) {
            round.abandon();
        }
        rest();
    }

    private void forget() {
        questions = null;
        round = null;
        proven = false;
        turns.forget();
        hinted.forget();
        rounds.forget();
        metadata.onDown();
    }

    /** When {@link #proceed} has something to do that no response will call for. */
    long dueAt() {
        if (questions == null || round != null) {
            return Math.min(link.dueAt(), hinted.dueAt());
        }
        long due = Math.min(hinted.dueAt(), metadata.dueAt());
        return Math.min(due, rounds.isWaiting() ? rounds.dueAt() : turns.dueAt());
    }

    /** Does what is due: answers registrations, then begins a round when none is under way. */
    void proceed() {
        if (questions == null) {
            return;
        }
        if (round == null || !round.isListing()) {
            demand.arm(table);
        }
        hinted.proceed(questions);
        if (round == null) {
            beginRound(questions);
        }
        if (round == null) {
            metadata.proceed();
        }
    }

    private void beginRound(Questions ask) {
        if (turns.isDue(ask.listStatus(), link.now())) {
            beginFull(ask);
        } else if (demand.armingNeedsRound(table)) {
            begin(new Round.Plan(false, demand.armingNeedsMailboxList(table), demand.needsSubscriptions()), ask);
        } else if (turns.namesAreDue(link.now())) {
            begin(new Round.Plan(false, true, demand.needsSubscriptions()), ask);
        }
    }

    /** One LIST that asks for all is cheaper than questions, even when no other name is expected yet. */
    private void beginFull(Questions ask) {
        Round.Plan unlisted = new Round.Plan(true, false, demand.needsSubscriptions());
        boolean list = demand.needsMailboxList()
                && (schedule.isListDue(link.now()) || (ask.listStatus() && new Round(unlisted, ask, this).asksHalf()));
        begin(list ? unlisted.withList() : unlisted, ask);
    }

    private void begin(Round.Plan plan, Questions ask) {
        Round next = new Round(plan, ask, this);
        if (rounds.pay(next.cost())) {
            turns.began(plan, link.now());
            round = next;
            next.begin();
        }
    }

    /** Commands of a round are sent. */
    void spend(int commands) {
        rounds.spend(commands);
    }

    /** Lists the mailboxes soon, if anybody wants to know; hints that come while that is being done make one more listing. */
    void hintNames() {
        schedule.namesStirred(link.now());
        if (questions != null && demand.needsMailboxList()) {
            turns.namesChanged();
        }
    }

    /** Looks at a mailbox at once if anybody wants to know of its messages; without a connection the next round does. */
    void hint(MailboxName name) {
        boolean wanted = table.row(name)
                .map(demand::wantsMessagesOf)
                .orElseGet(() -> !demand.needsMailboxList() && demand.named().contains(name));
        if (questions != null && wanted) {
            schedule.stirred(name, link.now());
            hinted.hint(name, questions);
        }
    }

    /** From one look at this mailbox to the next, as things are. */
    long interval(MailboxName name) {
        return pacing.stretch(schedule.interval(name, link.now()), link.now());
    }

    /** How long ago a session last did something there, as far as is remembered. */
    Optional<Long> hintedAgo(MailboxName name) {
        return hinted.hintedAgo(name);
    }

    /** As {@link #hint}, of annotations. */
    void hintMetadata(MailboxName name) {
        metadata.hint(name);
    }

    @Override
    public void onUp(UpstreamConnection ready) {
        NamespaceQuestion.ask(ready, namespaces -> start(ready, namespaces));
    }

    private void start(UpstreamConnection ready, Namespaces namespaces) {
        beliefs.recognised(ready.quirks());
        schedule.pollEvery(beliefs.quirks().poll(settings.intervals().poll()));
        questions = new Questions(ready, table, demand, beliefs, namespaces, link::now, this);
        turns.start(questions.listStatus(), link.now());
        metadata.onUp(ready);
        owner.onAnswered();
    }

    @Override
    public void onUnsolicited(Response response) {}

    @Override
    public void onDown(Failure failure) {
        boolean unproven = !proven;
        if (round != null) {
            round.abandon();
        }
        forget();
        owner.onPollerDown(failure, unproven);
    }

    @Override
    public boolean onUnlisted(StatusLine line) {
        return round != null && round.onUnlisted(line);
    }

    @Override
    public void onDifference(Difference difference, Optional<Long> lastAskedAt) {
        if (round == null || !round.holds(difference.row().name())) {
            owner.onDifference(difference, lastAskedAt);
        }
    }

    @Override
    public void onPutOff(MailboxName name) {
        schedule.stirred(name, link.now());
    }

    void onRoundFinished(Round.Plan plan, long nanos, int mailboxes) {
        round = null;
        proven = true;
        turns.finished(plan, nanos, settings.patience() == WatchSettings.Patience.ENDLESS, link.now());
        link.proved();
        owner.onRoundFinished(nanos, mailboxes, mailboxes > 0 || plan.list());
    }

    /** This upstream cannot be watched on this connection. */
    void fail(Failure failure) {
        link.fail(failure);
    }

    long now() {
        return link.now();
    }

    Demand demand() {
        return demand;
    }

    Schedule schedule() {
        return schedule;
    }

    MailboxTable table() {
        return table;
    }
}
