package org.imapnotify.upstream;

import java.time.Duration;
import org.imapnotify.wire.Response;
import org.imapnotify.wire.ResponseName;

/**
 * IDLE (RFC 2177): {@link Asked} -> {@link Idling} -> {@link Leaving} -> {@link Ready}. DONE is never sent before the "+":
 * Cyrus would not see it. An upstream may end IDLE by itself.
 */
sealed interface Idle extends Phase {
    String tag();

    IdleListener listener();

    /** We want it to end. */
    Phase done(Talk talk);

    @Override
    default Phase onUntagged(Response response, Talk talk) {
        if (response.name() == ResponseName.BYE) {
            throw new UpstreamFailed(Failure.of(response));
        }
        listener().onUntagged(response);
        return this;
    }

    @Override
    default Phase onTagged(Response response, Talk talk) {
        Phase.expect(tag(), response);
        talk.output().deadline(Duration.ZERO);
        boolean ended = response.name() == ResponseName.OK;
        if (!ended && Throttle.of(response).isPresent()) {
            throw new UpstreamFailed(Failure.of(response));
        }
        talk.afterwards(ended ? listener()::onEnded : () -> listener().onRefused(response.text()));
        return new Ready(new InFlight(talk));
    }

    /** IDLE is sent; the upstream owes a continuation request. */
    record Asked(String tag, Duration reissue, IdleListener listener) implements Idle {
        @Override
        public Phase onContinuation(Talk talk) {
            talk.output().deadline(reissue);
            talk.afterwards(listener::onIdling);
            return new Idling(tag, listener);
        }

        @Override
        public Phase done(Talk talk) {
            return new LeavingEarly(tag, listener);
        }
    }

    /** IDLE is sent and not wanted any more, but DONE has to wait for the continuation request. */
    record LeavingEarly(String tag, IdleListener listener) implements Idle {
        @Override
        public Phase onContinuation(Talk talk) {
            return new Idling(tag, listener).done(talk);
        }

        @Override
        public Phase done(Talk talk) {
            return this;
        }
    }

    /** The upstream reports changes as they happen. */
    record Idling(String tag, IdleListener listener) implements Idle {
        @Override
        public Phase onDeadline(Talk talk) {
            return done(talk);
        }

        @Override
        public Phase done(Talk talk) {
            talk.send("DONE\r\n");
            talk.awaitAnswer();
            return new Leaving(tag, listener);
        }
    }

    /** DONE is sent; the upstream owes the completion of IDLE. */
    record Leaving(String tag, IdleListener listener) implements Idle {
        @Override
        public Phase done(Talk talk) {
            return this;
        }
    }
}
