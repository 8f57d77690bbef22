package org.imapnotify.it;

import org.junit.jupiter.api.Test;

/** Whatever happens to an account, its NOTIFY clients know in the end, without ever having asked. */
class RandomRunIT {
    private static final int OPERATIONS = Integer.getInteger("imapnotify.operations", 10_000);

    @Test
    void everyClientKnowsWhatTheServerHas() {
        LegacyServer dovecot = LegacyServer.shared(Variant.DOVECOT_LEGACY);
        try (ProxyProcess proxy = ProxyProcess.before(dovecot);
                RandomRun run = new RandomRun(dovecot, "random", RandomRun.seed(), OPERATIONS)) {
            run.prepare(proxy.port());
            run.write(() -> {});
            run.judge();
        }
    }
}
