package org.imapnotify.app;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.imapnotify.app.client.MailboxNews;

/** One event for humans or for programs. */
final class NewsLine {
    private static final String BOLD = "\u001b[1m";
    private static final String GREEN = "\u001b[32m";
    private static final String DIM = "\u001b[2m";
    private static final String PLAIN = "\u001b[0m";

    private NewsLine() {}

    static String json(MailboxNews news, Instant now) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("time", now.truncatedTo(ChronoUnit.MILLIS));
        object.put("event", news.kind());
        if (!news.mailbox().isEmpty()) {
            object.put("mailbox", news.mailbox());
        }
        object.putAll(news.numbers());
        if (!news.text().isEmpty()) {
            object.put("text", news.text());
        }
        return Json.of(object);
    }

    static String text(MailboxNews news, Instant now, boolean colour) {
        LocalTime time = LocalTime.ofInstant(now, ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
        StringBuilder line = new StringBuilder();
        line.append(dressed(time.toString(), DIM, colour)).append("  ");
        if (!news.mailbox().isEmpty()) {
            line.append(dressed(Printable.of(news.mailbox()), BOLD, colour)).append("  ");
        }
        line.append(words(news, colour));
        return line.toString().stripTrailing();
    }

    private static String words(MailboxNews news, boolean colour) {
        return switch (news.kind()) {
            case "status" -> status(news.numbers(), colour);
            case "exists" -> news.numbers().get("messages") + " messages";
            case "expunge" -> "message " + news.numbers().get("number") + " is gone";
            case "fetch" -> "message " + news.numbers().get("number") + " has changed";
            case "list" -> "mailbox " + Printable.of(news.text());
            default -> dressed(news.kind() + ": " + Printable.of(news.text()), DIM, colour);
        };
    }

    private static String status(Map<String, Long> numbers, boolean colour) {
        StringBuilder words = new StringBuilder();
        numbers.forEach((item, value) -> {
            Long change = numbers.get(item + "-change");
            boolean shown =
                    item.equals("messages") || item.equals("unseen") || (change != null && !item.endsWith("-change"));
            if (shown && !item.endsWith("-change")) {
                words.append(words.isEmpty() ? "" : ", ")
                        .append(item)
                        .append(' ')
                        .append(value);
                if (change != null) {
                    words.append(dressed(String.format(" (%+d)", change), GREEN, colour));
                }
            }
        });
        return words.toString();
    }

    private static String dressed(String text, String code, boolean colour) {
        return colour ? code + text + PLAIN : text;
    }
}
