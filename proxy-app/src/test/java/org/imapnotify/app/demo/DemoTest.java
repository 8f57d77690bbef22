package org.imapnotify.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class DemoTest {
    @Test
    void tellsOfThreeMailboxesOverOneConnection() throws IOException {
        StringWriter text = new StringWriter();
        Demo.run(new Transcript(new PrintWriter(text), false));

        assertThat(text)
                .asString()
                .contains("C: a4 NOTIFY SET STATUS (selected ", "S: * STATUS Lists (", "S: * STATUS Work (")
                .contains("S: * 1 EXISTS", "S: Subject: Lunch?", "1 connection, 3 mailboxes")
                .doesNotContain("\u001b");
    }

    @Test
    void whatDoesNotComeIsNamed() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Conversation conversation =
                        new Conversation("the client", (InetSocketAddress) listener.getLocalSocketAddress())) {
            listener.accept().close();
            assertThatThrownBy(() -> conversation.await("EXISTS", line -> true, line -> {}))
                    .isInstanceOf(DemoFailure.class)
                    .hasMessageContainingAll("the client", "EXISTS");
        }
    }

    @Test
    void coloursOnlyWhenAsked() {
        StringWriter text = new StringWriter();
        new Transcript(new PrintWriter(text), true).client("a1 NOOP");
        assertThat(text).hasToString("\u001b[36mC: a1 NOOP\u001b[0m" + System.lineSeparator());
    }
}
