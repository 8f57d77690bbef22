package org.imapnotify.app.demo;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** GreenMail with one user: an IMAP server that knows IDLE but not NOTIFY. The only class here that knows GreenMail. */
final class LegacyServer implements AutoCloseable {
    static final String USER = "demo";
    static final String PASSWORD = "secret";

    private static final long STARTUP_MILLISECONDS = 10_000;

    private final GreenMail greenMail;

    LegacyServer() {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        ServerSetup setup = new ServerSetup(0, loopback.getHostAddress(), ServerSetup.PROTOCOL_IMAP);
        setup.setServerStartupTimeout(STARTUP_MILLISECONDS);
        greenMail = new GreenMail(setup);
        greenMail.setUser(USER + "@example.org", USER, PASSWORD);
        greenMail.start();
    }

    InetSocketAddress address() {
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), greenMail.getImap().getPort());
    }

    @Override
    public void close() {
        greenMail.stop();
    }
}
