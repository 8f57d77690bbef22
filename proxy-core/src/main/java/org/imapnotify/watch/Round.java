package org.imapnotify.watch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.imapnotify.notify.Event;
import org.imapnotify.upstream.Exchange;
import org.imapnotify.upstream.Failure;
import org.imapnotify.wire.MailboxName;
import org.imapnotify.wire.ProtocolException;
import org.imapnotify.wire.Response;

/** One look at the mailboxes that are watched, or at those that a new registration waits for; its states are {@link RoundState}. */
final class Round {
    /**
     * @param full all that any registration needs; else only what those need that are not armed yet
     */
    record Plan(boolean full, boolean list, boolean subscriptions) {
        Plan withList() {
            return new Plan(full, true, subscriptions);
        }
    }

    private final Plan plan;
    private final Questions questions;
    private final Poller poller;
    private final long startedAt;
    private final Set<MailboxName> answered = new HashSet<>();
    private Optional<ListChanges> changes = Optional.empty();
    private RoundState state = new RoundState.Finished();
    private int outstanding;

    Round(Plan plan, Questions questions, Poller poller) {
        this.plan = plan;
        this.questions = questions;
        this.poller = poller;
        this.startedAt = poller.now();
    }

    void begin() {
        state = plan.list() ? list(false) : ask(names());
    }

    /** So many commands will be sent, as far as is known now. */
    int cost() {
        int lists = !plan.list() ? 0 : plan.subscriptions() && !questions.listExtended() ? 2 : 1;
        return plan.list() && asksAllAtOnce() ? lists : lists + names().size();
    }

    /** The listing is being made or its differences have not been told yet. */
    boolean isListing() {
        return state instanceof RoundState.Listing || changes.isPresent();
    }

    /** A mailbox whose creation is yet to be told: its status is part of that. */
    boolean holds(MailboxName name) {
        return changes.isPresent() && changes.get().isNew(name);
    }

    /** The status of a mailbox that is not in the table: it may be one that this round lists. */
    boolean onUnlisted(StatusLine line) {
        if (state instanceof RoundState.Listing listing) {
            listing.snapshot().onStatus(line);
        }
        return plan.list();
    }

    RoundState list(boolean confirming) {
        boolean extended = questions.listExtended();
        String status = statusOption();
        Snapshot snapshot = new Snapshot(poller.now(), extended, !status.isEmpty(), extended || plan.subscriptions());
        String options = extended ? " RETURN (SUBSCRIBED CHILDREN" + status + ")" : "";
        send("LIST \"\" \"*\"" + options, snapshot);
        questions.partLists();
        if (plan.subscriptions() && !extended) {
            send("LSUB \"\" \"*\"", snapshot);
        }
        questions.flush();
        return new RoundState.Listing(snapshot, confirming);
    }

    /** One command for all is cheaper as soon as half of the mailboxes are of interest. */
    private String statusOption() {
        return asksAllAtOnce() ? " STATUS (" + questions.statusItems() + ")" : "";
    }

    private boolean asksAllAtOnce() {
        return questions.listStatus() && (!poller.table().listed() || asksHalf());
    }

    /** Half of the mailboxes, at least, are to be asked for now. */
    boolean asksHalf() {
        return names().size() * 2 >= poller.table().rows().size();
    }

    private void send(String command, Snapshot snapshot) {
        outstanding++;
        poller.spend(1);
        questions.ask(command, new Exchange() {
            @Override
            public boolean onUntagged(Response response) {
                return onListed(response, snapshot);
            }

            @Override
            public void onCompleted(Response tagged) {
                snapshot.onCompleted(tagged);
                answered();
            }
        });
    }

    /** A line that cannot be read costs that mailbox, not the round. */
    private boolean onListed(Response response, Snapshot snapshot) {
        try {
            switch (response.name()) {
                case LIST -> snapshot.onList(ListedMailbox.of(response));
                case LSUB -> snapshot.onLsub(ListedMailbox.of(response));
                case STATUS -> {
                    StatusLine line = StatusLine.of(response);
                    answered.add(line.name());
                    questions.onStatus(line, snapshot.askedAt());
                }
                default -> {
                    return false;
                }
            }
        } catch (ProtocolException e) {
            return true;
        }
        return true;
    }

    /** LIST was refused: its options are what may be left out; without any, this upstream cannot be watched now. */
    RoundState listAnew(Snapshot snapshot, Response refusal) {
        Failure failure = Failure.of(refusal);
        if (snapshot.extended() && failure.kind() != Failure.Kind.LIMIT) {
            questions.disbelieveListExtensions();
            return list(false);
        }
        poller.fail(failure);
        return new RoundState.Finished();
    }

    boolean isImplausible(Snapshot snapshot) {
        return poller.table().isImplausible(snapshot);
    }

    /** The listing counts from here on; what it changes is told at the end of the round. */
    RoundState settle(Snapshot snapshot) {
        if (snapshot.statusAsked() && answered.isEmpty() && snapshot.anySelectable()) {
            questions.disbelieveListStatus();
        }
        MailboxTable table = poller.table();
        ListChanges made = table.list(snapshot, questions.namespaces());
        changes = Optional.of(made);
        if (made.namesAreSame()) {
            tellChanges();
        } else {
            poller.schedule().namesChanged(made.names(), poller.now());
        }
        answered.retainAll(snapshot.listed().keySet());
        answered.forEach(name -> table.asked(name, snapshot.askedAt()));
        poller.demand().named().stream()
                .filter(name -> !table.has(name))
                .forEach(name -> table.asked(name, snapshot.askedAt()));
        return ask(names());
    }

    private Deque<MailboxName> names() {
        MailboxTable table = poller.table();
        Demand demand = poller.demand();
        Set<MailboxName> names = new LinkedHashSet<>(plan.full() ? List.of() : demand.armingNeeds(table));
        boolean wantsNames = demand.wants(Event.MAILBOX_NAME);
        boolean renames = changes.filter(ListChanges::mayBeRenames).isPresent() && wantsNames;
        for (MailboxRow row : table.rows()) {
            boolean polled = isDue(row.name()) && demand.wantsMessagesOf(row);
            boolean tellsRenames = wantsNames && row.selectable(); // by what it is known by under another name
            boolean neverAsked = table.askedAt(row.name()).isEmpty() && (demand.wantsMessagesOf(row) || tellsRenames);
            boolean maybeRenamed = renames && tellsRenames && holds(row.name());
            if (polled || neverAsked || maybeRenamed) {
                names.add(row.name());
            }
        }
        if (!demand.needsMailboxList()) {
            demand.named().stream()
                    .filter(name -> !table.has(name) && isDue(name))
                    .forEach(names::add);
        }
        names.removeAll(answered);
        return new ArrayDeque<>(names);
    }

    private boolean isDue(MailboxName name) {
        return plan.full() && poller.schedule().isDue(name, poller.now());
    }

    RoundState ask(Deque<MailboxName> rest) {
        if (rest.isEmpty()) {
            return finish();
        }
        for (int i = 0; i < questions.window() && !rest.isEmpty(); i++) {
            MailboxName name = rest.remove();
            outstanding++;
            poller.spend(1);
            questions.askStatus(name, again -> {
                if (again) {
                    rest.add(name);
                }
                answered.add(name);
                answered();
            });
        }
        questions.flush();
        return new RoundState.Asking(rest);
    }

    private void answered() {
        outstanding--;
        if (outstanding == 0) {
            state = state.onAnswered(this);
        }
    }

    private RoundState finish() {
        tellChanges();
        poller.onRoundFinished(plan, poller.now() - startedAt, answered.size());
        return new RoundState.Finished();
    }

    /** The connection is gone. What was listed is in the table, so the next listing would not show it as a change any more. */
    void abandon() {
        tellChanges();
    }

    private void tellChanges() {
        Optional<ListChanges> made = changes;
        changes = Optional.empty();
        made.ifPresent(all -> all.differences(poller.table())
                .forEach(difference -> poller.onDifference(difference, Optional.empty())));
    }
}
