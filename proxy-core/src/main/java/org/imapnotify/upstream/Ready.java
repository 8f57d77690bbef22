package org.imapnotify.upstream;

import java.time.Duration;
import org.imapnotify.wire.Response;
import org.imapnotify.wire.ResponseName;

/** Logged in: {@link InFlight} commands are executed, possibly none. To {@link Idle} when none is. */
record Ready(InFlight inFlight) implements Phase {
    @Override
    public Phase onUntagged(Response response, Talk talk) {
        if (response.name() == ResponseName.BYE) {
            throw new UpstreamFailed(Failure.of(response));
        }
        if (response.name() == ResponseName.CAPABILITY) {
            talk.capabilities(response.arguments().rest());
        }
        inFlight.onUntagged(response);
        return this;
    }

    @Override
    public Phase onTagged(Response response, Talk talk) {
        inFlight.onTagged(response);
        return this;
    }

    @Override
    public Phase onContinuation(Talk talk) {
        inFlight.onContinuation();
        return this;
    }

    @Override
    public Phase onDeadline(Talk talk) {
        inFlight.onDeadline();
        return this;
    }

    Phase idle(Duration reissue, IdleListener listener, Talk talk) {
        if (!inFlight.isEmpty()) {
            throw new IllegalStateException("IDLE while commands are in flight");
        }
        return new Idle.Asked(talk.ask("IDLE"), reissue, listener);
    }
}
