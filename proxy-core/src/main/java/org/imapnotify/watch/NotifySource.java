package org.imapnotify.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.imapnotify.upstream.CommandWriter;
import org.imapnotify.upstream.Exchange;
import org.imapnotify.upstream.Failure;
import org.imapnotify.upstream.UpstreamConnection;
import org.imapnotify.watch.WatchEvents.ConnectionKind;
import org.imapnotify.wire.MailboxName;
import org.imapnotify.wire.ProtocolException;
import org.imapnotify.wire.Response;
import org.imapnotify.wire.ResponseName;
import org.jspecify.annotations.Nullable;

/**
 * A connection on which an upstream that has NOTIFY (RFC 5465) of its own tells what happens in all personal mailboxes. It
 * selects none and, like an {@link IdleSlot}, says only that something happened: the poller finds out what. So an upstream
 * that tells half of a status, or tells twice, makes no difference to what the sessions hear.
 *
 * <p>What is said between the poller's last round and the answer to NOTIFY SET is seen by one more round. An upstream that
 * refuses, overflows or keeps silent about what a round shows is polled as if it had no NOTIFY.
 */
final class NotifySource implements Link.User {
    /** The watcher of the account. */
    interface Owner {
        /** Something has happened in this mailbox. */
        void onHeard(MailboxName mailbox);

        /** Mailboxes have come or gone, or their names, subscriptions or rights have changed. */
        void onNamesHeard();

        /** From now on changes are told, or no more: what happened meanwhile has to be looked for. */
        void onSourceChanged();

        void onSourceDown(NotifySource source, Failure failure);
    }

    /** RFC 5465 section 5: FlagChange and MailboxName need the two of messages, so those are never left out. */
    private static final List<String> EVENTS =
            List.of("MessageNew", "MessageExpunge", "FlagChange", "MailboxName", "SubscriptionChange");

    private static final List<String> NEEDED = EVENTS.subList(0, 4);

    /** After an overflow the upstream is polled for so long. */
    private static final Duration AFTER_OVERFLOW = Duration.ofMinutes(5);

    private final Duration keepAlive;
    private final Owner owner;
    private final WatchEvents events;
    private final Link link;
    private final Map<MailboxName, Silence> silences = new HashMap<>();
    private @Nullable UpstreamConnection connection;
    private boolean inForce;
    private boolean subscriptions;
    private final Trust trust = new Trust();
    private long since;
    private long spokenAt;

    NotifySource(Duration keepAlive, Link.Account account, BackOff backOff, Owner owner) {
        this.keepAlive = keepAlive;
        this.owner = owner;
        this.events = account.events();
        this.link = new Link(ConnectionKind.NOTIFY, account, backOff, this);
    }

    Link link() {
        return link;
    }

    /** Connects as far as back-off allows, and keeps the connection from being closed for idleness. */
    void wake() {
        link.wake();
        if (inForce && connection != null && link.now() - spokenAt >= keepAlive.toNanos()) {
            ask("NOOP", tagged -> {}, connection);
        }
    }

    /** Wants to be told no more. */
    void release() {
        link.rest();
        forget();
    }

    /** Leaves the connections to others for a while. */
    void postpone(Duration wait) {
        release();
        link.postpone(wait);
    }

    private void forget() {
        connection = null;
        inForce = false;
        silences.clear();
    }

    /** Has not failed lately at what it advertises. */
    boolean isBelieved() {
        return trust.has(link.now());
    }

    /** The upstream has promised to tell of all personal mailboxes. */
    boolean isInForce() {
        return inForce;
    }

    /** It has promised to tell of subscriptions, too. */
    boolean tellsSubscriptions() {
        return inForce && subscriptions;
    }

    @Override
    public void onUp(UpstreamConnection ready) {
        connection = ready;
        set(EVENTS, ready);
    }

    private void set(List<String> names, UpstreamConnection ready) {
        String command = "NOTIFY SET (personal (" + String.join(" ", names) + "))";
        ask(command, tagged -> onSet(tagged, names, ready), ready);
    }

    private void onSet(Response tagged, List<String> names, UpstreamConnection ready) {
        List<String> fewer = narrowed(tagged, names);
        if (tagged.name() == ResponseName.OK) {
            inForce = true;
            since = link.now();
            subscriptions = names.contains(EVENTS.get(4));
            link.proved();
            owner.onSourceChanged();
        } else if (fewer.size() < names.size() && fewer.containsAll(NEEDED)) {
            set(fewer, ready);
        } else if (Failure.of(tagged).kind() == Failure.Kind.LIMIT) {
            link.fail(Failure.of(tagged));
        } else {
            disbelieve();
        }
    }

    /** RFC 5465 section 5: NO [BADEVENT (MessageNew ...)] names what the upstream supports. */
    private static List<String> narrowed(Response tagged, List<String> names) {
        String supported = tagged.code("BADEVENT").orElse("").toLowerCase(Locale.ROOT);
        List<String> words = List.of(supported.replaceAll("[()]", " ").strip().split(" +"));
        return names.stream()
                .filter(name -> words.contains(name.toLowerCase(Locale.ROOT)))
                .toList();
    }

    private void ask(String command, Exchange answer, UpstreamConnection ready) {
        spokenAt = link.now();
        ready.submit(new CommandWriter(ready.capabilities()).raw(command).toCommand(), answer);
        ready.flush();
    }

    @Override
    public void onUnsolicited(Response response) {
        if (response.name() == ResponseName.STATUS) {
            onStatus(response);
        } else if (response.name() == ResponseName.LIST) {
            owner.onNamesHeard();
        } else if (response.code("NOTIFICATIONOVERFLOW").isPresent()) {
            events.throttled(ConnectionKind.NOTIFY);
            postpone(AFTER_OVERFLOW);
            owner.onSourceChanged();
        }
    }

    private void onStatus(Response response) {
        try {
            MailboxName name = response.arguments().mailboxThenList();
            silence(name).heard(link.now());
            owner.onHeard(name);
        } catch (ProtocolException unreadable) {
            owner.onNamesHeard();
        }
    }

    private Silence silence(MailboxName name) {
        return silences.computeIfAbsent(name, unheard -> {
            Silence silence = new Silence();
            silence.listen(since);
            return silence;
        });
    }

    /** STATUS shows a change since it was asked at that time. */
    void onStatusChanged(MailboxName name, long lastAskedAt) {
        if (inForce) {
            silence(name).changed(lastAskedAt, link.now());
        }
    }

    /** Gives up NOTIFY when it kept silent too often. */
    void judge() {
        List<Silence> all = new ArrayList<>(silences.values());
        if (all.stream().anyMatch(silence -> silence.judge(link.now()))) {
            disbelieve();
        }
    }

    private void disbelieve() {
        trust.lose(link.now());
        events.disbelieved("notify");
        release();
        owner.onSourceChanged();
    }

    @Override
    public void onDown(Failure failure) {
        forget();
        owner.onSourceDown(this, failure);
    }

    long dueAt() {
        long due = inForce ? spokenAt + keepAlive.toNanos() : link.dueAt();
        for (Silence silence : silences.values()) {
            due = Math.min(due, silence.dueAt());
        }
        return due;
    }
}
