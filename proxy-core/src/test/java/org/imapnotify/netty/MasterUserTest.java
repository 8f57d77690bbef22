package org.imapnotify.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.imapnotify.upstream.Credentials;
import org.imapnotify.upstream.Secret;
import org.junit.jupiter.api.Test;

class MasterUserTest {
    private final MasterUser master =
            new MasterUser("master", Secret.of("hunter2".getBytes(StandardCharsets.US_ASCII)));

    @Test
    void logsInForWhomTheClientActs() {
        assertThat(master.inPlaceOf(new Credentials.Named("anna", "")).identity())
                .isEqualTo(new Credentials.Identity("master", "anna"));
        assertThat(master.inPlaceOf(new Credentials.Named("anna", "boss")).identity())
                .isEqualTo(new Credentials.Identity("master", "boss"));
    }

    @Test
    void eachAccountWipesASecretOfItsOwn() {
        master.inPlaceOf(new Credentials.Named("anna", "")).password().wipe();
        assertThat(master.inPlaceOf(new Credentials.Named("anna", ""))
                        .password()
                        .octets())
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo("hunter2");
    }

    @Test
    void showsNoSecret() {
        assertThat(master.toString()).doesNotContain("hunter2");
    }
}
