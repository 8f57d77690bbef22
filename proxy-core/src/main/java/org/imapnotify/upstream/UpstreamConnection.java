package org.imapnotify.upstream;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.imapnotify.wire.Capabilities;
import org.imapnotify.wire.ProtocolException;
import org.imapnotify.wire.Response;
import org.jspecify.annotations.Nullable;

/**
 * One connection of our own to the upstream: logs in, then executes commands or idles. The events come from its channel,
 * one at a time; the states are {@link Phase}. After it has failed or was closed all events are ignored.
 */
public final class UpstreamConnection {
    private final ConnectionSettings settings;
    private final Supplier<Credentials> credentials;
    private final UpstreamListener listener;
    private final Pipelining pipelining;
    private @Nullable Talk talk;
    private Phase phase = new Handshake.AwaitingGreeting();
    private boolean over;

    /**
     * @param credentials asked for when the login is sent, so that the freshest are used
     */
    public UpstreamConnection(
            ConnectionSettings settings, Supplier<Credentials> credentials, UpstreamListener listener) {
        this(settings, credentials, new Pipelining(settings.profile().pipelining()), listener);
    }

    /**
     * @param credentials asked for when the login is sent, so that the freshest are used
     * @param pipelining what the account's other connections have seen
     */
    public UpstreamConnection(
            ConnectionSettings settings,
            Supplier<Credentials> credentials,
            Pipelining pipelining,
            UpstreamListener listener) {
        this.pipelining = pipelining;
        this.settings = settings;
        this.credentials = credentials;
        this.listener = listener;
    }

    /** The channel is connected; implicit TLS is done. */
    public void onConnected(UpstreamOutput output) {
        if (over) {
            output.close();
            return;
        }
        Recognition recognition = new Recognition(settings.profile().quirks());
        talk = new Talk(settings, credentials, listener, output, new Manner(recognition, pipelining), "w");
        output.deadline(settings.greeting());
    }

    /**
     * In place of {@link #onConnected}: the connection is somebody else's, who has logged in and {@linkplain #pass says} when
     * commands may be sent. He gives the responses that belong to them, and may leave the deadlines to himself.
     *
     * @param quirks as he has recognised the upstream
     * @param tagPrefix no tag of his begins with it
     */
    public void onLent(UpstreamOutput output, Capabilities capabilities, Quirks quirks, String tagPrefix) {
        Manner manner = new Manner(Recognition.of(quirks), pipelining);
        Talk lent = new Talk(settings, credentials, listener, output, manner, tagPrefix);
        lent.capabilities(capabilities.words());
        talk = lent;
        step(ready -> {
            ready.afterwards(listener::onReady);
            return new Ready(InFlight.onLent(ready));
        });
    }

    /** The upstream of a lent connection may be asked for other things from now on. */
    public void capabilities(Capabilities capabilities) {
        if (talk != null) {
            talk.capabilities(capabilities.words());
        }
    }

    /** Commands of a lent connection wait to be sent. */
    public boolean hasWaiting() {
        return !over && phase instanceof Ready ready && ready.inFlight().hasWaiting();
    }

    /**
     * Sends commands of a lent connection now, so many at most; the needless ones are not sent and count as done. Gives how
     * many were sent: so many tagged responses will come.
     */
    public int pass(int most, Predicate<OwnCommand> needless) {
        if (over) {
            return 0;
        }
        InFlight inFlight = ready().inFlight();
        inFlight.skip(needless);
        int sent = inFlight.send(most);
        step(same -> phase);
        return sent;
    }

    /** A whole response. The protocol errors of the assembler that makes them are given to {@link #onClosed}. */
    public void onResponse(Response response) {
        step(talk -> {
            return switch (response.kind()) {
                case UNTAGGED -> phase.onUntagged(response, talk);
                case TAGGED -> phase.onTagged(response, talk);
                case CONTINUATION -> phase.onContinuation(talk);
            };
        });
    }

    /** TLS is in place after {@link UpstreamOutput#startTls()}. */
    public void onSecured() {
        step(talk -> phase.onSecured(talk));
    }

    /** The time of {@link UpstreamOutput#deadline} is over. */
    public void onDeadline() {
        step(talk -> phase.onDeadline(talk));
    }

    /** The channel is closed, could not be opened, could not be secured or is to be closed by a protocol error. */
    public void onClosed(String why) {
        if (!over) {
            fail(Failure.unreachable(why));
        }
    }

    /** What the upstream can after the login. */
    public Capabilities capabilities() {
        return talk == null ? Capabilities.none() : talk.capabilities();
    }

    /** What is done otherwise with this upstream, as far as it has been recognised. */
    public Quirks quirks() {
        return talk == null ? Quirks.NONE : talk.manner().quirks();
    }

    /** One command is sent at a time, however many are submitted. */
    public boolean isOneByOne() {
        return talk != null && talk.manner().window() == 1;
    }

    /** Adds a command to those that {@link #flush} sends. Only when {@link UpstreamListener#onReady ready} and not in IDLE. */
    public void submit(OwnCommand command, Exchange exchange) {
        if (!over) {
            ready().inFlight().add(command, exchange);
        }
    }

    /** Sends the submitted commands in one write. */
    public void flush() {
        if (!over) {
            ready().inFlight().flush();
        }
    }

    /** Begins IDLE; only when no command is in flight. It ends after this time, on {@link #done}, or as the upstream likes. */
    public void idle(Duration reissue, IdleListener idleListener) {
        step(talk -> ready().idle(reissue, idleListener, talk));
    }

    /** Ends IDLE as soon as that is possible; {@link IdleListener#onEnded} tells when. Nothing when not in IDLE. */
    public void done() {
        step(talk -> phase instanceof Idle idle ? idle.done(talk) : phase);
    }

    /** Closes the connection; nothing is called any more. */
    public void close() {
        over = true;
        if (talk != null) {
            talk.output().deadline(Duration.ZERO);
            talk.output().close();
        }
    }

    private Ready ready() {
        if (phase instanceof Ready ready) {
            return ready;
        }
        throw new IllegalStateException("a command while " + phase.name());
    }

    private void step(Function<Talk, Phase> event) {
        if (over || talk == null) {
            return;
        }
        try {
            Phase next = event.apply(talk);
            if (!over) {
                phase = next;
                talk.runAfterwards();
            }
        } catch (UpstreamFailed e) {
            fail(e.failure());
        } catch (ProtocolException e) {
            fail(Failure.unreachable(String.valueOf(e.getMessage())));
        }
    }

    private void fail(Failure failure) {
        if (failure.kind() != Failure.Kind.LIMIT && phase instanceof Ready ready) {
            ready.inFlight().failed();
        }
        close();
        listener.onFailed(failure);
    }
}
