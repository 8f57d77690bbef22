package org.imapnotify.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.Optional;
import org.imapnotify.notify.Registration;
import org.imapnotify.session.CloseCause;
import org.imapnotify.session.SessionOutput;
import org.imapnotify.session.SessionTimer;
import org.imapnotify.upstream.Credentials;
import org.imapnotify.watch.UpstreamShare;
import org.imapnotify.wire.CommandName;
import org.imapnotify.wire.MailboxName;

/** What a session does to the world: to its channels, its timers, its account's watcher and its books. */
final class SessionEffects implements SessionOutput {
    private final SessionLink link;

    SessionEffects(SessionLink link) {
        this.link = link;
    }

    @Override
    public void toClient(byte[] octets) {
        SessionTrace trace = link.trace();
        if (trace != null) {
            trace.toClient(octets);
        }
        link.upstream().pump().flushRange();
        Channel client = link.client().channel();
        client.write(Unpooled.wrappedBuffer(octets), client.voidPromise());
    }

    @Override
    public void toUpstream(byte[] octets) {
        SessionTrace trace = link.trace();
        if (trace != null) {
            trace.toUpstream(octets);
        }
        link.client().pump().flushRange();
        link.upstream().write(octets);
    }

    @Override
    public void resumeClient() {
        link.resumeLater();
    }

    @Override
    public boolean clientWritable() {
        return link.client().channel().isWritable();
    }

    @Override
    public void secureClient() {
        link.upstream().pump().flushRange();
        link.secureClient();
    }

    @Override
    public void secureUpstream() {
        link.secureUpstream();
    }

    @Override
    public void compressClient() {
        link.upstream().pump().flushRange();
        link.client().compress();
    }

    @Override
    public void compressUpstream() {
        link.client().pump().flushRange();
        link.upstream().compress();
    }

    @Override
    public void timer(SessionTimer timer, Duration after) {
        link.timers().set(timer, after);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void cancel(SessionTimer timer) {
        link.timers().cancel(timer);
    }

    @Override
    public void end(CloseCause cause, String why) {
        link.end(cause, why);
    }

    @Override
    public void clientIsKnown(boolean known) {
        link.client().known(known);
    }

    @Override
    public void authenticated(Credentials credentials) {
        link.books().loggedIn(credentials.user());
        link.traceFromNow();
        link.watch().authenticated(credentials);
    }

    @Override
    public void unauthenticated() {
        link.books().loggedIn("");
        link.standing().nobody(link::crowdedOut);
        link.traceFromNow();
        link.watch().unauthenticated();
    }

    @Override
    public void loginEnded(String mechanism, Optional<Credentials> who, boolean accepted) {
        link.books().loginEnded(mechanism, who.map(Credentials::user), accepted);
        if (accepted) {
            link.standing().settled();
        } else {
            link.standing().failed(who);
        }
    }

    @Override
    public Duration loginDelay() {
        return link.standing().loginDelay();
    }

    @Override
    public void watch(Credentials credentials, Registration registration) {
        link.watch().watch(credentials, registration);
    }

    @Override
    public UpstreamShare share() {
        return link.limits();
    }

    @Override
    public void watchesInline(boolean on) {
        link.watch().watchesInline(on);
    }

    @Override
    public void unwatch() {
        link.watch().unwatch();
    }

    @Override
    public void hint(MailboxName mailbox) {
        link.watch().hint(mailbox);
    }

    @Override
    public void hintNames() {
        link.watch().hintNames();
    }

    @Override
    public void hintMetadata(MailboxName mailbox) {
        link.watch().hintMetadata(mailbox);
    }

    @Override
    public void command(CommandName name) {
        link.books().command(name);
    }

    @Override
    public void commandDone(CommandName name, String result) {
        link.books().commandDone(name, result);
    }

    @Override
    public void notified(String event) {
        link.books().notified(event);
    }

    @Override
    public void registered(boolean inForce) {
        link.books().registered(inForce);
    }
}
