package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Whatever happens to an account, its NOTIFY clients know in the end, without ever having asked. */
class RandomRunIT {
    private static final int OPERATIONS = Integer.getInteger("imapnotify.operations", 10_000);

    private static final int CUTS = 10;

    /** Accounts in which nothing happens, with a client each. */
    private static final int BYSTANDERS = 20;

    private final Map<String, WireLog> logs = new ConcurrentHashMap<>();
    private final Conduct conduct = new Conduct();

    @Test
    void everyClientKnowsWhatTheServerHas() {
        try (LocalServer dovecot = dovecot();
                Relay relay = relay("whole", dovecot);
                ProxyProcess proxy = ProxyProcess.beforeUrl("imap://127.0.0.1:" + relay.port());
                RandomRun run = new RandomRun(dovecot, "random", RandomRun.seed(), OPERATIONS)) {
            run.prepare(proxy.port());
            run.write(() -> {});
            run.judge();
        }
        judgeConduct();
    }

    /** Sessions live on, and their clients do not notice. */
    @Test
    void nothingIsLostWhenWatchConnectionsAreCut() {
        try (LocalServer dovecot = dovecot();
                Relay relay = relay("cut", dovecot);
                ProxyProcess proxy = ProxyProcess.beforeUrl("imap://127.0.0.1:" + relay.port());
                RandomRun run = new RandomRun(dovecot, "cut", RandomRun.seed(), OPERATIONS)) {
            run.prepare(proxy.port());
            run.write(() -> {
                for (int i = 1; i <= CUTS; i++) {
                    run.await(i / (CUTS + 1.0));
                    cut(relay);
                }
            });
            run.judge();
        }
        judgeConduct();
    }

    /** All sessions end with it; who comes back has missed nothing, and does not lose anything later. */
    @Test
    void everyClientKnowsAgainWhenTheServerWasKilled() {
        Comebacks comebacks = new Comebacks();
        try (LocalServer server = dovecot();
                Relay relay = new Relay(server.port(), () -> ears("killed").and(comebacks.ear()));
                ProxyProcess proxy = ProxyProcess.beforeUrl("imap://127.0.0.1:" + relay.port());
                Bystanders bystanders = new Bystanders(proxy.port(), BYSTANDERS);
                RandomRun run = new RandomRun(server, "killed", RandomRun.seed(), OPERATIONS)) {
            run.prepare(proxy.port());
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> comebacks.count() > bystanders.count());
            run.write(() -> {
                run.await(0.2);
                cut(relay);
                run.await(0.4);
                System.out.println("the server is killed");
                run.clientsMayReturn();
                server.kill();
                comebacks.begin();
                server.restart();
                run.await(0.8);
                cut(relay);
            });
            run.judge();
            assertThat(run.returns()).as("each client has come back once").containsOnly(1);
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> comebacks.count() > bystanders.count());
        }
        System.out.println("[it] watch connections of " + (BYSTANDERS + 1) + " accounts after the kill: " + comebacks);
        judgeConduct();
    }

    /**
     * Without its index of mailboxes: Dovecot 2.3 takes the locks of that and of a mailbox crosswise, also when nobody does more than
     * append here and list there, and then answers nobody for minutes. That came once in some 25 runs; without it, never.
     */
    private static LocalServer dovecot() {
        return LocalServer.start(Variant.DOVECOT_LEGACY, Map.of("EXTRA_CONF", "mailbox_list_index = no"));
    }

    /** Our clients' commands begin with "t", the proxy's own login with "w". */
    private static void cut(Relay relay) {
        System.out.println(relay.count('w') + " watch connections are cut");
        relay.cut('w');
    }

    private Relay relay(String name, LegacyServer server) {
        return new Relay(server.port(), () -> ears(name));
    }

    private Relay.Ear ears(String name) {
        WireLog log = logs.computeIfAbsent(name, any -> new WireLog(RandomRun.LOGS.resolve(any)));
        return conduct.ear().and(log.ear());
    }

    private void judgeConduct() {
        System.out.println("[it] the proxy's own commands: " + conduct.summary());
        assertThat(conduct.breaches()).as("what the proxy may not ask").isEmpty();
    }
}
