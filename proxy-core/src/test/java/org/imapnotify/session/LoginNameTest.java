package org.imapnotify.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.imapnotify.upstream.Credentials;
import org.imapnotify.wire.CommandName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginNameTest {
    private static Optional<Credentials> named(String octets) {
        Capture capture = new Capture(1000);
        CaptureTest.add(capture, octets);
        return LoginName.of(CommandName.AUTHENTICATE, capture);
    }

    private static String base64(String message) {
        return Base64.getEncoder().encodeToString(message.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void scramSaysTheNameAndWhoItIsFor() {
        assertThat(named("a1 AUTHENTICATE SCRAM-SHA-256 " + base64("n,,n=an=2Cna,r=abc") + "\r\nYz1i\r\n"))
                .contains(new Credentials.Named("an,na", ""));
        assertThat(named("a1 AUTHENTICATE scram-sha-1\r\n" + base64("y,a=boss,n=anna,r=abc") + "\r\n\r\n"))
                .contains(new Credentials.Named("anna", "boss"));
    }

    @Test
    void cramMd5SaysTheNameBeforeTheDigest() {
        assertThat(named("a1 AUTHENTICATE CRAM-MD5\r\n" + base64("an na b913a602c7eda7a495b4e6e7334d3890") + "\r\n"))
                .contains(new Credentials.Named("an na", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a1 AUTHENTICATE GSSAPI YIIB\r\n",
                "a1 AUTHENTICATE SCRAM-SHA-256 biws\r\n",
                "a1 AUTHENTICATE SCRAM-SHA-256 !\r\n",
                "a1 AUTHENTICATE SCRAM-SHA-256\r\n",
                "a1 AUTHENTICATE CRAM-MD5\r\nAAAA\r\n",
                "a1 AUTHENTICATE\r\n"
            })
    void othersAreNobody(String octets) {
        assertThat(named(octets)).isEmpty();
    }
}
