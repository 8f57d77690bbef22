package org.imapnotify.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SecretTest {
    private static Secret secret(String text) {
        return Secret.of(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void showsInNoString() {
        assertThat(secret("hunter2")).hasToString("Secret[***]");
        assertThat(new Credentials.Login("user", secret("hunter2")).toString()).doesNotContain("hunter2");
        assertThat(new Credentials.Plain("", "user", secret("hunter2")).toString())
                .doesNotContain("hunter2");
        assertThat(new Credentials.Login("user", secret("hunter2")).identity().toString())
                .doesNotContain("hunter2");
    }

    @Test
    void equalsByItsOctets() {
        assertThat(secret("a")).isEqualTo(secret("a")).hasSameHashCodeAs(secret("b"));
        assertThat(secret("a")).isNotEqualTo(secret("b"));
    }

    @Test
    void keepsACopyAndGivesCopies() {
        byte[] octets = {1, 2, 3};
        Secret secret = Secret.of(octets);
        octets[0] = 9;
        secret.octets()[1] = 9;
        assertThat(secret.octets()).containsExactly(1, 2, 3);
    }

    @Test
    void isOfNoUseWhenWiped() {
        Secret secret = secret("a");
        secret.wipe();
        assertThat(secret.wiped()).isTrue();
        assertThat(secret).isNotEqualTo(secret("a"));
        assertThatThrownBy(secret::octets).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theIdentityIsTheSameWhateverTheMechanismAndTheSecret() {
        Credentials login = new Credentials.Login("user", secret("a"));
        assertThat(login.identity()).isEqualTo(new Credentials.Plain("", "user", secret("b")).identity());
        assertThat(login.identity()).isNotEqualTo(new Credentials.Plain("boss", "user", secret("a")).identity());
        assertThat(login.sameAs(new Credentials.Login("user", secret("a")))).isTrue();
        assertThat(login.sameAs(new Credentials.Login("user", secret("b")))).isFalse();
    }
}
