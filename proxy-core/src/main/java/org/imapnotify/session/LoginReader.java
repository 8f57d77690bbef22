package org.imapnotify.session;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.imapnotify.upstream.Credentials;
import org.imapnotify.upstream.Secret;
import org.imapnotify.wire.CommandName;
import org.imapnotify.wire.ImapReader;
import org.imapnotify.wire.ProtocolException;

/** Reads from a client's login what the proxy needs to log in for the same account: the same identity with the same secret. */
final class LoginReader {
    private LoginReader() {}

    /** The mechanism in upper case; LOGIN for the command of that name. */
    static String mechanism(CommandName name, Capture capture) {
        if (name == CommandName.LOGIN) {
            return "LOGIN";
        }
        try {
            ImapReader reader = arguments(capture);
            return reader.atom().toUpperCase(Locale.ROOT);
        } catch (ProtocolException malformed) {
            return "other"; // the upstream has judged it already
        }
    }

    /** The credentials, empty when this mechanism's cannot be used again or the upstream understood what is not understood here. */
    static Optional<Credentials> credentials(CommandName name, Capture capture) {
        if (capture.overflowed()) {
            return Optional.empty();
        }
        try {
            ImapReader reader = arguments(capture);
            return name == CommandName.LOGIN ? Optional.of(login(reader)) : authenticate(reader, capture.length());
        } catch (ProtocolException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static ImapReader arguments(Capture capture) {
        ImapReader reader = capture.afterName();
        reader.space();
        return reader;
    }

    private static Credentials login(ImapReader reader) {
        String user = reader.astring();
        reader.space();
        return new Credentials.Login(user, secret(reader.astring()));
    }

    /** {@code authenticate = "AUTHENTICATE" SP auth-type [SP initial-resp] *(CRLF base64)} (RFC 3501, RFC 4959). */
    private static Optional<Credentials> authenticate(ImapReader reader, int length) {
        String mechanism = reader.atom().toUpperCase(Locale.ROOT);
        if (!SaslMechanism.sendsSecret(mechanism)) {
            return Optional.empty();
        }
        String[] answers = reader.slice(reader.position(), length).strip().split("[ \r\n]+", -1);
        return switch (mechanism) {
            case "PLAIN" -> plain(answers[0]);
            case "LOGIN" -> answers.length < 2 ? Optional.empty() : twoAnswers(answers[0], answers[1]);
            default -> token(mechanism, answers[0]);
        };
    }

    private static Optional<Credentials> twoAnswers(String user, String password) {
        byte[] octets = Base64.getDecoder().decode(password);
        Secret secret = Secret.of(octets);
        Arrays.fill(octets, (byte) 0);
        return Optional.of(new Credentials.TwoAnswers(latin1(Base64.getDecoder().decode(user)), secret));
    }

    /** A token for nobody in particular tells no account. */
    private static Optional<Credentials> token(String mechanism, String base64) {
        byte[] message = Base64.getDecoder().decode(base64);
        String user = mechanism.equals("XOAUTH2") ? xoauth2User(message) : bearerUser(message);
        Secret secret = Secret.of(message);
        Arrays.fill(message, (byte) 0);
        return user.isEmpty() ? Optional.empty() : Optional.of(new Credentials.Token(mechanism, user, secret));
    }

    /** {@code "user=" name %x01 "auth=Bearer " token %x01 %x01}. */
    private static String xoauth2User(byte[] message) {
        String head = latin1(Arrays.copyOf(message, Math.max(0, indexOf(message, 0, (byte) 1))));
        return head.startsWith("user=") ? head.substring("user=".length()) : "";
    }

    /** {@code "n," ["a=" saslname] "," %x01 ...} (RFC 7628 section 3.1, RFC 5801 section 4). */
    private static String bearerUser(byte[] message) {
        String head = latin1(Arrays.copyOf(message, Math.max(0, indexOf(message, 0, (byte) 1))));
        String[] parts = head.split(",", -1);
        return parts.length == 3 && parts[1].startsWith("a=")
                ? parts[1].substring("a=".length()).replace("=2C", ",").replace("=3D", "=")
                : "";
    }

    /** {@code message = [authzid] UTF8NUL authcid UTF8NUL passwd} (RFC 4616 section 2). */
    private static Optional<Credentials> plain(String base64) {
        byte[] message = Base64.getDecoder().decode(base64);
        int first = indexOf(message, 0, (byte) 0);
        int second = indexOf(message, first + 1, (byte) 0);
        if (first < 0 || second < 0) {
            return Optional.empty();
        }
        String authzid = new String(message, 0, first, StandardCharsets.ISO_8859_1);
        String user = new String(message, first + 1, second - first - 1, StandardCharsets.ISO_8859_1);
        byte[] password = Arrays.copyOfRange(message, second + 1, message.length);
        Secret secret = Secret.of(password);
        Arrays.fill(message, (byte) 0);
        Arrays.fill(password, (byte) 0);
        return Optional.of(new Credentials.Plain(authzid, user, secret));
    }

    private static int indexOf(byte[] message, int from, byte octet) {
        for (int i = from; i < message.length; i++) {
            if (message[i] == octet) {
                return i;
            }
        }
        return -1;
    }

    private static String latin1(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    private static Secret secret(String latin1) {
        byte[] octets = latin1.getBytes(StandardCharsets.ISO_8859_1);
        Secret secret = Secret.of(octets);
        Arrays.fill(octets, (byte) 0);
        return secret;
    }
}
