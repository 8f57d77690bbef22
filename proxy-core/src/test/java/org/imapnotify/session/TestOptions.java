package org.imapnotify.session;

import java.time.Duration;
import org.imapnotify.session.SessionOptions.NotifyUse;
import org.imapnotify.upstream.QuirkChoice;

/** Options of a session behind a plain listener that takes passwords. */
final class TestOptions {
    private TestOptions() {}

    static SessionOptions plain() {
        return with(false, false, true, NotifyUse.AUTO);
    }

    static SessionOptions with(boolean clientStartTls, boolean clientSecured, boolean plaintextAuth, NotifyUse use) {
        return new SessionOptions(
                false,
                clientStartTls,
                clientSecured,
                plaintextAuth,
                Duration.ofSeconds(30),
                use,
                SessionOptions.WatchUse.AUTO,
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                Duration.ofMinutes(28),
                SessionOptions.Compress.NONE,
                false,
                "",
                QuirkChoice.AUTO);
    }
}
