package org.imapnotify.it.bench;

import java.util.List;

/** What the watch engine costs the server and the proxy, against a scripted server; see docs/performance.md. */
public final class Load {
    private Load() {}

    /** @param arguments what to measure, the proxy's jar, and flags for the proxy */
    public static void main(String[] arguments) throws Exception {
        String jar = arguments[1];
        String[] flags = List.of(arguments).subList(2, arguments.length).toArray(String[]::new);
        switch (arguments[0]) {
            case "commands" -> UpstreamCommands.run(jar, flags);
            case "latency" -> Latency.run(jar, flags);
            case "mailboxes" -> ManyMailboxes.run(jar, flags);
            case "accounts" -> ManyAccounts.run(2000, 1, jar, flags);
            case "idle" -> ManyAccounts.run(100, 90, jar, flags);
            default -> throw new IllegalArgumentException("no such benchmark: " + arguments[0]);
        }
        System.exit(0);
    }
}
