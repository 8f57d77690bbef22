package org.imapnotify.app;

import org.imapnotify.netty.BudgetOptions;
import picocli.CommandLine.Option;

/** The flags that say how much watching may cost. */
final class BudgetFlags {
    @Option(
            names = "--watch-commands-per-minute",
            paramLabel = "N",
            description = "The most LIST, STATUS and GETMETADATA commands for one account in a minute, on average;"
                    + " what is beyond that comes later. 0 is no limit. Default: 6000.")
    private int accountCommands = BudgetOptions.DEFAULT_ACCOUNT_COMMANDS;

    @Option(
            names = "--watch-upstream-commands-per-minute",
            paramLabel = "N",
            description = "The same for all accounts of one upstream together. Default: 300000.")
    private int upstreamCommands = BudgetOptions.DEFAULT_UPSTREAM_COMMANDS;

    @Option(
            names = "--watch-upstream-connects-per-second",
            paramLabel = "N",
            description = "The most watch connections that are opened to one upstream in a second. Clients' connections"
                    + " count but never wait. 0 is no limit. Default: 50.")
    private int connects = BudgetOptions.DEFAULT_CONNECTS;

    BudgetOptions options() {
        return new BudgetOptions(accountCommands, upstreamCommands, connects);
    }
}
