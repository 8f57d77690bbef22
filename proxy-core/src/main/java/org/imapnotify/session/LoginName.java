package org.imapnotify.session;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.imapnotify.upstream.Credentials;
import org.imapnotify.wire.CommandName;
import org.imapnotify.wire.ImapReader;
import org.imapnotify.wire.ProtocolException;

/**
 * Reads from a login whose mechanism shows no secret who the client is: SCRAM and CRAM-MD5 say it in the clear. GSSAPI and others do
 * not. That the client is who it says the upstream has confirmed by then.
 */
final class LoginName {
    private LoginName() {}

    static Optional<Credentials> of(CommandName name, Capture capture) {
        if (name != CommandName.AUTHENTICATE || capture.overflowed()) {
            return Optional.empty();
        }
        try {
            ImapReader reader = capture.afterName();
            reader.space();
            String mechanism = reader.atom().toUpperCase(Locale.ROOT);
            String answers = reader.slice(reader.position(), capture.length()).strip();
            String first = new String(
                    Base64.getDecoder().decode(answers.split("[ \\r\\n]+", 2)[0]), StandardCharsets.ISO_8859_1);
            return mechanism.equals("CRAM-MD5")
                    ? cramMd5(first)
                    : mechanism.startsWith("SCRAM-") ? scram(first) : Optional.empty();
        } catch (ProtocolException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** RFC 2195: the name, a space and the digest. */
    private static Optional<Credentials> cramMd5(String answer) {
        int space = answer.lastIndexOf(' ');
        return space <= 0 ? Optional.empty() : Optional.of(new Credentials.Named(answer.substring(0, space), ""));
    }

    /** {@code client-first-message = gs2-cbind-flag "," ["a=" saslname] "," "n=" saslname ",r=" ...} (RFC 5802 section 7). */
    private static Optional<Credentials> scram(String message) {
        String[] parts = message.split(",", -1);
        if (parts.length < 4 || !parts[2].startsWith("n=") || parts[2].length() == 2) {
            return Optional.empty();
        }
        String authzid = parts[1].startsWith("a=") ? unescaped(parts[1]) : "";
        return Optional.of(new Credentials.Named(unescaped(parts[2]), authzid));
    }

    private static String unescaped(String attribute) {
        return attribute.substring(2).replace("=2C", ",").replace("=3D", "=");
    }
}
