package org.imapnotify.netty;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.imapnotify.upstream.Credentials;

/**
 * How long logins from an address have to wait because others from there have failed: 2, 4, 8 seconds and so on, as with Dovecot.
 * A device that tries the same wrong password again and again is not guessing, and makes it no longer for those beside it.
 * A minute without a failure and all is forgotten; a success is no excuse, since who guesses may have an account. Thread-safe.
 */
final class LoginPenalties {
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration MEMORY = Duration.ofMinutes(1);
    private static final int MOST_ADDRESSES = 100_000;
    /** The same few wrong passwords are recognised, not a list of them. */
    private static final int MOST_GUESSES = 8;

    private static final int MOST_FAILURES = 20;

    /** @param guesses salted hashes of what was tried lately */
    private record Penalty(int failures, Set<Long> guesses) {}

    private final byte[] salt = new byte[16];
    private final Cache<ClientBlock, Penalty> penalties;

    LoginPenalties(Ticker clock) {
        new SecureRandom().nextBytes(salt);
        penalties = Caffeine.newBuilder()
                .expireAfterWrite(MEMORY.toNanos(), TimeUnit.NANOSECONDS)
                .maximumSize(MOST_ADDRESSES)
                .ticker(clock)
                .build();
    }

    /** @param who empty when the mechanism does not show it; without a secret each failure is another guess */
    void failed(ClientBlock address, Optional<Credentials> who) {
        Optional<Long> guess =
                who.filter(shown -> !(shown instanceof Credentials.Named)).map(this::hash);
        penalties
                .asMap()
                .compute(address, (same, before) -> after(before == null ? new Penalty(0, Set.of()) : before, guess));
    }

    private static Penalty after(Penalty before, Optional<Long> guess) {
        if (guess.filter(before.guesses()::contains).isPresent()) {
            return before;
        }
        Set<Long> guesses = Stream.concat(
                        guess.stream(), before.guesses().stream().limit(MOST_GUESSES - 1L))
                .collect(Collectors.toUnmodifiableSet());
        return new Penalty(Math.min(MOST_FAILURES, before.failures() + 1), guesses);
    }

    /** @param most zero for no delay at all */
    Duration delay(ClientBlock address, Duration most) {
        Penalty penalty = penalties.getIfPresent(address);
        if (penalty == null) {
            return Duration.ZERO;
        }
        Duration delay = FIRST.multipliedBy(1L << (penalty.failures() - 1));
        return delay.compareTo(most) < 0 ? delay : most;
    }

    private long hash(Credentials who) {
        byte[] secret = who.password().octets();
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            digest.update((who.authzid() + '\0' + who.user() + '\0').getBytes(StandardCharsets.ISO_8859_1));
            return ByteBuffer.wrap(digest.digest(secret)).getLong();
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java runtime has SHA-256", missing);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }
}
