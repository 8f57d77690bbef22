package org.imapnotify.netty;

/**
 * The most that watching may cost an upstream; 0 is no limit. The defaults bind nobody who watches as people do.
 *
 * @param accountCommands LIST, LSUB, STATUS and GETMETADATA for one account in a minute
 * @param upstreamCommands the same for all accounts of one upstream
 * @param connects watch connections to one upstream opened in a second; clients' are counted and never wait
 */
public record BudgetOptions(int accountCommands, int upstreamCommands, int connects) {
    /** A thousand mailboxes, each asked for six times a minute. */
    public static final int DEFAULT_ACCOUNT_COMMANDS = 6_000;

    /** 5,000 in a second. */
    public static final int DEFAULT_UPSTREAM_COMMANDS = 300_000;

    /** Each is a login, which many servers make slow on purpose. */
    public static final int DEFAULT_CONNECTS = 50;

    public static final BudgetOptions DEFAULT =
            new BudgetOptions(DEFAULT_ACCOUNT_COMMANDS, DEFAULT_UPSTREAM_COMMANDS, DEFAULT_CONNECTS);

    public BudgetOptions {
        requireNotNegative("watch-commands-per-minute", accountCommands);
        requireNotNegative("watch-upstream-commands-per-minute", upstreamCommands);
        requireNotNegative("watch-upstream-connects-per-second", connects);
    }

    private static void requireNotNegative(String key, int number) {
        if (number < 0) {
            throw new InvalidOptionException(key, number, "a number above 0, or 0 for no limit");
        }
    }
}
