package org.imapnotify.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Clients of other accounts, which register, wait, and come back at once when their session ends. */
final class Bystanders implements AutoCloseable {
    private final int port;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    Bystanders(int port, int count) {
        this.port = port;
        for (int i = 0; i < count; i++) {
            String user = "bystander" + i;
            Thread thread = new Thread(() -> live(user), user);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    int count() {
        return threads.size();
    }

    private void live(String user) {
        while (!stopped) {
            try (ImapTestClient client = ImapTestClient.loggedInAsSoonAsPossible(port, user)) {
                client.ok("NOTIFY SET (personal (MessageNew MessageExpunge))");
                client.expectClosed(Duration.ofMinutes(30));
            } catch (AssertionError | RuntimeException gone) {
                // the session ended in the middle of something: once more
            }
        }
    }

    @Override
    public void close() {
        stopped = true;
        threads.forEach(Thread::interrupt);
    }
}
