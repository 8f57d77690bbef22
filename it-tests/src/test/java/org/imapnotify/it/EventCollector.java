package org.imapnotify.it;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a client's responses on a thread of its own from now on, so that their time of arrival is theirs and not that
 * of the test's next look. The client may only send from here on.
 */
final class EventCollector {
    private final ImapTestClient client;
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Arrival> fresh = new LinkedBlockingQueue<>();

    private EventCollector(ImapTestClient client) {
        this.client = client;
    }

    static EventCollector of(ImapTestClient client) {
        EventCollector collector = new EventCollector(client);
        Thread thread = new Thread(collector::collect, "collector-" + client.localPort());
        thread.setDaemon(true);
        thread.start();
        return collector;
    }

    private void collect() {
        Arrival arrival;
        do {
            arrival = next();
            texts.add(arrival.text());
            fresh.add(arrival);
        } while (!arrival.isEnd());
    }

    private Arrival next() {
        try {
            return client.read(Duration.ofHours(1));
        } catch (IOException e) {
            return Arrival.end();
        }
    }

    /** The first response not yet given that matches; those before it count as given. */
    Arrival await(String regex, Duration patience) {
        Pattern pattern = Pattern.compile(regex, Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            Arrival arrival = poll(deadline - System.nanoTime());
            if (arrival == null || arrival.isEnd()) {
                throw client.failure("not within " + patience.toMillis() + " ms: " + regex);
            }
            if (pattern.matcher(arrival.text()).matches()) {
                return arrival;
            }
        }
    }

    Arrival await(String regex) {
        return await(regex, ImapTestClient.PATIENCE);
    }

    /** Everything that has come so far. */
    List<String> texts() {
        return List.copyOf(texts);
    }

    private @Nullable Arrival poll(long nanos) {
        try {
            return fresh.poll(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw client.failure("interrupted");
        }
    }
}
