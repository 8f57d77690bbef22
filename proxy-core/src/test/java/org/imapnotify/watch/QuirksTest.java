package org.imapnotify.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imapnotify.watch.FakeSession.named;
import static org.imapnotify.watch.FakeSession.personal;

import java.util.List;
import java.util.stream.IntStream;
import org.imapnotify.watch.WatchSettings.Patience;
import org.imapnotify.wire.MailboxName;
import org.junit.jupiter.api.Test;

/** What rules change for a watcher that might have nine connections. */
class QuirksTest extends WatcherTestBase {
    QuirksTest() {
        super(Patience.LONG, 9, INTERVAL.multipliedBy(2));
        upstream.box("INBOX");
        upstream.capabilities += " IDLE";
    }

    /** Eight mailboxes in which much happens. */
    private long connectionsWhenBusy() {
        List<String> names =
                IntStream.rangeClosed(1, 8).mapToObj(i -> "box" + i).toList();
        names.forEach(upstream::box);
        watcher.register(session, personal());
        settle();
        for (String name : names) {
            for (int i = 0; i < 3; i++) {
                upstream.append(name);
                watcher.hint(MailboxName.of(name));
                settle();
            }
        }
        seconds(60);
        return upstream.open();
    }

    @Test
    void withoutARuleAllConnectionsAreUsed() {
        assertThat(connectionsWhenBusy()).isEqualTo(9);
    }

    @Test
    void gmailIsGivenFive() {
        upstream.capabilities += " X-GM-EXT-1";
        assertThat(connectionsWhenBusy()).isEqualTo(5);
    }

    /** Its IDLE looks once a minute, so it owes what STATUS shows before that. */
    @Test
    void courierIsAskedBesidesAndItsIdleIsNotGivenUp() {
        upstream.greeting = "Courier-IMAP ready.";
        upstream.pushes = false;
        watcher.register(session, named("INBOX"));
        settle();
        session.take();
        for (int i = 1; i <= 5; i++) {
            upstream.append("INBOX");
            seconds(31);
            assertThat(session.take()).containsExactly("INBOX " + i + "/" + i);
        }
        assertThat(metrics).asString().doesNotContain("no/idle");
        assertThat(upstream.open()).isEqualTo(2);
    }

    @Test
    void imap4dIsNotListenedTo() {
        upstream.greeting = "IMAP4rev1";
        watcher.register(session, named("INBOX"));
        seconds(60);
        assertThat(upstream.open()).isEqualTo(1);
    }

    /** A hint that comes while one command is in flight goes behind it, not with it. */
    @Test
    void whereCommandsGoOneByOneNoWriteHasTwo() {
        upstream.greeting = "Twisted IMAP4rev1 Ready";
        List.of("a", "b", "c").forEach(upstream::box);
        upstream.holding = true;
        watcher.register(session, personal());
        upstream.holding = false;
        settle();
        List.of("a", "b", "c").forEach(name -> {
            upstream.append(name);
            watcher.hint(MailboxName.of(name));
        });
        seconds(31);
        assertThat(session.take()).contains("a 1/1", "b 1/1", "c 1/1");
        assertThat(upstream.writes)
                .allSatisfy(write -> assertThat(write.split("\r\n", 0)).hasSize(1));
    }
}
