package org.imapnotify.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.imapnotify.upstream.Credentials;
import org.imapnotify.upstream.Secret;
import org.junit.jupiter.api.Test;

class LoginPenaltiesTest {
    private static final Duration MOST = Duration.ofSeconds(15);

    private final AtomicLong now = new AtomicLong();
    private final LoginPenalties penalties = new LoginPenalties(now::get);

    private static ClientBlock block(String address) {
        try {
            return ClientBlock.of(InetAddress.getByName(address), 32, 64);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Optional<Credentials> login(String user, String password) {
        return Optional.of(new Credentials.Login(user, Secret.of(password.getBytes(StandardCharsets.UTF_8))));
    }

    private long delayOf(String address) {
        return penalties.delay(block(address), MOST).toSeconds();
    }

    @Test
    void doublesWithEachGuessUpToTheMost() {
        assertThat(delayOf("192.0.2.1")).isZero();
        long[] delays = {2, 4, 8, 15, 15};
        for (int i = 0; i < delays.length; i++) {
            penalties.failed(block("192.0.2.1"), login("ann", "guess" + i));
            assertThat(delayOf("192.0.2.1")).isEqualTo(delays[i]);
        }
        for (int i = 0; i < 100; i++) {
            penalties.failed(block("192.0.2.1"), Optional.empty());
        }
        assertThat(delayOf("192.0.2.1")).isEqualTo(15);
        assertThat(penalties.delay(block("192.0.2.1"), Duration.ZERO)).isZero();
        assertThat(delayOf("192.0.2.2")).isZero();
    }

    @Test
    void theSameWrongPasswordAgainIsNoGuess() {
        penalties.failed(block("192.0.2.1"), login("ann", "old"));
        penalties.failed(block("192.0.2.1"), login("bob", "old"));
        for (int i = 0; i < 10; i++) {
            penalties.failed(block("192.0.2.1"), login("ann", "old"));
            penalties.failed(block("192.0.2.1"), login("bob", "old"));
        }
        assertThat(delayOf("192.0.2.1")).isEqualTo(4);
    }

    @Test
    void whereNoSecretShowsEachFailureIsAGuess() {
        penalties.failed(block("192.0.2.1"), Optional.of(new Credentials.Named("ann", "")));
        penalties.failed(block("192.0.2.1"), Optional.of(new Credentials.Named("ann", "")));
        assertThat(delayOf("192.0.2.1")).isEqualTo(4);
    }

    @Test
    void isForgottenAMinuteAfterTheLastFailure() {
        penalties.failed(block("192.0.2.1"), login("ann", "one"));
        now.addAndGet(Duration.ofSeconds(59).toNanos());
        penalties.failed(block("192.0.2.1"), login("ann", "two"));
        now.addAndGet(Duration.ofSeconds(59).toNanos());
        assertThat(delayOf("192.0.2.1")).isEqualTo(4);
        now.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(delayOf("192.0.2.1")).isZero();
    }

    @Test
    void aNetworkOfIpv6IsOneClientAndAnAddressOfIpv4IsOne() {
        penalties.failed(block("2001:db8:0:1::7"), login("ann", "one"));
        assertThat(delayOf("2001:db8:0:1:ffff::8")).isEqualTo(2);
        assertThat(delayOf("2001:db8:0:2::7")).isZero();
        penalties.failed(block("192.0.2.1"), login("ann", "one"));
        assertThat(delayOf("192.0.2.0")).isZero();
    }
}
