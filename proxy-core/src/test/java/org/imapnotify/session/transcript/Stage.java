package org.imapnotify.session.transcript;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.imapnotify.notify.Registration;
import org.imapnotify.session.CloseCause;
import org.imapnotify.session.Session;
import org.imapnotify.session.SessionOutput;
import org.imapnotify.session.SessionTimer;
import org.imapnotify.session.Verdict;
import org.imapnotify.upstream.Credentials;
import org.imapnotify.watch.MailboxChange;
import org.imapnotify.watch.MailboxRow;
import org.imapnotify.watch.Subscriber;
import org.imapnotify.wire.CommandName;
import org.imapnotify.wire.Fragmenter;
import org.imapnotify.wire.MailboxName;
import org.imapnotify.wire.ProtocolException;

/**
 * A session on a stage: what the netty package does with channels and event loops is done here with strings and a simulated
 * clock, event for event in the same order.
 */
final class Stage implements SessionOutput, Subscriber {
    static final String TO_CLIENT = "S";
    static final String TO_UPSTREAM = "up C";
    static final String HINT = "hint";

    private final Streams streams = new Streams();
    private final SimulatedTime time = new SimulatedTime();
    private final Deque<Runnable> hops = new ArrayDeque<>();
    private final Deque<byte[]> clientSocket = new ArrayDeque<>();
    private final Deque<byte[]> upstreamSocket = new ArrayDeque<>();
    private final Session session;
    private final Flow fromClient;
    private final Flow fromUpstream;
    private final Watching watching;
    private boolean connected;
    private boolean clientWritable = true;
    private boolean securingClient;
    private boolean securingUpstream;
    private boolean resume;
    private CloseCause ended;

    Stage(Transcript transcript) {
        this.session = new Session(Settings.session(transcript), this, "p");
        this.fromClient = new Flow(
                session.clientFragmenter(),
                this::onClientFragment,
                session::onClientConsumed,
                octets -> write(TO_UPSTREAM, octets));
        this.fromUpstream = new Flow(
                session.upstreamFragmenter(),
                session::onUpstreamFragment,
                () -> {},
                octets -> write(TO_CLIENT, octets));
        this.watching = Settings.watchesReally(transcript)
                ? new RealWatching(this, Settings.watch(transcript))
                : new TableWatching(this);
    }

    private Verdict onClientFragment(ByteBuf buf, Fragmenter fragment) {
        return session.onClientFragment(buf, fragment);
    }

    private void write(String stream, ByteBuf octets) {
        streams.write(stream, ByteBufUtil.getBytes(octets));
    }

    Streams streams() {
        return streams;
    }

    SimulatedTime time() {
        return time;
    }

    Watching watching() {
        return watching;
    }

    Optional<CloseCause> ended() {
        return Optional.ofNullable(ended);
    }

    /** What is still owed by the script: a handshake that was asked for and did not happen. */
    boolean awaitsTls() {
        return ended == null && (securingClient || securingUpstream);
    }

    // What happens to the session.

    void connected() {
        connected = true;
        event(session::onUpstreamConnected);
    }

    void unreachable(String why) {
        event(() -> session.onUpstreamUnreachable(why));
    }

    void said(String stream, String octets) {
        byte[] bytes = octets.getBytes(StandardCharsets.ISO_8859_1);
        switch (stream) {
            case "C" -> clientSocket.add(bytes);
            case "up S" -> upstreamSocket.add(bytes);
            default -> watching.said(stream.substring(0, stream.indexOf(' ')), bytes);
        }
        settle();
    }

    void passes(Duration duration) {
        time.advance(duration, this::settle);
    }

    void clientCloses() {
        if (ended == null) {
            session.onClientClosed();
        }
        settle();
    }

    void upstreamCloses() {
        event(session::onUpstreamClosed);
    }

    void shutdown() {
        event(session::onShutdown);
    }

    void clientReads(boolean reads) {
        clientWritable = reads;
        event(reads ? session::onClientWritable : () -> {});
    }

    void tlsWithClient() {
        if (!securingClient) {
            throw new IllegalStateException("nobody has asked for TLS with the client");
        }
        securingClient = false;
        event(session::onClientSecured);
    }

    void tlsWithUpstream() {
        if (!securingUpstream) {
            throw new IllegalStateException("nobody has asked for TLS with the upstream");
        }
        securingUpstream = false;
        event(session::onUpstreamSecured);
    }

    /** Runs later, as what is executed on the event loop does. */
    void hop(Runnable task) {
        hops.add(task);
    }

    void event(Runnable event) {
        run(event);
        settle();
    }

    private void run(Runnable event) {
        if (ended != null) {
            return;
        }
        try {
            event.run();
        } catch (ProtocolException broken) {
            session.onUpstreamProtocolError(String.valueOf(broken.getMessage()));
        }
        finish();
    }

    private void finish() {
        try {
            boolean moved;
            do {
                moved = resume();
                session.onBatchEnd();
            } while (resume && moved && ended == null);
        } catch (ProtocolException broken) {
            session.onClientProtocolError(String.valueOf(broken.getMessage()));
        }
    }

    private boolean resume() {
        if (!resume || ended != null) {
            return true;
        }
        resume = false;
        return fromClient.run();
    }

    /** Reads what may be read and runs what has hopped, until nothing is left to do. */
    private void settle() {
        boolean more = true;
        while (more) {
            more = read() || hopped();
        }
    }

    private boolean hopped() {
        Runnable task = hops.poll();
        if (task != null) {
            task.run();
        }
        return task != null;
    }

    private boolean read() {
        if (ended != null) {
            return false;
        }
        if (!upstreamSocket.isEmpty() && clientWritable) {
            readUpstream(upstreamSocket.remove());
            return true;
        }
        if (!clientSocket.isEmpty() && connected && !fromClient.isHeld()) {
            readClient(clientSocket.remove());
            return true;
        }
        return false;
    }

    private void readUpstream(byte[] octets) {
        if (securingUpstream) {
            unreachableAfterFailedTls();
            return;
        }
        try {
            fromUpstream.read(octets);
        } catch (ProtocolException broken) {
            session.onUpstreamProtocolError(String.valueOf(broken.getMessage()));
        }
        finish();
    }

    private void unreachableAfterFailedTls() {
        run(() -> session.onUpstreamUnreachable("TLS with the mail server failed"));
    }

    private void readClient(byte[] octets) {
        if (securingClient) {
            end(CloseCause.TLS_FAILURE);
            return;
        }
        try {
            fromClient.read(octets);
        } catch (ProtocolException broken) {
            session.onClientProtocolError(String.valueOf(broken.getMessage()));
        }
        finish();
    }

    // What the session does to the world.

    @Override
    public void toClient(byte[] octets) {
        streams.write(TO_CLIENT, octets);
    }

    @Override
    public void toUpstream(byte[] octets) {
        streams.write(TO_UPSTREAM, octets);
    }

    @Override
    public void resumeClient() {
        resume = true;
    }

    @Override
    public boolean clientWritable() {
        return clientWritable;
    }

    @Override
    public void secureClient() {
        securingClient = true;
    }

    @Override
    public void secureUpstream() {
        securingUpstream = true;
    }

    @Override
    public void timer(SessionTimer timer, Duration after) {
        time.set(timer, time.now() + after.toNanos(), () -> run(() -> session.onTimer(timer)));
    }

    @Override
    public void cancel(SessionTimer timer) {
        time.cancel(timer);
    }

    @Override
    public void end(CloseCause cause) {
        if (ended != null) {
            return;
        }
        ended = cause;
        fromClient.stop();
        fromUpstream.stop();
        List.of(SessionTimer.values()).forEach(time::cancel);
        session.onEnded();
    }

    @Override
    public void authenticated(Credentials credentials) {
        watching.loggedIn(credentials);
    }

    @Override
    public void loginEnded(String mechanism, boolean accepted) {}

    @Override
    public void watch(Credentials credentials, Registration registration) {
        watching.register(credentials, registration);
    }

    @Override
    public void unwatch() {
        watching.leave();
    }

    @Override
    public void hint(MailboxName mailbox) {
        streams.write(HINT, Notation.line(mailbox.octets()).getBytes(StandardCharsets.ISO_8859_1));
        watching.hint(mailbox);
    }

    @Override
    public void command(CommandName name) {}

    @Override
    public void commandDone(CommandName name, String result) {}

    @Override
    public void notified(String event) {}

    @Override
    public void registered(boolean inForce) {}

    // What the watcher says, on its own loop.

    @Override
    public void armed(List<MailboxRow> rows) {
        hop(() -> run(() -> session.onArmed(rows)));
    }

    @Override
    public void changed(MailboxRow row, MailboxChange change) {
        hop(() -> run(() -> session.onMailboxChanged(row, change)));
    }

    @Override
    public void lost(String why) {
        hop(() -> run(() -> session.onWatchLost(why)));
    }
}
