package org.imapnotify.watch;

import java.time.Duration;
import java.util.Optional;
import org.imapnotify.upstream.CommandWriter;
import org.imapnotify.upstream.Exchange;
import org.imapnotify.upstream.Failure;
import org.imapnotify.upstream.IdleListener;
import org.imapnotify.upstream.UpstreamConnection;
import org.imapnotify.watch.WatchEvents.ConnectionKind;
import org.imapnotify.wire.MailboxName;
import org.imapnotify.wire.Response;
import org.imapnotify.wire.ResponseName;
import org.jspecify.annotations.Nullable;

/**
 * A connection that can idle on one mailbox, which is assigned to it. It EXAMINEs, so that no message loses \Recent, never
 * asks STATUS, and says only that something happened: the poller finds out what.
 *
 * <p>Another mailbox is idled on over the same connection: DONE, EXAMINE, IDLE. The one that is left is looked at once when
 * DONE is answered, the other once when its IDLE has begun, so that nothing is lost in between.
 */
final class IdleSlot implements Link.User, IdleListener {
    /** The watcher of the account. */
    interface Owner {
        /** Something has happened in this mailbox, or may have while nobody listened. */
        void onHeard(MailboxName mailbox);

        /** The upstream does not do IDLE. */
        void onIdleRefused();

        /** The upstream does not let this mailbox be opened. */
        void onUnsuitable(MailboxName mailbox);

        void onSlotDown(IdleSlot slot, Failure failure);
    }

    /** An upstream that ends IDLE as soon as it has begun, so many times, does not really have it. */
    private static final int EARLY_ENDS = 3;

    private static final long EARLY = Duration.ofSeconds(1).toNanos();

    private final Duration reissue;
    private final Owner owner;
    private final Link link;
    private final Silence silence = new Silence();
    /** The one to idle on. */
    private @Nullable MailboxName mailbox;
    /** The one that this connection has open or is opening. */
    private @Nullable MailboxName examined;

    private @Nullable UpstreamConnection connection;
    private long idleSince;
    private int earlyEnds;

    IdleSlot(Duration reissue, Link.Account account, BackOff backOff, Owner owner) {
        this.reissue = reissue;
        this.owner = owner;
        this.link = new Link(ConnectionKind.IDLE, account, backOff, this);
    }

    Link link() {
        return link;
    }

    /** Idles on this mailbox from now on. */
    void assign(MailboxName name) {
        if (!name.equals(mailbox)) {
            mailbox = name;
            silence.stop();
            if (connection != null) {
                connection.done();
            }
        }
    }

    /** Connects, when there is a mailbox to idle on and no back-off forbids it. */
    void wake() {
        if (mailbox != null) {
            link.wake();
        }
    }

    /** Idles no more. */
    void release() {
        mailbox = null;
        rest();
    }

    Optional<MailboxName> mailbox() {
        return Optional.ofNullable(mailbox);
    }

    /** Leaves the upstream alone for a while. */
    void postpone(Duration wait) {
        rest();
        link.postpone(wait);
    }

    boolean isUp() {
        return link.isUp();
    }

    /** In IDLE on its mailbox. */
    boolean isListening() {
        return silence.isListening();
    }

    /** In IDLE on its mailbox, at an upstream that has been seen to push. */
    boolean isBelieved() {
        return silence.isBelieved();
    }

    private void rest() {
        link.rest();
        forget();
    }

    private void forget() {
        silence.stop();
        connection = null;
        examined = null;
    }

    /** When {@link #judge}, or {@link #wake} if that is allowed, has something to do. */
    long dueAt(boolean mayConnect) {
        if (mailbox == null) {
            return Long.MAX_VALUE;
        }
        return mayConnect ? Math.min(link.dueAt(), silence.dueAt()) : silence.dueAt();
    }

    /** STATUS shows a change of the mailbox that is assigned here. */
    void onStatusChanged(long lastAskedAt) {
        silence.changed(lastAskedAt, link.now());
    }

    /** True when IDLE has kept silent too often to be believed any more. */
    boolean judge() {
        return silence.judge(link.now());
    }

    @Override
    public void onUp(UpstreamConnection ready) {
        connection = ready;
        examine(ready);
    }

    private void examine(UpstreamConnection ready) {
        MailboxName name = mailbox;
        if (name == null) {
            throw new IllegalStateException("a slot without a mailbox is connected");
        }
        examined = name;
        ready.submit(
                new CommandWriter(ready.capabilities())
                        .raw("EXAMINE ")
                        .mailbox(name)
                        .toCommand(),
                new Exchange() {
                    @Override
                    public boolean onUntagged(Response response) {
                        return true;
                    }

                    @Override
                    public void onCompleted(Response tagged) {
                        onExamined(name, tagged, ready);
                    }
                });
        ready.flush();
    }

    /** What is assigned may have changed meanwhile, by a refusal above all. */
    private void onExamined(MailboxName name, Response tagged, UpstreamConnection ready) {
        if (tagged.name() != ResponseName.OK) {
            Failure failure = Failure.of(tagged);
            if (failure.kind() == Failure.Kind.LIMIT) {
                link.fail(failure);
                return;
            }
            owner.onUnsuitable(name);
        }
        if (connection == ready) {
            goOn(ready);
        }
    }

    private void goOn(UpstreamConnection ready) {
        if (mailbox != null && mailbox.equals(examined)) {
            idleSince = link.now();
            ready.idle(ready.quirks().idle(reissue), this);
        } else {
            examine(ready);
        }
    }

    /** What happened between the last STATUS and now is reported by nobody, so it is asked for once. */
    @Override
    public void onIdling() {
        link.proved();
        if (examined != null && examined.equals(mailbox) && silence.listen(link.now())) {
            owner.onHeard(examined);
        }
    }

    @Override
    public void onUntagged(Response response) {
        switch (response.name()) {
            case EXISTS, EXPUNGE, RECENT, FETCH, UIDFETCH, VANISHED, FLAGS -> {
                if (examined != null) {
                    silence.heard(link.now());
                    owner.onHeard(examined);
                }
            }
            default -> {}
        }
    }

    @Override
    public void onUnsolicited(Response response) {
        onUntagged(response);
    }

    @Override
    public void onEnded() {
        UpstreamConnection ready = connection;
        if (ready == null || examined == null) {
            return;
        }
        if (!examined.equals(mailbox)) {
            owner.onHeard(examined);
            goOn(ready);
            return;
        }
        earlyEnds = link.now() - idleSince < EARLY ? earlyEnds + 1 : 0;
        if (earlyEnds >= EARLY_ENDS) {
            owner.onIdleRefused();
        } else {
            goOn(ready);
        }
    }

    @Override
    public void onRefused(String why) {
        owner.onIdleRefused();
    }

    @Override
    public void onDown(Failure failure) {
        forget();
        owner.onSlotDown(this, failure);
    }
}
