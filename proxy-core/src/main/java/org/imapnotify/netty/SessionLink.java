package org.imapnotify.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.imapnotify.notify.Registration;
import org.imapnotify.session.CloseCause;
import org.imapnotify.session.Session;
import org.imapnotify.session.SessionOptions;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins a session to its two channels, its timers and its account's watcher. Both channels share one event loop; every event
 * ends in {@link #finish}, which writes what the event gave out and decides what may be read next.
 */
final class SessionLink implements SessionOutput, Subscriber {
    private static final Logger LOGGER = LoggerFactory.getLogger(SessionLink.class);
    private static final Logger LOGINS = LoggerFactory.getLogger("imap-login");

    private final Channel client;
    private final EventLoop loop;
    private final ProxyContext context;
    private final ListenerContext listener;
    private final String id;
    private final Session session;
    private final NewsClock news;
    private final Pump fromClient;
    private final Pump fromUpstream;
    private final Map<SessionTimer, ScheduledFuture<?>> timers = new EnumMap<>(SessionTimer.class);
    private @Nullable Channel upstream;
    private @Nullable AccountLink account;
    private Credentials.@Nullable Identity identity;
    private final Instant since = Instant.now();
    private volatile String user = "";
    private volatile boolean notified;
    private boolean resume;
    private boolean ended;
    private boolean finishing;

    SessionLink(Channel client, ProxyContext context, ListenerContext listener) {
        this.client = client;
        this.loop = client.eventLoop();
        this.context = context;
        this.listener = listener;
        this.id = context.newSessionId();
        SessionOptions options = listener.sessionOptions(client);
        this.session = new Session(options, this, context.newTagPrefix());
        this.news = new NewsClock(context.telemetry());
        this.fromClient = new Pump(session.clientFragmenter(), new ClientSink(), client);
        this.fromUpstream = new Pump(session.upstreamFragmenter(), session::onUpstreamFragment, client);
    }

    private final class ClientSink implements Pump.Sink {
        @Override
        public Verdict onFragment(ByteBuf in, Fragmenter fragment) {
            return session.onClientFragment(in, fragment);
        }

        @Override
        public void onConsumed() {
            session.onClientConsumed();
        }
    }

    // Events of the two channels.

    void onClientActive() {
        context.telemetry().connectionOpened(listener.name());
        context.connector().connect(loop, "session", new UpstreamHandler(this), this::onConnected);
    }

    private void onConnected(@Nullable Channel channel, String why) {
        if (channel == null) {
            event(() -> session.onUpstreamUnreachable(why));
        } else if (ended) {
            channel.close();
        } else {
            upstream = channel;
            fromClient.target(channel);
            event(session::onUpstreamConnected);
        }
    }

    void onClientRead(ByteBuf in) {
        context.telemetry().bytes("client", "in", in.readableBytes());
        try {
            fromClient.read(client.alloc(), in);
            flushIfMuch(upstream);
        } catch (ProtocolException broken) {
            context.telemetry().parserError("client");
            session.onClientProtocolError(String.valueOf(broken.getMessage()));
        }
    }

    void onUpstreamRead(ByteBuf in) {
        context.telemetry().bytes("upstream", "in", in.readableBytes());
        try {
            fromUpstream.read(client.alloc(), in);
            flushIfMuch(client);
        } catch (ProtocolException broken) {
            context.telemetry().parserError("upstream");
            LOGGER.atWarn()
                    .addKeyValue("session", id)
                    .addKeyValue("cause", CloseCause.UPSTREAM_PROTOCOL_ERROR)
                    .log("upstream broke the protocol: {}", broken.getMessage());
            session.onUpstreamProtocolError(String.valueOf(broken.getMessage()));
        }
    }

    void onReadComplete() {
        finish();
    }

    void onClientWritability() {
        event(client.isWritable() ? session::onClientWritable : () -> {});
    }

    void onUpstreamWritability() {
        finish();
    }

    /** TLS with the client stands or has failed; with implicit TLS it stands before the client is heard at all. */
    void onClientHandshake(SslHandshakeCompletionEvent handshake) {
        context.telemetry().tlsHandshake("client", ServerTls.version(client), handshake.isSuccess());
        if (handshake.isSuccess()) {
            event(session::onClientSecured);
        } else {
            LOGGER.atInfo()
                    .addKeyValue("session", id)
                    .log("TLS with the client failed: {}", LogText.of(handshake.cause()));
            end(CloseCause.TLS_FAILURE);
        }
    }

    /** TLS that began with STARTTLS stands or has failed; implicit TLS is the connector's business. */
    void onUpstreamHandshake(SslHandshakeCompletionEvent handshake) {
        if (upstream == null) {
            return;
        }
        context.telemetry().tlsHandshake("upstream", ServerTls.version(upstream), handshake.isSuccess());
        if (handshake.isSuccess()) {
            event(session::onUpstreamSecured);
        } else {
            LOGGER.atWarn()
                    .addKeyValue("session", id)
                    .log("TLS with the upstream failed: {}", LogText.of(handshake.cause()));
            event(() -> session.onUpstreamUnreachable("TLS with the mail server failed"));
        }
    }

    /** A reset is a close; anything else is unknown to the handlers and so the proxy's fault. */
    void onClientException(Throwable cause) {
        if (cause instanceof IOException || cause instanceof DecoderException) {
            onClientInactive();
        } else {
            onFault(cause);
        }
    }

    void onUpstreamException(Throwable cause) {
        if (cause instanceof IOException || cause instanceof DecoderException) {
            onUpstreamInactive();
        } else {
            onFault(cause);
        }
    }

    void onClientInactive() {
        if (!ended) {
            session.onClientClosed();
        }
    }

    void onUpstreamInactive() {
        if (!ended) {
            event(session::onUpstreamClosed);
        }
    }

    /** The proxy's own fault: nothing is known of the state of the streams any more. */
    void onFault(Throwable fault) {
        LOGGER.atError().addKeyValue("session", id).setCause(fault).log("internal error, session ends");
        end(CloseCause.INTERNAL_ERROR);
    }

    /** May be asked for on any thread. */
    ProxyStatus.Session status() {
        return new ProxyStatus.Session(id, listener.name(), LogText.of(client.remoteAddress()), user, since, notified);
    }

    void shutdown() {
        loop.execute(() -> event(session::onShutdown));
    }

    private void event(Runnable event) {
        if (ended) {
            return;
        }
        try {
            event.run();
        } catch (ProtocolException broken) {
            session.onUpstreamProtocolError(String.valueOf(broken.getMessage()));
        } catch (RuntimeException fault) {
            onFault(fault);
        }
        finish();
    }

    /** The end of every event: what was held may go on, what gathered is told, what was written goes out. */
    private void finish() {
        if (finishing) {
            return;
        }
        finishing = true;
        try {
            boolean moved;
            do {
                moved = resume();
                session.onBatchEnd();
            } while (resume && moved && !ended); // what is still held waits for another event
        } catch (ProtocolException broken) {
            session.onClientProtocolError(String.valueOf(broken.getMessage()));
        } catch (RuntimeException fault) {
            onFault(fault);
        } finally {
            finishing = false;
        }
        if (!session.owesNews()) {
            news.nothingOwed();
        }
        flush();
        steerReads();
    }

    private boolean resume() {
        if (!resume || ended) {
            return true;
        }
        resume = false;
        return fromClient.run(client.alloc());
    }

    /** One flush per batch, but what does not fit goes out first: it would only fill memory and fall out of the caches. */
    private static void flushIfMuch(@Nullable Channel target) {
        if (target != null && !target.isWritable()) {
            target.flush();
        }
    }

    private void flush() {
        client.flush();
        if (upstream != null) {
            upstream.flush();
        }
    }

    /** The one rule of back-pressure: a side that cannot be written to stops reads on the other. */
    private void steerReads() {
        if (ended) {
            return;
        }
        client.config().setAutoRead(upstream != null && upstream.isWritable() && !fromClient.isHeld());
        if (upstream != null) {
            upstream.config().setAutoRead(client.isWritable());
        }
    }

    // What the session does to the world.

    @Override
    public void toClient(byte[] octets) {
        fromUpstream.flushRange();
        client.write(Unpooled.wrappedBuffer(octets), client.voidPromise());
    }

    @Override
    public void toUpstream(byte[] octets) {
        fromClient.flushRange();
        if (upstream != null) {
            upstream.write(Unpooled.wrappedBuffer(octets), upstream.voidPromise());
        }
    }

    @Override
    public void resumeClient() {
        resume = true;
    }

    @Override
    public boolean clientWritable() {
        return client.isWritable();
    }

    @Override
    public void secureClient() {
        fromUpstream.flushRange();
        ServerTls.secure(client, listener);
    }

    @Override
    public void secureUpstream() {
        if (upstream != null) {
            context.connector().secure(upstream);
        }
    }

    @Override
    public void timer(SessionTimer timer, Duration after) {
        cancel(timer);
        timers.put(
                timer, loop.schedule(() -> event(() -> session.onTimer(timer)), after.toNanos(), TimeUnit.NANOSECONDS));
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void cancel(SessionTimer timer) {
        ScheduledFuture<?> running = timers.remove(timer);
        if (running != null) {
            running.cancel(false);
        }
    }

    @Override
    public void end(CloseCause cause) {
        if (ended) {
            return;
        }
        ended = true;
        fromClient.flushRange();
        fromUpstream.flushRange();
        fromClient.stop();
        fromUpstream.stop();
        List.of(SessionTimer.values()).forEach(this::cancel);
        session.onEnded();
        client.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        if (upstream != null) {
            upstream.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
        context.telemetry().connectionClosed(listener.name(), cause);
        LOGGER.atInfo()
                .addKeyValue("session", id)
                .addKeyValue("client", LogText.of(client.remoteAddress()))
                .addKeyValue("user", user)
                .addKeyValue("cause", cause)
                .log("session ended");
    }

    @Override
    public void authenticated(Credentials credentials) {
        user = LogText.of(credentials.user());
        identity = credentials.identity();
        context.accounts().loggedIn(credentials);
    }

    @Override
    public void loginEnded(String mechanism, boolean accepted) {
        context.telemetry().authentication(mechanism, accepted);
        if (!accepted) {
            authFailed(mechanism);
        }
    }

    /**
     * In the words of Dovecot's login process, which fail2ban's filter for Dovecot knows. The user's name is not known here and
     * what is said comes from the server's side alone, so nobody can forge an address into it.
     */
    private void authFailed(String mechanism) {
        LOGINS.info(
                "Disconnected (auth failed, 1 attempts): user=<>, method={}, rip={}, session=<{}>",
                LogText.of(mechanism),
                LogText.host(client.remoteAddress()),
                id);
    }

    @Override
    public void watch(Credentials credentials, Registration registration) {
        if (account == null) {
            account = context.accounts().join(credentials);
        }
        account.register(this, registration);
    }

    @Override
    public void unwatch() {
        if (account != null) {
            account.leave(this);
            context.accounts().leave(account);
            account = null;
        }
    }

    @Override
    public void hint(MailboxName mailbox) {
        if (identity != null) {
            context.accounts().hint(identity, mailbox);
        }
    }

    @Override
    public void hintNames() {
        if (identity != null) {
            context.accounts().hintNames(identity);
        }
    }

    @Override
    public void command(CommandName name) {
        context.telemetry().command(name);
    }

    @Override
    public void commandDone(CommandName name, String result) {
        context.telemetry().commandDone(name, result);
    }

    @Override
    public void notified(String event) {
        if (event.equals("overflow")) {
            context.telemetry().notifyOverflow();
        } else {
            context.telemetry().notifyEvent(event);
            if (event.equals("status")
                    || event.equals("list")) { // what the watcher sees; the rest is the upstream's own
                news.told();
            }
        }
    }

    @Override
    public void registered(boolean inForce) {
        notified = inForce;
        context.telemetry().notifySession(inForce);
    }

    // What the account's watcher says, on its own loop.

    @Override
    public void armed(List<MailboxRow> rows) {
        loop.execute(() -> event(() -> session.onArmed(rows)));
    }

    @Override
    public void changed(MailboxRow row, MailboxChange change) {
        long seenAt = System.nanoTime();
        loop.execute(() -> event(() -> {
            news.seen(seenAt);
            session.onMailboxChanged(row, change);
        }));
    }

    @Override
    public void lost(String why) {
        loop.execute(() -> event(() -> session.onWatchLost(why)));
    }
}
