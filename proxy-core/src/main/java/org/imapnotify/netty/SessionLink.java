package org.imapnotify.netty;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.Optional;
import org.imapnotify.session.CloseCause;
import org.imapnotify.session.Session;
import org.imapnotify.wire.ProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * Joins a session to its two channels, its timers and its account's watcher. Both channels share one event loop; every event
 * ends in {@link #finish}, which writes what the event gave out and decides what may be read next.
 */
final class SessionLink {
    private final EventLoop loop;
    private final UpstreamService service;
    private final ListenerContext listener;
    private final Origin origin;
    private final Session session;
    private final Traces traces;
    private final SessionBooks books;
    private final ClientStanding standing;
    private final SessionTimers timers;
    private final SessionWatch watch;
    private final ClientEnd client;
    private final UpstreamEnd upstream;
    private @Nullable SessionTrace trace;
    private boolean resume;
    private boolean ended;
    private boolean finishing;

    SessionLink(
            Channel channel, Origin origin, UpstreamService service, ProxyContext context, ListenerContext listener) {
        this.loop = channel.eventLoop();
        this.service = service;
        this.listener = listener;
        this.origin = origin;
        this.session = new Session(
                listener.sessionOptions(origin, service.options()), new SessionEffects(this), context.newTagPrefix());
        this.traces = context.traces();
        this.books = new SessionBooks(context.telemetry(), listener.name(), channel, origin);
        this.standing = new ClientStanding(context, listener.front().limits(), origin);
        this.timers = new SessionTimers(loop, timer -> event(() -> session.onTimer(timer)));
        this.watch = new SessionWatch(service.accounts(), session, books, origin, this::later);
        this.client = new ClientEnd(this, session, channel);
        this.upstream = new UpstreamEnd(this, session, channel);
    }

    /** The client's channel stands. */
    void start() {
        books.opened();
        standing.nobody(this::crowdedOut);
        service.limits().clientConnects(System.nanoTime());
        service.connector().connect(loop, "session", Optional.of(origin), new SideHandler(upstream), this::onConnected);
    }

    private void onConnected(@Nullable Channel channel, String why) {
        if (channel == null) {
            event(() -> session.onUpstreamUnreachable(why));
        } else if (ended) {
            channel.close();
        } else {
            upstream.connected(channel);
            client.pump().target(channel);
            event(session::onUpstreamConnected);
        }
    }

    UpstreamLimits limits() {
        return service.limits();
    }

    ClientEnd client() {
        return client;
    }

    UpstreamEnd upstream() {
        return upstream;
    }

    SessionBooks books() {
        return books;
    }

    ClientStanding standing() {
        return standing;
    }

    SessionTimers timers() {
        return timers;
    }

    SessionWatch watch() {
        return watch;
    }

    boolean isEnded() {
        return ended;
    }

    /** May be asked for on any thread. */
    ProxyStatus.Session status() {
        return books.status();
    }

    void shutdown() {
        later(session::onShutdown);
    }

    /** The operator sends the client away. */
    void kick() {
        later(session::onKicked);
    }

    /** Others need the place of a client that has not logged in. */
    void crowdedOut() {
        later(session::onCrowdedOut);
    }

    /** The trace that is to be written, if any: null but for the minutes in which an operator looks. */
    @Nullable
    SessionTrace trace() {
        if (trace != null && trace.isOver()) {
            trace = null;
        }
        return trace;
    }

    /** The user is known, or what is traced has changed. */
    void traceFromNow() {
        trace = traces.of(books.status().user(), books.id());
    }

    void traceLater() {
        Hop.to(loop, this::traceFromNow);
    }

    private void later(Runnable event) {
        Hop.to(loop, () -> event(event));
    }

    void event(Runnable event) {
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

    /** The proxy's own fault: nothing is known of the state of the streams any more. */
    void onFault(Throwable fault) {
        books.fault(fault);
        end(CloseCause.INTERNAL_ERROR, "");
    }

    /** The end of every event: what was held may go on, what gathered is told, what was written goes out. */
    void finish() {
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
            books.nothingOwed();
        }
        client.channel().flush();
        upstream.flush();
        steerReads();
    }

    /** The client's held fragment is offered again at the end of the present event. */
    void resumeLater() {
        resume = true;
    }

    private boolean resume() {
        if (!resume || ended) {
            return true;
        }
        resume = false;
        return client.pump().run(client.channel().alloc());
    }

    /** The one rule of back-pressure: a side that cannot be written to stops reads on the other. */
    private void steerReads() {
        if (!ended) {
            client.channel()
                    .config()
                    .setAutoRead(upstream.isWritable() && !client.pump().isHeld());
            upstream.autoRead(client.channel().isWritable());
        }
    }

    void secureClient() {
        ServerTls.secure(client.channel(), listener);
    }

    void secureUpstream() {
        Channel channel = upstream.channel();
        if (channel != null) {
            service.connector().secure(channel);
        }
    }

    /** Ends both connections once what was written has gone out. */
    void end(CloseCause cause, String why) {
        if (ended) {
            return;
        }
        ended = true;
        client.pump().flushRange();
        upstream.pump().flushRange();
        client.pump().stop();
        upstream.pump().stop();
        timers.cancelAll();
        standing.settled();
        session.onEnded();
        LastWords.closeBehind(client.channel());
        upstream.close();
        books.ended(cause, why);
    }
}
