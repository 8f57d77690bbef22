package org.imapnotify.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imapnotify.watch.FakeSession.named;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PauseTest extends WatcherTestBase {
    @BeforeEach
    void boxes() {
        List.of("INBOX", "a", "b").forEach(upstream::box);
    }

    @Test
    void whatHappensInAPauseIsToldBehindIt() {
        watcher.register(session, named("a", "b"));
        settle();
        session.take();
        int connections = upstream.connections.size();
        watcher.pause(true);
        upstream.append("b");
        seconds(600);
        assertThat(session.take()).isEmpty();
        assertThat(upstream.connections).hasSize(connections);
        watcher.pause(false);
        settle();
        assertThat(session.take()).containsExactly("b 1/1");
    }

    @Test
    void whoIsNotAnsweredYetIsToldAtOnce() {
        watcher.register(session, named("a"));
        watcher.pause(true);
        assertThat(session.take()).containsExactly("lost the operator has paused watching");
        watcher.register(session, named("a"));
        assertThat(session.take()).containsExactly("lost the operator has paused watching");
        watcher.pause(false);
        watcher.register(session, named("a"));
        settle();
        assertThat(session.take()).containsExactly("armed 1");
    }
}
