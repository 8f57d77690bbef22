package org.imapnotify.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/quirks.md} says what the rules say; {@code -Dimapnotify.write=true} writes it. */
class QuirksPageTest {
    private static final Path PAGE = Path.of("..", "docs", "quirks.md");

    private static final String HEAD = """
            # What is done otherwise with which server

            Made from the rules themselves (`QuirkRule`, whose comments give the sources) by `QuirksPageTest`. A server is recognised by any of its marks: the text of its
            greeting, its capabilities, or the name in its answer to ID (RFC 2971), which watch connections ask for. `imap-notify-proxy check` tells what it recognises.

            `quirks: auto`, the default, applies the rules that fit; `quirks: off` none; `quirks: gmail` or `quirks: zimbra,courier` these, whatever the server says.

            What a server is seen to do beats the table: one that answers only the first of commands sent together, or drops the connection upon them twice in a row, is asked one by one
            from then on; one that advertises LIST-STATUS and gives no STATUS lines is asked by STATUS; one whose IDLE keeps silent about what STATUS shows is polled, its own NOTIFY likewise, and tried
            again after half an hour, and then after twice as long each time, a day at most.

            | rule | server | recognised by | done otherwise | to know |
            | --- | --- | --- | --- | --- |
            """;

    private static String page() {
        StringBuilder page = new StringBuilder(HEAD);
        for (QuirkRule rule : QuirkRule.values()) {
            String otherwise = rule.quirks().says().isEmpty()
                    ? "nothing"
                    : String.join("; ", rule.quirks().says());
            page.append("| `")
                    .append(rule.key())
                    .append("` | ")
                    .append(rule.server())
                    .append(" | ")
                    .append(String.join("; ", rule.marks()))
                    .append(" | ")
                    .append(otherwise)
                    .append(" | ")
                    .append(rule.advice())
                    .append(" |\n");
        }
        return page.toString();
    }

    @Test
    void thePageIsTheTable() throws IOException {
        if (Boolean.getBoolean("imapnotify.write")) {
            Files.writeString(PAGE, page());
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page());
    }
}
