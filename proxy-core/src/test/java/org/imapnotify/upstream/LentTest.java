package org.imapnotify.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.imapnotify.wire.Capabilities;
import org.imapnotify.wire.MailboxName;
import org.imapnotify.wire.Response;
import org.junit.jupiter.api.Test;

/** A connection that belongs to somebody else. */
class LentTest implements UpstreamOutput, UpstreamListener {
    private final List<String> log = new ArrayList<>();
    private final UpstreamConnection connection = new UpstreamConnection(
            new ConnectionSettings(false, Duration.ofSeconds(1), Duration.ofSeconds(1)),
            () -> {
                throw new IllegalStateException("nobody logs in");
            },
            this);

    private void lend() {
        connection.onLent(this, Capabilities.of("IMAP4rev1"), Quirks.NONE, "xw");
    }

    private void status(String octets) {
        MailboxName name = MailboxName.of(octets);
        connection.submit(
                new CommandWriter(connection.capabilities())
                        .raw("STATUS ")
                        .mailbox(name)
                        .raw(" (MESSAGES)")
                        .toCommand(),
                tagged -> log.add(name.octets() + " " + tagged.name()));
        connection.flush();
    }

    private void answer(String line) {
        connection.onResponse(Response.parse((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void sendsNothingBeforeItIsToldTo() {
        lend();
        status("a");
        status("b");
        assertThat(log).containsExactly("ready");
        assertThat(connection.pass(1, command -> false)).isEqualTo(1);
        assertThat(log).containsExactly("ready", "xw1 STATUS \"a\" (MESSAGES)\r\n");
        assertThat(connection.hasWaiting()).isTrue();
        answer("xw1 OK done");
        assertThat(connection.pass(9, command -> false)).isEqualTo(1);
        answer("xw2 NO there is none");
        assertThat(log).endsWith("a OK", "xw2 STATUS \"b\" (MESSAGES)\r\n", "b NO");
        assertThat(connection.hasWaiting()).isFalse();
    }

    @Test
    void needlessCommandsCountAsDone() {
        lend();
        status("INBOX");
        status("b\u00e4");
        status("INBOX/c");
        assertThat(connection.pass(9, command -> command.isStatusOf(MailboxName.of("inbox"))))
                .isEqualTo(1);
        assertThat(log).containsExactly("ready", "xw2 STATUS {2}\r\n", "INBOX OK");
        answer("+ go on");
        assertThat(log).last().isEqualTo("b\u00e4 (MESSAGES)\r\n");
        answer("xw2 OK done");
        assertThat(connection.pass(9, command -> command.isStatusOf(MailboxName.of("INBOX/c"))))
                .isZero();
        assertThat(log).endsWith("b\u00e4 OK", "INBOX/c OK");
    }

    @Override
    public void send(byte[] octets) {
        log.add(new String(octets, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void startTls() {
        throw new IllegalStateException("no TLS here");
    }

    @Override
    public void deadline(Duration after) {}

    @Override
    public void close() {
        log.add("close");
    }

    @Override
    public void onReady() {
        log.add("ready");
    }

    @Override
    public void onFailed(Failure failure) {
        log.add("failed " + failure.why());
    }
}
