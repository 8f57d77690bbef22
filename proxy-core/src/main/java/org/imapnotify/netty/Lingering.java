package org.imapnotify.netty;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What nobody uses at the moment: kept for a while, then given to whoever ends it. Thread-safe. */
final class Lingering<K, V> {
    static final Duration TIME = Duration.ofSeconds(60);

    private final Cache<K, V> cache;

    /** @param end gets each value that nobody has taken in time, on any thread */
    Lingering(Ticker ticker, Consumer<V> end) {
        this.cache = Caffeine.newBuilder()
                .expireAfterWrite(TIME)
                .ticker(ticker)
                .scheduler(Scheduler.systemScheduler())
                .executor(Runnable::run)
                .removalListener((@Nullable K key, @Nullable V value, RemovalCause cause) -> {
                    if (value != null && cause.wasEvicted()) {
                        end.accept(value);
                    }
                })
                .build();
    }

    void put(K key, V value) {
        cache.put(key, value);
    }

    /** It is used again. */
    Optional<V> take(K key) {
        return Optional.ofNullable(cache.asMap().remove(key));
    }

    Optional<V> find(K key) {
        return Optional.ofNullable(cache.getIfPresent(key));
    }

    Collection<V> all() {
        return List.copyOf(cache.asMap().values());
    }

    /** Forgets all, without ending them. */
    void clear() {
        cache.invalidateAll();
    }

    /** Ends what is due, which else happens soon after. */
    void tidy() {
        cache.cleanUp();
    }
}
