package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** NeoMutt in a terminal of its own, driven by its own macros: it reads the same and its changes are stored. */
class NeomuttIT {
    private static final String USER = "mutt";

    @RegisterExtension
    static final ServedAccount ACCOUNT = new ServedAccount(USER);

    @Test
    void readsTheSameAndStoresChanges(@TempDir Path folder) throws IOException {
        Command.require("neomutt");
        Command.require("script");
        String direct = copied(folder, ACCOUNT.direct(), "direct", "");
        assertThat(direct).contains("Subject: first in work", "Subject: second in work");
        assertThat(copied(folder, ACCOUNT.proxied(), "proxied", "<last-entry><flag-message><sync-mailbox>"))
                .isEqualTo(direct);
        try (ImapTestClient client = ImapTestClient.loggedIn(ACCOUNT.direct(), USER)) {
            client.ok("EXAMINE work");
            assertThat(client.ok("SEARCH FLAGGED")).contains("* SEARCH 1 2");
        }
    }

    /** All messages of a mailbox, as NeoMutt copies them into a file; then it does something else and leaves. */
    private static String copied(Path folder, int port, String name, String also) throws IOException {
        Path configuration =
                MailClientPrograms.file(folder, "neomuttrc", Map.of("PORT", Integer.toString(port), "USER", USER));
        Path copies = folder.resolve(name);
        String keys = "<tag-pattern>~A<enter><tag-prefix><copy-message>" + copies + "<enter><untag-pattern>~A<enter>"
                + also + "<exit>";
        String neomutt =
                "neomutt -n -F " + configuration + " -f imap://127.0.0.1:" + port + "/work -e 'push \"" + keys + "\"'";
        Command run = Command.run(
                folder,
                Duration.ofSeconds(60),
                List.of("env", "TERM=xterm", "HOME=" + folder, "script", "-qec", neomutt, "/dev/null"));
        assertThat(run.exitCode()).as(run.output()).isZero();
        return Files.readString(copies);
    }
}
