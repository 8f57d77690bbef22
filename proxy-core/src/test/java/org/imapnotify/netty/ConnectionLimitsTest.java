package org.imapnotify.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConnectionLimitsTest {
    private final ConnectionLimits limits = new ConnectionLimits();
    private final List<Refusal> refused = new ArrayList<>();
    private final List<String> sentAway = new ArrayList<>();

    private static LimitOptions options(int connections, int perAddress, int beforeLogin) {
        return new LimitOptions(connections, perAddress, beforeLogin, 24, 64, List.of("10.0.0.0/8"), Duration.ZERO);
    }

    private Optional<Runnable> admit(LimitOptions options, String address) {
        return limits.admit(options, new InetSocketAddress(address, 4711), refused::add);
    }

    @Test
    void oneMoreThanAllIsRefusedUntilOneLeaves() {
        LimitOptions two = options(2, 0, 0);
        Optional<Runnable> first = admit(two, "192.0.2.1");
        assertThat(admit(two, "10.0.0.1")).isPresent(); // whom all other limits do not concern
        assertThat(admit(two, "198.51.100.1")).isEmpty();
        assertThat(admit(two, "10.0.0.2")).isEmpty();
        assertThat(refused).containsExactly(Refusal.CONNECTIONS, Refusal.CONNECTIONS);
        first.orElseThrow().run();
        assertThat(admit(two, "198.51.100.1")).isPresent();
    }

    @Test
    void anAddressWithItsNeighboursHasItsOwnLimit() {
        LimitOptions two = options(0, 2, 0);
        List<Runnable> taken = new ArrayList<>();
        admit(two, "192.0.2.1").ifPresent(taken::add);
        admit(two, "192.0.2.200").ifPresent(taken::add);
        assertThat(admit(two, "192.0.2.3")).isEmpty();
        assertThat(refused).containsExactly(Refusal.PER_ADDRESS);
        for (int i = 0; i < 5; i++) {
            assertThat(admit(two, "10.0.0.1")).isPresent();
        }
        admit(two, "192.0.3.1").ifPresent(taken::add);
        assertThat(taken).hasSize(3);
        taken.forEach(Runnable::run);
        assertThat(limits.addresses()).isZero();
        assertThat(admit(two, "192.0.2.3")).isPresent();
    }

    @Test
    void whoIsRefusedIsNotCounted() {
        LimitOptions one = options(0, 1, 0);
        Runnable first = admit(one, "192.0.2.1").orElseThrow();
        for (int i = 0; i < 5; i++) {
            assertThat(admit(one, "192.0.2.1")).isEmpty();
        }
        first.run();
        assertThat(admit(one, "192.0.2.1")).isPresent();
    }

    @Test
    void theOldestThatHasNotLoggedInMakesPlace() {
        LimitOptions two = options(0, 0, 2);
        long first = limits.arrived(two, () -> sentAway.add("first"));
        limits.arrived(two, () -> sentAway.add("second"));
        limits.loggedIn(first);
        limits.loggedIn(first);
        limits.arrived(two, () -> sentAway.add("third"));
        assertThat(sentAway).isEmpty();
        limits.arrived(two, () -> sentAway.add("fourth"));
        limits.arrived(two, () -> sentAway.add("fifth"));
        assertThat(sentAway).containsExactly("second", "third");
        LimitOptions none = options(0, 0, 0);
        limits.arrived(none, () -> sentAway.add("sixth"));
        assertThat(sentAway).hasSize(2);
    }

    @Test
    void optionsThatAreNoneAreNamed() {
        assertThatThrownBy(() -> options(-1, 0, 0)).hasMessageStartingWith("limit-connections: ");
        assertThatThrownBy(() -> new LimitOptions(0, 0, 0, 33, 64, List.of(), Duration.ZERO))
                .hasMessageStartingWith("limit-ipv4-prefix: ");
        assertThatThrownBy(() -> new LimitOptions(0, 0, 0, 32, 0, List.of(), Duration.ZERO))
                .hasMessageStartingWith("limit-ipv6-prefix: ");
        assertThatThrownBy(() -> new LimitOptions(0, 0, 0, 32, 64, List.of("here"), Duration.ZERO))
                .hasMessageStartingWith("limit-exempt: ");
        assertThatThrownBy(() -> new LimitOptions(0, 0, 0, 32, 64, List.of(), Duration.ofMinutes(2)))
                .hasMessageStartingWith("limit-login-delay: ");
    }
}
