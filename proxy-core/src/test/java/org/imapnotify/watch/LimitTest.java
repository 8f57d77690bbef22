package org.imapnotify.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imapnotify.watch.FakeSession.named;

import org.imapnotify.watch.WatchSettings.Patience;
import org.junit.jupiter.api.Test;

/** Sessions that can do without the watcher are sent away as soon as the upstream is seen to be full. */
class LimitTest extends WatcherTestBase {
    private static final String FULL = "lost the upstream takes no more connections";

    LimitTest() {
        super(Patience.SHORT);
        upstream.box("a");
    }

    @Test
    void aLimitAtTheFirstAttemptIsALossAndLaterSessionsDoNotTryBeforeTheBackOffIsOver() {
        upstream.loginAnswer = () -> "NO [LIMIT] Maximum number of connections exceeded";
        watcher.register(session, named("a"));
        settle();
        assertThat(session.take()).containsExactly(FULL);
        FakeSession other = new FakeSession();
        watcher.register(other, named("a"));
        settle();
        assertThat(other.take()).containsExactly(FULL);
        assertThat(upstream.connections).hasSize(1);
    }

    @Test
    void afterTheBackOffItIsTriedAgainForTheNextSession() {
        upstream.loginAnswer = () -> "NO [LIMIT] full";
        watcher.register(session, named("a"));
        settle();
        session.take();
        upstream.loginAnswer = () -> "OK [CAPABILITY IMAP4rev1] in";
        seconds(60);
        assertThat(upstream.connections).hasSize(1);
        watcher.register(session, named("a"));
        settle();
        assertThat(session.take()).containsExactly("armed 1");
    }

    @Test
    void aConnectionThatIsNotLetInAgainIsALossToo() {
        watcher.register(session, named("a"));
        settle();
        session.take();
        upstream.loginAnswer = () -> "NO [LIMIT] full";
        upstream.connections.get(0).breaks();
        upstream.append("a");
        seconds(1.2);
        assertThat(upstream.connections).hasSize(2);
        assertThat(session.take()).containsExactly(FULL);
    }
}
