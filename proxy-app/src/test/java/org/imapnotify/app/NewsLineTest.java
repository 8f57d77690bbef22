package org.imapnotify.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.imapnotify.app.client.MailboxNews;
import org.junit.jupiter.api.Test;

class NewsLineTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void aStatusShowsWhatItChangedBy() {
        MailboxNews news = new MailboxNews(
                "status",
                "Work",
                new TreeMap<>(Map.of("messages", 3L, "messages-change", 1L, "unseen", 2L, "uidnext", 9L)),
                "");
        assertThat(NewsLine.text(news, NOW, false)).endsWith("  Work  messages 3 (+1), unseen 2");
        assertThat(NewsLine.json(news, NOW))
                .isEqualTo("{\"time\":\"2026-01-31T12:00:00Z\",\"event\":\"status\",\"mailbox\":\"Work\","
                        + "\"messages\":3,\"messages-change\":1,\"uidnext\":9,\"unseen\":2}");
    }

    @Test
    void aNameCannotMoveTheCursorNorEndTheLine() {
        MailboxNews news = new MailboxNews("list", "a\u001b[2J\n\u202e\"", Map.of(), "(\\NonExistent)");
        assertThat(NewsLine.text(news, NOW, false)).doesNotContain("\u001b", "\n", "\u202e");
        assertThat(NewsLine.json(news, NOW))
                .contains("\"a\\u001b[2J\\u000a\u202e\\\"\"")
                .doesNotContain("\n");
    }

    @Test
    void coloursOnlyWhenAsked() {
        MailboxNews news = new MailboxNews("exists", "INBOX", Map.of("messages", 3L), "");
        assertThat(NewsLine.text(news, NOW, true)).contains("\u001b[1mINBOX\u001b[0m");
        assertThat(NewsLine.text(news, NOW, false)).doesNotContain("\u001b");
    }
}
