package org.imapnotify.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import org.imapnotify.session.Session;
import org.imapnotify.session.Verdict;
import org.imapnotify.wire.Fragmenter;
import org.imapnotify.wire.ProtocolException;
import org.jspecify.annotations.Nullable;

/** The upstream's side of a {@link SessionLink}; its channel is there once the connection stands. */
final class UpstreamEnd implements SideHandler.Side {
    private final SessionLink link;
    private final Session session;
    private final Channel client;
    private final Pump pump;
    private @Nullable Channel channel;

    UpstreamEnd(SessionLink link, Session session, Channel client) {
        this.link = link;
        this.session = session;
        this.client = client;
        this.pump = new Pump(session.upstreamFragmenter(), this::onFragment, client);
    }

    private Verdict onFragment(ByteBuf in, Fragmenter fragment) {
        SessionTrace trace = link.trace();
        if (trace == null) {
            return session.onUpstreamFragment(in, fragment);
        }
        trace.upstream(in, fragment);
        Verdict verdict = session.onUpstreamFragment(in, fragment);
        trace.upstreamHeld(verdict == Verdict.HOLD);
        return verdict;
    }

    void connected(Channel open) {
        channel = open;
    }

    @Nullable
    Channel channel() {
        return channel;
    }

    /** Moves what the upstream says to the client. */
    Pump pump() {
        return pump;
    }

    boolean isWritable() {
        return channel != null && channel.isWritable();
    }

    void write(byte[] octets) {
        if (channel != null) {
            channel.write(Unpooled.wrappedBuffer(octets), channel.voidPromise());
        }
    }

    void flush() {
        if (channel != null) {
            channel.flush();
        }
    }

    /** One flush per batch, but what does not fit goes out first: it would only fill memory and fall out of the caches. */
    void flushIfMuch() {
        if (channel != null && !channel.isWritable()) {
            channel.flush();
        }
    }

    void autoRead(boolean on) {
        if (channel != null) {
            channel.config().setAutoRead(on);
        }
    }

    void close() {
        if (channel != null) {
            LastWords.closeBehind(channel);
        }
    }

    void compress() {
        if (channel != null) {
            pump.divertRest(DeflateHandler.insert(channel));
            link.books().compressed("upstream");
        }
    }

    @Override
    public void onRead(ByteBuf in) {
        link.books().bytesIn("upstream", in.readableBytes());
        try {
            pump.read(client.alloc(), in);
            if (!client.isWritable()) {
                client.flush();
                autoRead(client.isWritable()); // at once: what one event reads may be much more than fits
            }
        } catch (ProtocolException broken) {
            onBroken(broken);
        }
    }

    @Override
    public void onBroken(ProtocolException broken) {
        if (link.isEnded()) {
            return;
        }
        link.books().upstreamBrokeProtocol();
        session.onUpstreamProtocolError(String.valueOf(broken.getMessage()));
    }

    @Override
    public void onReadComplete() {
        link.finish();
    }

    @Override
    public void onWritability() {
        link.finish();
    }

    /** TLS that began with STARTTLS stands or has failed; implicit TLS is the connector's business. */
    @Override
    public void onHandshake(SslHandshakeCompletionEvent handshake) {
        if (channel == null) {
            return;
        }
        link.books().tlsWithUpstream(channel, handshake);
        if (handshake.isSuccess()) {
            link.event(session::onUpstreamSecured);
        } else {
            link.event(() -> session.onUpstreamUnreachable(
                    "TLS with the mail server failed: " + LogText.tls(handshake.cause())));
        }
    }

    @Override
    public void onInactive() {
        if (!link.isEnded()) {
            link.event(session::onUpstreamClosed);
        }
    }

    @Override
    public void onFault(Throwable cause) {
        link.onFault(cause);
    }
}
