package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.awaitility.Awaitility;

/** The log lines that tell how sessions of a proxy ended; each test reads its own. */
final class SessionEnds {
    private final ProxyProcess proxy;
    private int before;

    SessionEnds(ProxyProcess proxy) {
        this.proxy = proxy;
    }

    /** Of all sessions so far. */
    List<String> all() {
        return proxy.output()
                .lines()
                .filter(line -> line.contains("session ended"))
                .toList();
    }

    /** From here on. */
    void mark() {
        before = all().size();
    }

    /** Exactly one session has ended since, and this is the one line about it. */
    String one(String cause, String side) {
        Awaitility.await().atMost(ImapTestClient.PATIENCE).until(() -> all().size() > before);
        assertThat(all()).hasSize(before + 1);
        String line = all().get(before);
        assertThat(line).contains(" cause=" + cause + " ", " side=" + side);
        return line;
    }
}
