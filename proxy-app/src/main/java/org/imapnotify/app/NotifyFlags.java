package org.imapnotify.app;

import org.imapnotify.netty.NotifyMode;
import org.imapnotify.netty.NotifyOptions;
import picocli.CommandLine.Option;

/** The flags of NOTIFY as clients see it. */
@Section(value = "notify", prefix = "notify-", self = "mode", about = "NOTIFY as clients see it.")
final class NotifyFlags {
    @Option(
            names = "--notify",
            paramLabel = "auto|emulate|off",
            description = "Who answers NOTIFY: the upstream where it can, always the proxy, nobody. Default: auto.")
    private NotifyMode notify = NotifyMode.AUTO;

    NotifyOptions options() {
        return new NotifyOptions(notify);
    }
}
