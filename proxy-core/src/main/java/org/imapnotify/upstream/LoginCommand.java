package org.imapnotify.upstream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Writes the login in the mechanism that the client used. */
final class LoginCommand {
    private LoginCommand() {}

    /** Sends as much as may be sent at once; from here on only capabilities said after the login count. */
    static Phase begin(Talk talk) {
        Credentials credentials = talk.credentials();
        List<byte[]> parts = parts(credentials, talk);
        talk.forgetCapabilities();
        String tag = talk.nextTag();
        talk.output().send(prefixed(tag + " ", parts.get(0)));
        talk.awaitAnswer();
        return Handshake.afterPart(tag, parts.subList(1, parts.size()));
    }

    private static List<byte[]> parts(Credentials credentials, Talk talk) {
        if (credentials instanceof Credentials.Token token) {
            return oneMessage(token.mechanism(), token.password().octets(), talk);
        }
        if (credentials instanceof Credentials.Named) {
            throw new UpstreamFailed(Failure.refused("no secret is known"));
        }
        if (credentials instanceof Credentials.TwoAnswers) {
            return twoAnswers(credentials);
        }
        return credentials instanceof Credentials.Plain || mustBePlain(talk) ? plain(credentials, talk) : login(talk);
    }

    /**
     * What to say to an error that comes as one more challenge: a refused token's reasons, to which the client answers before the
     * upstream says NO (RFC 7628 section 3.2.3; for XOAUTH2 an empty line). Any other mechanism is given up (RFC 3501 section 6.2.2).
     */
    static String answerToError(Credentials credentials) {
        if (!(credentials instanceof Credentials.Token token)) {
            return "*\r\n";
        }
        return token.mechanism().equals("OAUTHBEARER") ? "AQ==\r\n" : "\r\n";
    }

    private static List<byte[]> twoAnswers(Credentials credentials) {
        byte[] user = credentials.user().getBytes(StandardCharsets.ISO_8859_1);
        byte[] password = credentials.password().octets();
        List<byte[]> parts = List.of(
                latin1("AUTHENTICATE LOGIN\r\n"),
                concat(Base64.getEncoder().encode(user), crlf()),
                concat(Base64.getEncoder().encode(password), crlf()));
        Arrays.fill(password, (byte) 0);
        return parts;
    }

    /** RFC 3501 section 6.2.3: LOGIN must not be sent where LOGINDISABLED is advertised. */
    private static boolean mustBePlain(Talk talk) {
        if (!talk.capabilities().has("LOGINDISABLED")) {
            return false;
        }
        if (!talk.capabilities().has("AUTH=PLAIN")) {
            throw new UpstreamFailed(Failure.refused("LOGINDISABLED"));
        }
        return true;
    }

    private static List<byte[]> login(Talk talk) {
        byte[] password = talk.credentials().password().octets();
        OwnCommand command = new CommandWriter(talk.capabilities())
                .raw("LOGIN ")
                .astring(talk.credentials().user())
                .raw(" ")
                .astring(new String(password, StandardCharsets.ISO_8859_1))
                .toCommand();
        Arrays.fill(password, (byte) 0);
        return command.parts();
    }

    /** RFC 4616: authzid NUL authcid NUL passwd. */
    private static List<byte[]> plain(Credentials credentials, Talk talk) {
        byte[] names = (credentials.authzid() + "\0" + credentials.user() + "\0").getBytes(StandardCharsets.ISO_8859_1);
        byte[] password = credentials.password().octets();
        byte[] message = Arrays.copyOf(names, names.length + password.length);
        System.arraycopy(password, 0, message, names.length, password.length);
        Arrays.fill(password, (byte) 0);
        return oneMessage("PLAIN", message, talk);
    }

    /** In the command itself where that is offered (RFC 4959); wipes the message. */
    private static List<byte[]> oneMessage(String mechanism, byte[] message, Talk talk) {
        byte[] line = concat(Base64.getEncoder().encode(message), crlf());
        Arrays.fill(message, (byte) 0);
        String command = "AUTHENTICATE " + mechanism;
        if (talk.capabilities().has("SASL-IR")) {
            return List.of(concat(latin1(command + " "), line));
        }
        return List.of(latin1(command + "\r\n"), line);
    }

    private static byte[] prefixed(String prefix, byte[] octets) {
        return concat(latin1(prefix), octets);
    }

    private static byte[] concat(byte[] head, byte[] tail) {
        byte[] all = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, all, head.length, tail.length);
        return all;
    }

    private static byte[] crlf() {
        return latin1("\r\n");
    }

    private static byte[] latin1(String octets) {
        return octets.getBytes(StandardCharsets.ISO_8859_1);
    }
}
