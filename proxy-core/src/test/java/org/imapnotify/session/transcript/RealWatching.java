package org.imapnotify.session.transcript;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.imapnotify.notify.Registration;
import org.imapnotify.upstream.Credentials;
import org.imapnotify.upstream.UpstreamConnection;
import org.imapnotify.upstream.UpstreamOutput;
import org.imapnotify.watch.AccountWatcher;
import org.imapnotify.watch.WatchEvents;
import org.imapnotify.watch.WatchOutput;
import org.imapnotify.watch.WatchSettings;
import org.imapnotify.wire.MailboxName;
import org.imapnotify.wire.ProtocolException;
import org.imapnotify.wire.ResponseAssembler;

/** The account's real watcher, its connections w1, w2, ... in the order in which it opens them. */
final class RealWatching implements Watching, WatchOutput {
    private static final String TIMER = "watcher";

    private final Stage stage;
    private final WatchSettings settings;
    private final List<Connection> connections = new ArrayList<>();
    private AccountWatcher watcher;

    RealWatching(Stage stage, WatchSettings settings) {
        this.stage = stage;
        this.settings = settings;
    }

    @Override
    public void loggedIn(Credentials credentials) {
        if (watcher != null) {
            stage.hop(() -> watcher.freshCredentials(credentials.copy()));
        }
    }

    @Override
    public void register(Credentials credentials, Registration registration) {
        if (watcher == null) {
            watcher = new AccountWatcher(
                    settings, credentials.copy(), this, stage.time()::now, new Random(1), WatchEvents.NONE);
        }
        stage.hop(() -> watcher.register(stage, registration));
    }

    @Override
    public void leave() {
        if (watcher != null) {
            stage.hop(() -> watcher.leave(stage));
        }
    }

    @Override
    public void hint(MailboxName mailbox) {
        if (watcher != null) {
            stage.hop(() -> watcher.hint(mailbox));
        }
    }

    @Override
    public void hintNames() {
        if (watcher != null) {
            stage.hop(watcher::hintNames);
        }
    }

    @Override
    public void hintMetadata(MailboxName mailbox) {
        if (watcher != null) {
            stage.hop(() -> watcher.hintMetadata(mailbox));
        }
    }

    @Override
    public void said(String connection, byte[] octets) {
        named(connection).read(octets);
    }

    @Override
    public void closes(String connection) {
        Connection closed = named(connection);
        stage.hop(() -> closed.closed("the server closed the connection"));
    }

    private Connection named(String name) {
        int index = Integer.parseInt(name.substring(1));
        if (index > connections.size()) {
            throw new IllegalStateException("watch connection " + name + " was never opened");
        }
        return connections.get(index - 1);
    }

    @Override
    public void table(String what, List<String> arguments) {
        throw new IllegalArgumentException(what + ": belongs to transcripts with the header watch: table");
    }

    @Override
    public void connect(UpstreamConnection connection) {
        Connection opened = new Connection(connection, "w" + (connections.size() + 1) + " C");
        connections.add(opened);
        stage.hop(() -> connection.onConnected(opened));
    }

    @Override
    public void wakeAt(long nanoTime) {
        if (nanoTime == Long.MAX_VALUE) {
            stage.time().cancel(TIMER);
        } else {
            stage.time().set(TIMER, nanoTime, watcher::onTimer);
        }
    }

    /** One watch connection; that it was closed is a line of its stream. */
    private final class Connection implements UpstreamOutput {
        private final UpstreamConnection connection;
        private final String stream;
        private final ResponseAssembler assembler;
        private boolean securing;
        private boolean closed;

        Connection(UpstreamConnection connection, String stream) {
            this.connection = connection;
            this.stream = stream;
            this.assembler = new ResponseAssembler(256 * 1024, connection::onResponse);
        }

        void read(byte[] octets) {
            if (closed) {
                throw new IllegalStateException("watch connection " + stream + " is closed");
            }
            try {
                assembler.feed(Unpooled.wrappedBuffer(octets));
            } catch (ProtocolException broken) {
                closed(String.valueOf(broken.getMessage()));
            }
        }

        void closed(String why) {
            connection.onClosed(why);
            close();
        }

        @Override
        public void send(byte[] octets) {
            stage.streams().write(stream, octets);
        }

        @Override
        public void startTls() {
            if (assembler.pending() > 0) {
                closed("data behind the answer to STARTTLS");
            } else {
                securing = true;
                stage.hop(this::secured);
            }
        }

        private void secured() {
            if (securing) {
                securing = false;
                connection.onSecured();
            }
        }

        @Override
        public void deadline(Duration after) {
            stage.time().cancel(this);
            if (!after.isZero()) {
                stage.time().set(this, stage.time().now() + after.toNanos(), connection::onDeadline);
            }
        }

        @Override
        public void close() {
            stage.time().cancel(this);
            if (!closed) {
                closed = true;
                stage.streams().write(stream, "(closed)\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        }
    }
}
