package org.imapnotify.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.imapnotify.wire.Response;

/** The far end of one connection: what was sent is looked at, what is answered is said. Time is a number. */
public final class Wire implements UpstreamOutput {
    private final UpstreamConnection connection;
    private final List<String> writes = new ArrayList<>();
    private Duration deadline = Duration.ZERO;
    private boolean startedTls;
    private String introduction = "";
    private boolean compressed;
    private boolean closed;

    public Wire(UpstreamConnection connection) {
        this.connection = connection;
    }

    public Wire connect() {
        connection.onConnected(this);
        return this;
    }

    /** Who the connection is for, as an ID command. */
    Wire introducing(String command) {
        introduction = command;
        return this;
    }

    @Override
    public String introduction() {
        return introduction;
    }

    public Wire secured() {
        assertThat(startedTls).isTrue();
        connection.onSecured();
        return this;
    }

    /** The channel has broken. */
    public Wire breaks() {
        connection.onClosed("connection reset");
        return this;
    }

    /** The upstream says these lines, one response each. */
    public Wire says(String... responses) {
        for (String response : responses) {
            connection.onResponse(Response.parse((response + "\r\n").getBytes(StandardCharsets.ISO_8859_1)));
        }
        return this;
    }

    /** Exactly these writes were made since the last time this was asked. */
    public Wire expect(String... expected) {
        assertThat(take()).containsExactly(expected);
        return this;
    }

    public Wire expectNothing() {
        assertThat(take()).isEmpty();
        return this;
    }

    /** The writes since the last time, without the last line end of each. */
    public List<String> take() {
        List<String> taken = List.copyOf(writes);
        writes.clear();
        return taken;
    }

    /** The time that was asked for is over. */
    public Wire timeIsOver() {
        assertThat(deadline).isPositive();
        connection.onDeadline();
        return this;
    }

    public Duration deadline() {
        return deadline;
    }

    public boolean startedTls() {
        return startedTls;
    }

    public boolean compressed() {
        return compressed;
    }

    public boolean closed() {
        return closed;
    }

    @Override
    public void send(byte[] octets) {
        assertThat(closed).isFalse();
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        assertThat(text).endsWith("\r\n");
        writes.add(text.substring(0, text.length() - 2));
    }

    @Override
    public void startTls() {
        startedTls = true;
    }

    @Override
    public void compress() {
        compressed = true;
    }

    @Override
    public void deadline(Duration after) {
        deadline = after;
    }

    @Override
    public void close() {
        closed = true;
    }
}
