package org.imapnotify.netty;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * What keeps one client, or many that mean no good, from being all that the proxy serves. 0 is no limit.
 *
 * @param connections clients at a time
 * @param perAddress clients at a time from one address
 * @param beforeLogin clients at a time that have not logged in; a new one takes the place of the oldest
 * @param ipv4Prefix bits that make one address of IPv4; more than one machine's with fewer than 32
 * @param ipv6Prefix the same of IPv6
 * @param exempt networks to which only {@code connections} applies
 * @param loginDelay the most that a login waits after others from its address have failed
 */
public record LimitOptions(
        int connections,
        int perAddress,
        int beforeLogin,
        int ipv4Prefix,
        int ipv6Prefix,
        List<String> exempt,
        Duration loginDelay) {
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);

    /** Before login as with Dovecot; many connections of one address are a webmail's or a company's, and no harm. */
    public static final LimitOptions DEFAULT =
            new LimitOptions(0, 0, 1000, 32, 64, List.of("127.0.0.0/8", "::1"), Duration.ofSeconds(15));

    public LimitOptions {
        atLeastZero("limit-connections", connections);
        atLeastZero("limit-connections-per-address", perAddress);
        atLeastZero("limit-before-login", beforeLogin);
        bits("limit-ipv4-prefix", ipv4Prefix, 32);
        bits("limit-ipv6-prefix", ipv6Prefix, 128);
        exempt = List.copyOf(exempt);
        exempt.forEach(LimitOptions::network);
        if (loginDelay.isNegative() || loginDelay.compareTo(LONGEST_DELAY) > 0) {
            throw new InvalidOptionException("limit-login-delay", loginDelay, "0s to 1m");
        }
    }

    private static void atLeastZero(String key, int value) {
        if (value < 0) {
            throw new InvalidOptionException(key, value, "a number of connections, or 0 for no limit");
        }
    }

    private static void bits(String key, int value, int most) {
        if (value < 1 || value > most) {
            throw new InvalidOptionException(key, value, "1 to " + most + " bits");
        }
    }

    boolean isExempt(InetSocketAddress client) {
        return client.isUnresolved()
                || exempt.stream().anyMatch(network -> network(network).contains(client));
    }

    /** Whom this address is counted with. */
    ClientBlock block(InetSocketAddress client) {
        return ClientBlock.of(client.getAddress(), ipv4Prefix, ipv6Prefix);
    }

    private static Network network(String text) {
        return Network.parse("limit-exempt", text);
    }
}
