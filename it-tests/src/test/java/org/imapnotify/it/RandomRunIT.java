package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Whatever happens to an account, its NOTIFY clients know in the end, without ever having asked. */
class RandomRunIT {
    private static final int OPERATIONS = Integer.getInteger("imapnotify.operations", 10_000);

    private static final int CUTS = 10;

    private final LegacyServer dovecot = LegacyServer.shared(Variant.DOVECOT_LEGACY);
    private final Conduct conduct = new Conduct();

    @Test
    void everyClientKnowsWhatTheServerHas() {
        try (Relay relay = relay("whole");
                ProxyProcess proxy = ProxyProcess.beforeUrl("imap://127.0.0.1:" + relay.port());
                RandomRun run = new RandomRun(dovecot, "random", RandomRun.seed(), OPERATIONS)) {
            run.prepare(proxy.port());
            run.write(() -> {});
            run.judge();
        }
        judgeConduct();
    }

    /** Our clients' commands begin with "t", the proxy's own login with "w". */
    @Test
    void nothingIsLostWhenWatchConnectionsAreCut() {
        try (Relay relay = relay("cut");
                ProxyProcess proxy = ProxyProcess.beforeUrl("imap://127.0.0.1:" + relay.port());
                RandomRun run = new RandomRun(dovecot, "cut", RandomRun.seed(), OPERATIONS)) {
            run.prepare(proxy.port());
            run.write(() -> {
                for (int i = 1; i <= CUTS; i++) {
                    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> relay.count('w') > 0);
                    relay.cut('w');
                    System.out.printf("[it] cut %d with %d operations to come%n", i, run.left());
                }
            });
            run.judge();
        }
        judgeConduct();
    }

    private Relay relay(String name) {
        WireLog log = new WireLog(RandomRun.LOGS.resolve(name));
        return new Relay(dovecot.port(), () -> conduct.ear().and(log.ear()));
    }

    private void judgeConduct() {
        System.out.println("[it] the proxy's own commands: " + conduct.summary());
        assertThat(conduct.breaches()).as("what the proxy may not ask").isEmpty();
    }
}
