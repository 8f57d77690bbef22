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
 * A connection that can idle on one mailbox, which is assigned to it. It EXAMINEs, so that no message loses \Recent, and
 * says only that something happened: the poller finds out what.
 */
final class IdleSlot implements Link.User, IdleListener {
    /** The watcher of the account. */
    interface Owner {
        /** Something has happened in this mailbox, or may have while nobody listened. */
        void onHeard(MailboxName mailbox);

        /** The upstream does not do IDLE. */
        void onIdleRefused();

        void onSlotDown(IdleSlot slot, Failure failure);
    }

    /** An upstream that ends IDLE as soon as it has begun, so many times, does not really have it. */
    private static final int EARLY_ENDS = 3;

    private static final long EARLY = Duration.ofSeconds(1).toNanos();

    private final Duration reissue;
    private final Owner owner;
    private final Link link;
    private final Silence silence = new Silence();
    private @Nullable MailboxName mailbox;
    private @Nullable UpstreamConnection connection;
    private boolean givenUp;
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
            release();
            mailbox = name;
        }
        if (!givenUp) {
            link.wake();
        }
    }

    /** Idles no more. */
    void release() {
        mailbox = null;
        givenUp = false;
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

    private void giveUp() {
        givenUp = true;
        rest();
    }

    private void rest() {
        link.rest();
        silence.stop();
        connection = null;
    }

    /** When {@link #judge}, or {@link #assign} if that is allowed, has something to do. */
    long dueAt(boolean mayConnect) {
        if (mailbox == null || givenUp) {
            return Long.MAX_VALUE;
        }
        return mayConnect ? Math.min(link.dueAt(), silence.dueAt()) : silence.dueAt();
    }

    /** STATUS shows a change of the mailbox that is assigned here. */
    void onStatusChanged(long lastAskedAt) {
        silence.changed(lastAskedAt, link.now());
    }

    /** Gives up IDLE when it has kept silent too often; true then. */
    boolean judge() {
        boolean silent = !givenUp && silence.judge(link.now());
        if (silent) {
            giveUp();
        }
        return silent;
    }

    @Override
    public void onUp(UpstreamConnection ready) {
        MailboxName name = mailbox;
        if (name == null) {
            throw new IllegalStateException("a slot without a mailbox is connected");
        }
        connection = ready;
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
                        if (tagged.name() == ResponseName.OK) {
                            idle();
                        } else {
                            giveUp();
                        }
                    }
                });
        ready.flush();
    }

    private void idle() {
        if (connection != null) {
            idleSince = link.now();
            connection.idle(reissue, this);
        }
    }

    /** What happened between the last STATUS and now is reported by nobody, so it is asked for once. */
    @Override
    public void onIdling() {
        link.proved();
        if (silence.listen(link.now())) {
            mailbox().ifPresent(owner::onHeard);
        }
    }

    @Override
    public void onUntagged(Response response) {
        switch (response.name()) {
            case EXISTS, EXPUNGE, RECENT, FETCH, UIDFETCH, VANISHED, FLAGS -> {
                silence.heard(link.now());
                mailbox().ifPresent(owner::onHeard);
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
        earlyEnds = link.now() - idleSince < EARLY ? earlyEnds + 1 : 0;
        if (earlyEnds >= EARLY_ENDS) {
            giveUp();
        } else {
            idle();
        }
    }

    @Override
    public void onRefused(String why) {
        owner.onIdleRefused();
    }

    @Override
    public void onDown(Failure failure) {
        silence.stop();
        connection = null;
        owner.onSlotDown(this, failure);
    }
}
