package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A Dovecot with NOTIFY, which the proxy uses itself in {@code emulate} mode: sessions are told promptly though nothing is
 * polled. The writer works on Dovecot directly. The poll interval is so long that no event can come by a round.
 */
class NativeSourceIT {
    private static final int BOXES = 10;
    private static final double PROMPT_MILLIS = 3_000;
    private static final String NOTIFY = "NOTIFY SET (personal (MessageNew MessageExpunge FlagChange))";
    private static final Pattern LISTINGS = Pattern.compile("LIST \"\" \"\\*\"");
    private static final Pattern QUESTIONS = Pattern.compile("^\\S+ STATUS ", Pattern.MULTILINE);
    private static final LegacyServer DOVECOT = LegacyServer.shared(Variant.DOVECOT_NATIVE);

    /** This Dovecot is one that loses events of its own NOTIFY, so that "auto" emulates, too. */
    @ParameterizedTest
    @ValueSource(strings = {"auto", "emulate"})
    void tellsPromptlyAndPollsNothing(String mode) {
        try (Wiretap tap = new Wiretap(DOVECOT.port());
                ProxyProcess proxy = ProxyProcess.beforeUrl(
                        "imap://127.0.0.1:" + tap.port(), "--notify", mode, ProxyProcess.POLL_INTERVAL, "60s");
                ImapTestClient writer = ImapTestClient.loggedIn(DOVECOT.port(), "source-" + mode);
                ImapTestClient client = ImapTestClient.loggedIn(proxy.port(), "source-" + mode);
                ImapTestClient second = ImapTestClient.loggedIn(proxy.port(), "source-" + mode)) {
            for (int i = 1; i <= BOXES; i++) {
                writer.ok("CREATE box" + i);
            }
            List.of(client, second).forEach(each -> each.ok(NOTIFY));
            EventCollector events = EventCollector.of(client);
            EventCollector others = EventCollector.of(second);
            Awaitility.await("a round after NOTIFY is in force").until(() -> count(LISTINGS, tap) >= 2);
            assertThat(tap.fromProxy()).contains("NOTIFY SET (personal (MessageNew");
            long listings = count(LISTINGS, tap);
            long questions = count(QUESTIONS, tap);

            Samples appends = new Samples("source NOTIFY: APPEND -> STATUS");
            Samples flags = new Samples("source NOTIFY: \\Seen -> STATUS");
            for (int i = 1; i <= BOXES; i++) {
                String tag = writer.appendWithoutWaiting("box" + i, Messages.withSubject("news"));
                appends.add(writer.expect(tag + " OK.*").nanos(), status(events, i, "MESSAGES 1\\b.*"));
                writer.ok("SELECT box" + i);
                tag = writer.send("STORE 1 +FLAGS (\\Seen)");
                flags.add(writer.expect(tag + " OK.*").nanos(), status(events, i, ".*UNSEEN 0\\b.*"));
                writer.ok("UNSELECT");
            }
            status(others, BOXES, ".*UNSEEN 0\\b.*");

            long asked = count(QUESTIONS, tap) - questions;
            System.out.printf("[it] %s%n[it] %s%n[it] %s%n", Samples.header(), appends.row(), flags.row());
            System.out.printf("[it] %d events, two sessions: %d STATUS%n", 2 * BOXES, asked);
            assertThat(count(LISTINGS, tap)).as("rounds").isEqualTo(listings);
            assertThat(asked).as("questions").isBetween(2L * BOXES, 4L * BOXES);
            assertThat(appends.percentile(90)).isLessThan(PROMPT_MILLIS);
            assertThat(flags.percentile(90)).isLessThan(PROMPT_MILLIS);
        }
    }

    private static long status(EventCollector events, int box, String items) {
        return events.await("\\* STATUS \"?box" + box + "\"? \\(" + items).nanos();
    }

    private static long count(Pattern command, Wiretap tap) {
        return command.matcher(tap.fromProxy()).results().count();
    }
}
