package org.imapnotify.it;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** AUTHENTICATE CRAM-MD5 (RFC 2195): shows no password to whoever reads along. */
final class CramMd5 {
    private CramMd5() {}

    static void login(ImapTestClient client, String user) {
        String tag = client.send("AUTHENTICATE CRAM-MD5");
        String challenge = client.expect("\\+ .*").text().substring(2);
        client.raw(base64(user + " " + digest(Base64.getDecoder().decode(challenge))) + "\r\n");
        client.completed(tag, "OK");
    }

    private static String digest(byte[] challenge) {
        try {
            Mac mac = Mac.getInstance("HmacMD5");
            mac.init(new SecretKeySpec(LegacyServer.PASSWORD.getBytes(StandardCharsets.US_ASCII), "HmacMD5"));
            return HexFormat.of().formatHex(mac.doFinal(challenge));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }
}
