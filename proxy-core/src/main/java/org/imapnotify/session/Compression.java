package org.imapnotify.session;

import org.imapnotify.session.OwnCommand.Purpose;
import org.imapnotify.wire.Capabilities;
import org.imapnotify.wire.CommandName;
import org.imapnotify.wire.ImapReader;
import org.imapnotify.wire.ProtocolException;

/**
 * COMPRESS=DEFLATE (RFC 4978): it is between two neighbours, so each side of the proxy has its own, whatever the other does. The
 * client asks the proxy, the proxy asks the upstream. What is said on either side is the same with it and without.
 *
 * <p>UNAUTHENTICATE would have to end it at an octet that both sides agree on (RFC 8437 section 3), which a client that sends more
 * behind it makes impossible to find: the two exclude each other here.
 */
final class Compression {
    private static final String MECHANISM = "DEFLATE";
    private static final String CAPABILITY = "COMPRESS=" + MECHANISM;
    private static final String UNAUTHENTICATE = "UNAUTHENTICATE";

    private final Session session;
    private final SessionOptions.Compress options;
    private boolean client;
    private boolean upstreamAsked;

    Compression(Session session) {
        this.session = session;
        this.options = session.options().compress();
    }

    /** What the client is told of it in place of what the upstream says. */
    Capabilities shown(Capabilities capabilities, boolean authenticated) {
        Capabilities shown = capabilities.without(word -> isHidden(word));
        return options.client() && authenticated ? shown.with(CAPABILITY) : shown;
    }

    private boolean isHidden(String upperCase) {
        boolean ours = options.client() && upperCase.equals(CAPABILITY);
        return (upperCase.startsWith("COMPRESS=") && !ours) || (client && upperCase.equals(UNAUTHENTICATE));
    }

    /** True when the proxy answers this command because of it. */
    boolean owns(CommandName name) {
        return name == CommandName.COMPRESS || (name == CommandName.UNAUTHENTICATE && client);
    }

    /** Answers what it {@linkplain #owns}. */
    void answer(Owned owned) {
        if (owned.name() == CommandName.UNAUTHENTICATE) {
            session.reply(owned.tag(), "NO [CANNOT] Not while the connection is compressed.");
        } else if (!options.client()) {
            session.reply(owned.tag(), "NO [CANNOT] Compression is not available.");
        } else if (!session.isAuthenticated()) {
            session.reply(owned.tag(), "BAD COMPRESS is for clients that are logged in.");
        } else if (!asksForDeflate(owned.capture())) {
            session.reply(owned.tag(), "BAD The only mechanism is DEFLATE.");
        } else if (client) {
            session.reply(owned.tag(), "NO [COMPRESSIONACTIVE] DEFLATE is active already.");
        } else {
            client = true;
            session.reply(owned.tag(), "OK DEFLATE active.");
            session.out().compressClient();
        }
    }

    /** {@code compress = "COMPRESS" SP algorithm} (RFC 4978 section 5). */
    private static boolean asksForDeflate(Capture capture) {
        try {
            ImapReader reader = capture.afterName();
            reader.space();
            String mechanism = reader.atom();
            return mechanism.equalsIgnoreCase(MECHANISM)
                    && reader.slice(reader.position(), capture.length()).isBlank();
        } catch (ProtocolException malformed) {
            return false;
        }
    }

    /** True when the upstream is still to be asked: the client's next command waits. */
    boolean isDue() {
        if (!options.upstream() || upstreamAsked || !session.isAuthenticated()) {
            return false;
        }
        Capabilities offered = session.knownCapabilities();
        return offered.has(CAPABILITY) && !offered.has(UNAUTHENTICATE);
    }

    /** Asks the upstream once; the connection is the proxy's own at this moment. */
    boolean asksUpstream() {
        if (!isDue()) {
            return false;
        }
        upstreamAsked = true;
        session.own().run(Purpose.COMPRESS, "COMPRESS " + MECHANISM);
        return true;
    }

    /** The upstream has answered; one that refuses is spoken to as before. */
    void upstreamAnswered(boolean ok) {
        if (ok) {
            session.out().compressUpstream();
        }
    }
}
