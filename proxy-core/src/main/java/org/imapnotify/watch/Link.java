package org.imapnotify.watch;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.imapnotify.upstream.ConnectionSettings;
import org.imapnotify.upstream.Credentials;
import org.imapnotify.upstream.Failure;
import org.imapnotify.upstream.Pipelining;
import org.imapnotify.upstream.UpstreamConnection;
import org.imapnotify.upstream.UpstreamListener;
import org.imapnotify.watch.WatchEvents.ConnectionKind;
import org.imapnotify.wire.Response;

/** One watch connection that is kept up while it is wanted; its states are {@link LinkState}. */
final class Link implements UpstreamListener {
    /** Who uses the connection. */
    interface User {
        void onUp(UpstreamConnection connection);

        void onUnsolicited(Response response);

        /** The connection has failed, or could not be opened; by now the next attempt has been scheduled. */
        void onDown(Failure failure);
    }

    /** What all connections of an account have in common. */
    record Account(
            ConnectionSettings settings,
            Supplier<Credentials> credentials,
            WatchOutput output,
            LongSupplier nanoTime,
            WatchEvents events,
            Pacing pacing,
            Pipelining pipelining) {}

    private final ConnectionKind kind;
    private final Account account;
    private final BackOff backOff;
    private final User user;
    private LinkState state = new LinkState.Resting();

    Link(ConnectionKind kind, Account account, BackOff backOff, User user) {
        this.kind = kind;
        this.account = account;
        this.backOff = backOff;
        this.user = user;
    }

    /** Connects when that is not being done already and no back-off forbids it. */
    void wake() {
        state = state.wake(this);
    }

    /** Closes the connection; what has been learnt about when to try again is kept. */
    void rest() {
        if (isUp()) {
            account.events().connectionDown(kind);
        }
        state.close();
        if (!(state instanceof LinkState.BackingOff)) {
            state = new LinkState.Resting();
        }
    }

    /** Closes the connection because it does not do what it should; the owner hears of it as of any failure. */
    void fail(Failure failure) {
        state.close();
        onFailed(failure);
    }

    /** The connection did what it is for. */
    void proved() {
        backOff.reset();
    }

    /** Another attempt is allowed at once: the reason for waiting is gone. */
    void forgive() {
        backOff.reset();
        if (state instanceof LinkState.BackingOff) {
            state = new LinkState.Resting();
        }
    }

    /** No attempt is made before this much time is over. */
    void postpone(Duration wait) {
        rest();
        state = new LinkState.BackingOff(now() + wait.toNanos());
    }

    boolean isUp() {
        return state instanceof LinkState.Up;
    }

    /** The next attempt has to wait. */
    boolean isBackingOff() {
        return state.dueAt() - now() > 0 && state instanceof LinkState.BackingOff;
    }

    long dueAt() {
        return state.dueAt();
    }

    long now() {
        return account.nanoTime().getAsLong();
    }

    /** Connects as soon as there is a place. */
    LinkState seek() {
        return new LinkState.Waiting(account.output().share().place(kind == ConnectionKind.POLL)).wake(this);
    }

    /** Connects as soon as the upstream takes one more. */
    LinkState space(Place place) {
        if (kind != ConnectionKind.POLL) {
            long at = account.output().share().listen(now());
            return at - now() > 0
                    ? new LinkState.Yielding(place, at + backOff.spread())
                    : new LinkState.Connecting(place, open());
        }
        return new LinkState.Spaced(place, account.output().share().connect(now())).wake(this);
    }

    /** There is no place for this connection. */
    boolean isWaiting() {
        return state instanceof LinkState.Waiting;
    }

    /** Another account needs the place more. */
    boolean isWanted() {
        return state.place().isWanted();
    }

    UpstreamConnection open() {
        UpstreamConnection connection =
                new UpstreamConnection(account.settings(), account.credentials(), account.pipelining(), this);
        account.output().connect(connection);
        return connection;
    }

    @Override
    public void onReady() {
        state = state.onReady();
        account.events().connectionUp(kind);
        if (state instanceof LinkState.Up up) {
            user.onUp(up.connection());
        }
    }

    @Override
    public void onUnsolicited(Response response) {
        user.onUnsolicited(response);
    }

    @Override
    public void onThrottled(Duration rest) {
        account.events().throttled(kind);
        account.pacing().slowDown(rest, now());
    }

    @Override
    public void onFailed(Failure failure) {
        if (isUp()) {
            account.events().connectionDown(kind);
        }
        account.events().restarted(kind, failure.why());
        if (failure.kind() == Failure.Kind.LIMIT) {
            account.events().throttled(kind);
        }
        state.place().giveBack();
        state = new LinkState.BackingOff(now() + backOff.next(failure.retryAfter()));
        user.onDown(failure);
    }
}
