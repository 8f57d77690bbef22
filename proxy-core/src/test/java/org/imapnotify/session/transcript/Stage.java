package org.imapnotify.session.transcript;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.imapnotify.session.CloseCause;
import org.imapnotify.session.Session;
import org.imapnotify.session.SessionTimer;
import org.imapnotify.session.Verdict;
import org.imapnotify.watch.MailboxChange;
import org.imapnotify.watch.MailboxRow;
import org.imapnotify.watch.MetadataChange;
import org.imapnotify.watch.Subscriber;
import org.imapnotify.wire.Fragmenter;
import org.imapnotify.wire.MailboxName;
import org.imapnotify.wire.ProtocolException;

/**
 * A session on a stage: what the netty package does with channels and event loops is done here with strings and a simulated
 * clock, event for event in the same order.
 */
final class Stage implements Subscriber {
    private final Streams streams = new Streams();
    private final SimulatedTime time = new SimulatedTime();
    private final Deque<Runnable> hops = new ArrayDeque<>();
    private final Deque<byte[]> clientSocket = new ArrayDeque<>();
    private final Deque<byte[]> upstreamSocket = new ArrayDeque<>();
    private final Effects effects;
    private final Session session;
    private final Flow fromClient;
    private final Flow fromUpstream;
    private final Watching watching;
    private final Duration loginDelay;
    private boolean connected;

    Stage(Transcript transcript) {
        this.loginDelay = Settings.duration(transcript.header("login-delay", "0s"));
        this.watching = Settings.watchesReally(transcript)
                ? new RealWatching(this, Settings.watch(transcript))
                : new TableWatching(this);
        this.effects = new Effects(this);
        this.session = new Session(Settings.session(transcript), effects, "p");
        this.fromClient = new Flow(
                session.clientFragmenter(),
                this::onClientFragment,
                session::onClientConsumed,
                octets -> write(Effects.TO_UPSTREAM, octets));
        this.fromUpstream = new Flow(
                session.upstreamFragmenter(),
                session::onUpstreamFragment,
                () -> {},
                octets -> write(Effects.TO_CLIENT, octets));
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

    /** What every login of this transcript has to wait for. */
    Duration loginDelay() {
        return loginDelay;
    }

    Watching watching() {
        return watching;
    }

    Optional<CloseCause> ended() {
        return effects.ended();
    }

    /** What is still owed by the script: a handshake that was asked for and did not happen. */
    boolean awaitsTls() {
        return !effects.isOver() && (effects.securesClient() || effects.securesUpstream());
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
        if (!effects.isOver()) {
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
        effects.clientReads(reads);
        event(reads ? session::onClientWritable : () -> {});
    }

    void tlsWithClient() {
        if (!effects.securesClient()) {
            throw new IllegalStateException("nobody has asked for TLS with the client");
        }
        effects.secured();
        event(session::onClientSecured);
    }

    void tlsWithUpstream() {
        if (!effects.securesUpstream()) {
            throw new IllegalStateException("nobody has asked for TLS with the upstream");
        }
        effects.secured();
        event(session::onUpstreamSecured);
    }

    void onTimer(SessionTimer timer) {
        run(() -> session.onTimer(timer));
    }

    /** The session is over: nothing is moved any more. */
    void onEnd() {
        fromClient.stop();
        fromUpstream.stop();
        session.onEnded();
    }

    void hinted(String mailbox) {
        event(() -> {
            if (mailbox.isEmpty()) {
                session.onNamesHint();
            } else {
                session.onHint(MailboxName.of(mailbox));
            }
        });
    }

    void possible() {
        event(session::onWatchPossible);
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
        if (effects.isOver()) {
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
            } while (effects.resumes() && moved && !effects.isOver());
        } catch (ProtocolException broken) {
            session.onClientProtocolError(String.valueOf(broken.getMessage()));
        }
    }

    private boolean resume() {
        return !effects.takeResume() || fromClient.run();
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
        if (effects.isOver()) {
            return false;
        }
        if (!upstreamSocket.isEmpty() && effects.clientWritable()) {
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
        if (effects.securesUpstream()) {
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
        if (effects.securesClient()) {
            effects.end(CloseCause.TLS_FAILURE, "");
            return;
        }
        try {
            fromClient.read(octets);
        } catch (ProtocolException broken) {
            session.onClientProtocolError(String.valueOf(broken.getMessage()));
        }
        finish();
    }

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
    public void unchanged(MailboxName mailbox) {
        hop(() -> run(() -> session.onUnchanged(mailbox)));
    }

    @Override
    public void metadataChanged(MetadataChange change) {
        hop(() -> run(() -> session.onMetadataChanged(change)));
    }

    @Override
    public void crowded() {
        hop(() -> run(session::onWatchCrowded));
    }

    @Override
    public void lost(String why) {
        hop(() -> run(() -> session.onWatchLost(why)));
    }
}
