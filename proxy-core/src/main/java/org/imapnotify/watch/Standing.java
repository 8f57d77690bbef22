package org.imapnotify.watch;

import java.time.Duration;
import java.util.Optional;
import org.imapnotify.notify.Registration;
import org.imapnotify.upstream.Failure;
import org.imapnotify.watch.WatchSettings.Patience;
import org.jspecify.annotations.Nullable;

/** How the account stands with its upstream: what was refused, what is in the way, and for how long nothing has worked. */
final class Standing {
    static final String REFUSED = Subscriber.LOGIN_REFUSED;

    static final String NO_METADATA = "the upstream does not show its annotations";

    static final String PAUSED = "the operator has paused watching";

    static final String FULL = "the upstream takes no more connections";

    /** After so long without one good round the sessions are told that nothing can be told. */
    private static final long HOPELESS = Duration.ofMinutes(2).toNanos();

    /** But when it has asked to be left alone for longer than this, that time and as much more is granted. */
    private static final long LONG_REST = Duration.ofMinutes(1).toNanos();

    private static final long LAST_HOPE = Duration.ofHours(1).toNanos();

    private final Patience patience;
    private @Nullable Long troubleSince;
    private long excusedUntil;
    private boolean loginRefused;
    private boolean full;
    private boolean dead;
    private boolean metadataRefused;
    private boolean paused;

    Standing(Patience patience) {
        this.patience = patience;
    }

    /** Why nothing can be told for this registration; empty when that has to be seen. */
    Optional<String> hindrance(Registration registration, Link poller) {
        if (dead || (loginRefused && !poller.isUp())) {
            return Optional.of(REFUSED);
        }
        if (paused && registration.wantsOthers()) {
            return Optional.of(PAUSED);
        }
        if (full && !poller.isUp() && poller.isBackingOff()) {
            return Optional.of(FULL);
        }
        return metadataRefused && Demand.wantsMetadata(registration) ? Optional.of(NO_METADATA) : Optional.empty();
    }

    /** True when it is plain by now that the account cannot be watched. */
    boolean isHopeless(boolean pollerIsProven, long now) {
        if (patience != Patience.ENDLESS && troubleSince == null && !pollerIsProven) {
            troubleSince = now;
            excusedUntil = now;
        }
        return troubleSince != null && now - hopelessAt() >= 0;
    }

    /** When {@link #isHopeless} will say so. */
    long hopelessAt() {
        return troubleSince == null
                ? Long.MAX_VALUE
                : Math.max(troubleSince + HOPELESS, Math.min(excusedUntil, troubleSince + LAST_HOPE));
    }

    /** All wait for a place; true when the sessions know another way until then. */
    boolean isCrowded(Link poller) {
        boolean crowded = patience == Patience.SHORT && poller.isWaiting();
        if (crowded) {
            wellAgain();
        }
        return crowded;
    }

    /** It works, or nobody asks for anything. */
    void wellAgain() {
        troubleSince = null;
    }

    /** A refused login counts for all connections, but those that are logged in may go on as long as they last. */
    void onDown(Failure failure) {
        loginRefused |= failure.kind() == Failure.Kind.REFUSED;
    }

    /**
     * The poller has failed; gives why all registrations are lost by that, if they are.
     *
     * @param noneElse before it finished a round, and no other connection is up
     */
    Optional<String> onPollerDown(Failure failure, boolean noneElse, long now) {
        long rest = failure.retryAfter().toNanos();
        if (rest > LONG_REST) {
            troubleSince = troubleSince == null ? Long.valueOf(now) : troubleSince;
            excusedUntil = now + rest + LONG_REST;
        }
        full = patience == Patience.SHORT && failure.kind() == Failure.Kind.LIMIT && noneElse;
        onDown(failure);
        if (loginRefused) {
            return Optional.of(REFUSED);
        }
        return full ? Optional.of(FULL) : Optional.empty();
    }

    boolean loginRefused() {
        return loginRefused;
    }

    /** There is another secret. */
    void forgive() {
        loginRefused = false;
    }

    void metadataRefused() {
        metadataRefused = true;
    }

    boolean paused() {
        return paused;
    }

    void pause(boolean on) {
        paused = on;
    }

    void die() {
        dead = true;
    }
}
