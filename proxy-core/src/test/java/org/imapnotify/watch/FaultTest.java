package org.imapnotify.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imapnotify.watch.FakeSession.ALL;
import static org.imapnotify.watch.FakeSession.named;
import static org.imapnotify.watch.FakeSession.personal;
import static org.imapnotify.watch.FakeSession.registration;

import java.util.List;
import org.imapnotify.Requirement;
import org.imapnotify.notify.FilterMailboxes;
import org.imapnotify.upstream.Credentials;
import org.imapnotify.upstream.Secret;
import org.imapnotify.wire.MailboxName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultTest extends WatcherTestBase {
    @BeforeEach
    void boxes() {
        List.of("INBOX", "a", "b", "c", "d").forEach(upstream::box);
    }

    @Test
    void whatHappensWhileTheConnectionIsGoneIsToldByTheNextRound() {
        watcher.register(session, named("a", "b", "c"));
        settle();
        session.take();
        upstream.connections.get(0).breaks();
        upstream.append("b");
        seconds(2.1);
        assertThat(upstream.connections).hasSize(2);
        assertThat(session.take()).containsExactly("b 1/1");
    }

    @Test
    void whatWasListedIsToldThoughTheConnectionBreaksBeforeTheRoundEnds() {
        watcher.register(session, registration(new FilterMailboxes.Personal(), ALL));
        settle();
        session.take();
        upstream.append("new");
        upstream.breaksAt = "STATUS \"new\"";
        seconds(40);
        assertThat(session.take()).containsExactly("CREATED new", "new 1/1");
    }

    @Test
    void attemptsBecomeRarer() {
        watcher.register(session, named("a"));
        settle();
        upstream.reachable = false;
        upstream.connections.get(0).breaks();
        seconds(15.1);
        assertThat(upstream.connections.size()).isGreaterThan(3);
        int before = upstream.connections.size();
        seconds(100);
        assertThat(upstream.connections.size() - before).isBetween(1, 8);
        upstream.reachable = true;
        assertThat(session.take()).containsExactly("armed 1");
    }

    @Test
    void twoMinutesWithoutSuccessAreALoss() {
        upstream.reachable = false;
        watcher.register(session, named("a"));
        seconds(119);
        assertThat(session.take()).isEmpty();
        seconds(2);
        assertThat(session.take()).containsExactly("lost the upstream cannot be watched");
        int attempts = upstream.connections.size();
        seconds(600);
        assertThat(upstream.connections).hasSize(attempts);
        upstream.reachable = true;
        watcher.register(session, named("a"));
        settle();
        assertThat(session.take()).containsExactly("armed 1");
    }

    @Test
    void anUpstreamThatAsksToBeLeftAloneForLongIsWaitedForAnHour() {
        watcher.register(session, named("a"));
        settle();
        session.take();
        upstream.loginAnswer = () -> "BAD throttled. Suggested Backoff Time: 600000 milliseconds";
        upstream.connections.get(0).breaks();
        seconds(1900);
        assertThat(upstream.connections).hasSize(5);
        assertThat(session.take()).isEmpty();
        seconds(1800);
        assertThat(session.take()).containsExactly("lost the upstream cannot be watched");
    }

    @Test
    void aSilentUpstreamIsLeftAfterItsTime() {
        watcher.register(session, named("a"));
        settle();
        upstream.holding = true;
        seconds(30);
        seconds(61);
        assertThat(upstream.connections.get(0).closed).isTrue();
        assertThat(metrics).contains("-POLL");
    }

    @Test
    @Requirement("N-261")
    void aRefusedLoginIsNotRepeatedUntilThereAreFreshCredentials() {
        upstream.loginAnswer = () -> "NO [AUTHENTICATIONFAILED] no";
        watcher.register(session, named("a"));
        settle();
        assertThat(session.take()).containsExactly("lost the login of the watch connection is refused");
        watcher.register(session, named("a"));
        seconds(600);
        assertThat(session.take()).containsExactly("lost the login of the watch connection is refused");
        assertThat(upstream.connections).hasSize(1);

        upstream.loginAnswer = () -> "OK [CAPABILITY IMAP4rev1] in";
        Secret fresh = secret("better");
        watcher.freshCredentials(new Credentials.Login("user", fresh));
        assertThat(secret.wiped()).isTrue();
        watcher.register(session, named("a"));
        upstream.takeCommands();
        settle();
        assertThat(upstream.takeCommands()).contains("LOGIN \"user\" \"better\"");
        assertThat(session.take()).containsExactly("armed 1");
    }

    @Test
    void theFreshestCredentialsAreUsedWhenTheConnectionHasToBeOpenedAgain() {
        watcher.register(session, named("a"));
        settle();
        watcher.freshCredentials(new Credentials.Login("user", secret("changed")));
        assertThat(secret.wiped()).isTrue();
        assertThat(upstream.connections.get(0).closed).as("goes on as it is").isFalse();
        upstream.takeCommands();
        upstream.connections.get(0).breaks();
        seconds(3);
        assertThat(upstream.takeCommands()).contains("LOGIN \"user\" \"changed\"");
    }

    @Test
    void whatWasRefusedIsNotTriedAgainWithTheSameSecret() {
        upstream.loginAnswer = () -> "NO [AUTHENTICATIONFAILED] no";
        watcher.register(session, named("a"));
        settle();
        watcher.freshCredentials(new Credentials.Login("user", secret.copy()));
        session.take();
        watcher.register(session, named("a"));
        seconds(600);
        assertThat(session.take()).containsExactly("lost the login of the watch connection is refused");
        assertThat(upstream.connections).hasSize(1);
    }

    @Test
    @Requirement("N-261")
    void aLimitTakesTheIdleConnectionBeforeThePoller() {
        upstream.capabilities += " IDLE";
        watcher.register(session, personal());
        settle();
        assertThat(upstream.open()).isEqualTo(2);
        upstream.loginAnswer = () -> upstream.open() > 1 ? "NO [LIMIT] Too many" : "OK [CAPABILITY IMAP4rev1 IDLE] in";
        upstream.connections.get(0).breaks();
        seconds(1.1);
        assertThat(metrics).contains("throttled/POLL");
        assertThat(upstream.open()).isZero();
        seconds(11.1);
        assertThat(upstream.open()).isEqualTo(1);
        upstream.append("a");
        seconds(30);
        assertThat(session.take()).contains("a 1/1").noneMatch(line -> line.startsWith("lost"));
    }

    @Test
    void aLimitOfTheIdleConnectionLeavesThePollerAlone() {
        upstream.capabilities += " IDLE";
        upstream.loginAnswer =
                () -> upstream.open() > 1 ? "NO Too many open connections" : "OK [CAPABILITY IMAP4rev1 IDLE] in";
        watcher.register(session, personal());
        seconds(240);
        assertThat(upstream.connections).hasSize(2);
        assertThat(upstream.open()).isEqualTo(1);
        seconds(61);
        assertThat(upstream.connections).hasSize(3);
    }

    @Test
    void anIdleConnectionMakesRoomForAPollerThatCannotConnect() {
        upstream.capabilities += " IDLE";
        watcher.register(session, personal());
        settle();
        assertThat(upstream.open()).isEqualTo(2);
        upstream.reachable = false;
        upstream.connections.get(0).breaks();
        assertThat(upstream.connections.get(1).closed).isFalse();
        seconds(1.1);
        assertThat(upstream.connections.get(1).closed).isTrue();
        upstream.reachable = true;
        seconds(2.1);
        assertThat(upstream.open()).isEqualTo(1);
    }

    @Test
    void aSessionMayLeaveWhileItIsBeingTold() {
        FakeSession other = new FakeSession();
        Subscriber leaving = new Subscriber() {
            @Override
            public void armed(List<MailboxRow> rows) {
                watcher.leave(this);
                watcher.register(other, named("b"));
            }

            @Override
            public void changed(MailboxRow row, MailboxChange change) {}

            @Override
            public void unchanged(MailboxName mailbox) {}

            @Override
            public void metadataChanged(MetadataChange change) {}

            @Override
            public void lost(String why) {}
        };
        watcher.register(leaving, named("a"));
        settle();
        assertThat(other.take()).containsExactly("armed 1");
        assertThat(upstream.open()).isEqualTo(1);
    }
}
