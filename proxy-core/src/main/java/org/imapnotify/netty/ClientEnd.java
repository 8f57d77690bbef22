package org.imapnotify.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import org.imapnotify.session.CloseCause;
import org.imapnotify.session.Session;
import org.imapnotify.session.Verdict;
import org.imapnotify.wire.Fragmenter;
import org.imapnotify.wire.ProtocolException;

/** The client's side of a {@link SessionLink}. */
final class ClientEnd implements SideHandler.Side {
    private final SessionLink link;
    private final Session session;
    private final Channel channel;
    private final Pump pump;

    ClientEnd(SessionLink link, Session session, Channel channel) {
        this.link = link;
        this.session = session;
        this.channel = channel;
        this.pump = new Pump(session.clientFragmenter(), new Sink(), channel);
    }

    private final class Sink implements Pump.Sink {
        @Override
        public Verdict onFragment(ByteBuf in, Fragmenter fragment) {
            SessionTrace trace = link.trace();
            if (trace == null) {
                return session.onClientFragment(in, fragment);
            }
            trace.client(in, fragment);
            Verdict verdict = session.onClientFragment(in, fragment);
            trace.clientHeld(verdict == Verdict.HOLD);
            return verdict;
        }

        @Override
        public void onConsumed() {
            session.onClientConsumed();
        }
    }

    Channel channel() {
        return channel;
    }

    /** Moves what the client says to the upstream. */
    Pump pump() {
        return pump;
    }

    /** The client has logged in, or is nobody again. */
    void known(boolean known) {
        ClientMemory.known(channel, known);
    }

    void compress() {
        pump.divertRest(DeflateHandler.insert(channel));
        link.books().compressed("client");
    }

    @Override
    public void onRead(ByteBuf in) {
        link.books().bytesIn("client", in.readableBytes());
        try {
            pump.read(channel.alloc(), in);
            link.upstream().flushIfMuch();
            if (pump.isHeld() || !link.upstream().isWritable()) {
                channel.config()
                        .setAutoRead(false); // at once: what one event reads may be much more than is to be kept
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
        link.books().clientBrokeProtocol();
        session.onClientProtocolError(String.valueOf(broken.getMessage()));
    }

    @Override
    public void onReadComplete() {
        link.finish();
    }

    @Override
    public void onWritability() {
        link.event(channel.isWritable() ? session::onClientWritable : () -> {});
    }

    /** TLS with the client stands or has failed; with implicit TLS it stands before the client is heard at all. */
    @Override
    public void onHandshake(SslHandshakeCompletionEvent handshake) {
        link.books().tlsWithClient(handshake);
        if (handshake.isSuccess()) {
            link.event(session::onClientSecured);
        } else {
            link.end(CloseCause.TLS_FAILURE, LogText.tls(handshake.cause()));
        }
    }

    @Override
    public void onInactive() {
        if (!link.isEnded()) {
            session.onClientClosed();
        }
    }

    @Override
    public void onFault(Throwable cause) {
        link.onFault(cause);
    }
}
