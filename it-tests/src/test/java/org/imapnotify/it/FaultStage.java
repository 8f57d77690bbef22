package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A proxy before a scripted upstream, and what each test has to look at: how its session ended, and what the upstream heard. */
final class FaultStage implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    static final String UNAVAILABLE = "* BYE [UNAVAILABLE] ";
    static final String BROKEN = UNAVAILABLE + "the mail server broke the protocol: ";
    static final String UNREACHABLE = UNAVAILABLE + "the mail server cannot be reached: ";
    static final String CLOSED = UNAVAILABLE + "the mail server closed the connection";

    /** What TLS says to somebody who does not speak it. */
    static final String ALERT = "\u0015\u0003\u0001\0\u0002\u0002F";

    @SuppressWarnings("NullAway.Init") // beforeAll
    private ScriptedUpstream upstream;

    @SuppressWarnings("NullAway.Init")
    private ProxyProcess proxy;

    @SuppressWarnings("NullAway.Init")
    private SessionEnds ends;

    private int connections;

    @Override
    public void beforeAll(ExtensionContext context) {
        upstream = new ScriptedUpstream();
        proxy = before("imap://127.0.0.1:" + upstream.port());
        ends = new SessionEnds(proxy);
    }

    static ProxyProcess before(String url) {
        return ProxyProcess.beforeUrl(url, "--upstream-greeting-timeout", "1s");
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        mark();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        proxy.close();
        upstream.close();
    }

    /** What is looked at begins here. */
    void mark() {
        ends.mark();
        connections = upstream.connections();
    }

    ScriptedUpstream upstream() {
        return upstream;
    }

    ProxyProcess proxy() {
        return proxy;
    }

    /** One session has ended so; it had one connection to the upstream. Gives the line of the log. */
    String assertEnded(String cause) {
        String line = ends.one(cause, "upstream");
        assertThat(upstream.connections()).isEqualTo(connections + 1);
        return line;
    }
}
