package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An account of a thousand mailboxes on a Dovecot. */
class ManyMailboxesIT {
    private static final int MAILBOXES = 1000;
    private static final LegacyServer DOVECOT = LegacyServer.shared(Variant.DOVECOT_LEGACY);

    @Test
    void areAskedForInOneCommand() {
        try (Wiretap wiretap = new Wiretap(DOVECOT.port());
                ProxyProcess proxy = ProxyProcess.beforeUrl(
                        "imap://" + LegacyServer.HOST + ":" + wiretap.port(), ProxyProcess.POLL_INTERVAL, "5s");
                ImapTestClient writer = ImapTestClient.loggedIn(DOVECOT.port(), "thousand");
                ImapTestClient client = ImapTestClient.loggedIn(proxy.port(), "thousand");
                ImapTestClient again = ImapTestClient.loggedIn(proxy.port(), "thousand")) {
            create(writer);
            String set = "NOTIFY SET STATUS (personal (MessageNew MessageExpunge))";
            long start = System.nanoTime();
            List<String> answer = client.ok(set);
            long first = System.nanoTime();
            assertThat(answer.stream().filter(line -> line.startsWith("* STATUS ")))
                    .hasSize(MAILBOXES + 1);
            assertThat(count("(?m)^w\\S+ LIST \"\" \"\\*\".*STATUS", wiretap)).isEqualTo(1);
            assertThat(count("(?m)^w\\S+ STATUS ", wiretap))
                    .as("of INBOX, once its IDLE has begun")
                    .isLessThanOrEqualTo(1);

            again.ok(set);
            long second = System.nanoTime();
            System.out.printf(
                    Locale.ROOT,
                    "[it] Dovecot, %d mailboxes: NOTIFY SET STATUS to its OK %.0f ms, by a second session %.0f ms%n",
                    MAILBOXES,
                    (first - start) / 1e6,
                    (second - first) / 1e6);
            EventCollector events = EventCollector.of(client);
            writer.append("box777", Messages.withSubject("news"));
            events.await("\\* STATUS box777 \\(MESSAGES 1 .*");
        }
    }

    private static void create(ImapTestClient writer) {
        writer.raw(IntStream.rangeClosed(1, MAILBOXES)
                .mapToObj(i -> "c" + i + " CREATE box" + i + "\r\n")
                .collect(Collectors.joining()));
        IntStream.rangeClosed(1, MAILBOXES).forEach(i -> writer.expect("c" + i + " OK .*"));
    }

    private static long count(String regex, Wiretap wiretap) {
        return Pattern.compile(regex).matcher(wiretap.fromProxy()).results().count();
    }
}
