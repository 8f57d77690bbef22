package org.imapnotify.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What the tests with other people's clients share: an account with mail, and files that the clients are given. */
final class MailClientPrograms {
    private MailClientPrograms() {}

    /** Four mailboxes with two messages each, one of them flagged. */
    static void fill(LegacyServer server, String user) {
        try (ImapTestClient client = ImapTestClient.loggedIn(server.port(), user)) {
            client.ok("CREATE work");
            client.ok("CREATE \"two words\"");
            client.ok("CREATE work/below");
            for (String mailbox : List.of("INBOX", "work", "\"two words\"", "work/below")) {
                client.append(mailbox, Messages.withSubject("first in " + mailbox));
                client.append(mailbox, Messages.withSubject("second in " + mailbox));
            }
            client.ok("SELECT work");
            client.ok("STORE 1 +FLAGS (\\Seen \\Flagged)");
        }
    }

    /** Writes a resource into the folder, with words like {@code @PORT@} replaced. */
    static Path file(Path folder, String resource, Map<String, String> words) {
        try (InputStream in = MailClientPrograms.class.getResourceAsStream("/clients/" + resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource " + resource);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, String> word : words.entrySet()) {
                text = text.replace("@" + word.getKey() + "@", word.getValue());
            }
            return Files.writeString(folder.resolve(resource), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
