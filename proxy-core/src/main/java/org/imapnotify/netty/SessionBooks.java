package org.imapnotify.netty;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.imapnotify.session.CloseCause;
import org.imapnotify.wire.CommandName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** What is told of one session to operators: its log lines, its numbers and its line on the status page. */
final class SessionBooks {
    private static final Logger LOGGER = LoggerFactory.getLogger(SessionLink.class);
    private static final Logger LOGINS = LoggerFactory.getLogger("imap-login");

    private final Telemetry telemetry;
    private final String listener;
    private final Channel channel;
    private final InetSocketAddress client;
    private final String id;
    private final Instant since = Instant.now();
    private final NewsClock news;
    private volatile String user = "";
    private volatile boolean notified;
    private final long opened = System.nanoTime();
    private long loginSince = opened;
    private String tls = "no";
    private long bytesOfClient;
    private long bytesOfUpstream;
    private long commands;
    private boolean everNotified;

    SessionBooks(Telemetry telemetry, String listener, Channel channel, Origin origin) {
        this.telemetry = telemetry;
        this.listener = listener;
        this.channel = channel;
        this.client = origin.client();
        this.id = origin.session();
        this.news = new NewsClock(telemetry);
    }

    String id() {
        return id;
    }

    void opened() {
        telemetry.connectionOpened(listener);
    }

    /** The one line of every session, whoever ended it. */
    void ended(CloseCause cause, String why) {
        telemetry.connectionClosed(listener, cause);
        LoggingEventBuilder line = (cause.isUpstreamFault() ? LOGGER.atWarn() : LOGGER.atInfo())
                .addKeyValue("session", id)
                .addKeyValue("client", LogText.of(client))
                .addKeyValue("user", user)
                .addKeyValue("listener", listener)
                .addKeyValue("tls", tls)
                .addKeyValue(
                        "seconds", Duration.ofNanos(System.nanoTime() - opened).toSeconds())
                .addKeyValue("commands", commands)
                .addKeyValue("client-bytes", bytesOfClient)
                .addKeyValue("upstream-bytes", bytesOfUpstream)
                .addKeyValue("notify", everNotified)
                .addKeyValue("cause", cause)
                .addKeyValue("side", cause.side().name().toLowerCase(Locale.ROOT));
        (why.isEmpty() ? line : line.addKeyValue("why", LogText.text(why))).log("session ended");
    }

    /** The proxy's own fault: the only thing about a session that is worth a stack. */
    void fault(Throwable fault) {
        LOGGER.atError().addKeyValue("session", id).setCause(fault).log("internal error, session ends");
    }

    void bytesIn(String side, int count) {
        telemetry.bytes(side, "in", count);
        if (side.equals("client")) {
            bytesOfClient += count;
        } else {
            bytesOfUpstream += count;
        }
    }

    /** COMPRESS is in force on this side from now on, to the end of the session. */
    void compressed(String side) {
        telemetry.compressed(side);
    }

    void clientBrokeProtocol() {
        telemetry.parserError("client");
    }

    void upstreamBrokeProtocol() {
        telemetry.parserError("upstream");
    }

    void tlsWithClient(SslHandshakeCompletionEvent handshake) {
        String version = ServerTls.version(channel);
        telemetry.tlsHandshake("client", version, handshake.isSuccess());
        tls = handshake.isSuccess() ? version : "failed";
    }

    void tlsWithUpstream(Channel upstream, SslHandshakeCompletionEvent handshake) {
        telemetry.tlsHandshake("upstream", ServerTls.version(upstream), handshake.isSuccess());
    }

    void loggedIn(String octets) {
        user = LogText.of(octets);
    }

    /**
     * A failed login is told in the words of Dovecot's login process, which fail2ban's filter for Dovecot knows. What the client says
     * cannot end its field, so nobody can forge an address into the line.
     *
     * @param who the name that was given; empty when the mechanism does not show it
     */
    void loginEnded(String mechanism, Optional<String> who, boolean accepted) {
        telemetry.authentication(mechanism, accepted);
        telemetry.authenticationTime(System.nanoTime() - loginSince);
        if (!accepted) {
            LOGINS.info(
                    "Disconnected (auth failed, 1 attempts): user=<{}>, method={}, rip={}{}, session=<{}>",
                    who.map(LogText::of).orElse(""),
                    LogText.of(mechanism),
                    LogText.host(client),
                    who.isPresent() ? "" : ", user name not readable",
                    id);
        }
    }

    void command(CommandName name) {
        telemetry.command(name);
        commands++;
        if (name == CommandName.LOGIN || name == CommandName.AUTHENTICATE) {
            loginSince = System.nanoTime();
        }
    }

    void commandDone(CommandName name, String result) {
        telemetry.commandDone(name, result);
    }

    void registered(boolean inForce) {
        notified = inForce;
        everNotified |= inForce;
        telemetry.notifySession(inForce);
    }

    /** The watcher saw a change then. */
    void newsSeen(long nanoTime) {
        news.seen(nanoTime);
    }

    void nothingOwed() {
        news.nothingOwed();
    }

    void notified(String event) {
        if (event.equals("overflow")) {
            telemetry.notifyOverflow();
            return;
        }
        telemetry.notifyEvent(event);
        if (event.equals("status") || event.equals("list")) { // what the watcher sees; the rest is the upstream's own
            news.told();
        }
    }

    /** May be asked for on any thread. */
    ProxyStatus.Session status() {
        return new ProxyStatus.Session(id, listener, LogText.of(client), user, since, notified);
    }
}
