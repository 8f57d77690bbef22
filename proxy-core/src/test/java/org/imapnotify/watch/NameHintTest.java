package org.imapnotify.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imapnotify.watch.FakeSession.named;
import static org.imapnotify.watch.FakeSession.registration;

import org.imapnotify.notify.FilterMailboxes;
import org.junit.jupiter.api.Test;

class NameHintTest extends WatcherTestBase {
    private static final String LIST = "LIST \"\" \"*\"";
    private static final String LSUB = "LSUB \"\" \"*\"";

    private void watchingEverything() {
        upstream.box("INBOX");
        upstream.box("a");
        watcher.register(session, registration(new FilterMailboxes.Personal(), FakeSession.ALL));
        settle();
        upstream.takeCommands();
        session.take();
    }

    @Test
    void aCreatedMailboxIsToldAtOnceTogetherWithItsStatus() {
        watchingEverything();
        upstream.append("new");
        watcher.hintNames();
        settle();
        assertThat(upstream.takeCommands()).containsExactly(LIST, LSUB, "STATUS \"new\"" + ITEMS);
        assertThat(session.take()).containsExactly("CREATED new");
        seconds(60);
        assertThat(session.take()).isEmpty();
    }

    @Test
    void aDeletedMailboxAndASubscriptionAreToldAtOnce() {
        watchingEverything();
        upstream.boxes.remove("a");
        upstream.box("INBOX").subscribed = true;
        watcher.hintNames();
        settle();
        assertThat(session.take()).hasSize(2);
        assertThat(upstream.takeCommands()).containsExactly(LIST, LSUB);
    }

    @Test
    void hintsDuringAListingMakeOneMore() {
        watchingEverything();
        upstream.holding = true;
        watcher.hintNames();
        for (int i = 0; i < 100; i++) {
            upstream.box("new" + i);
            watcher.hintNames();
        }
        upstream.holding = false;
        settle();
        seconds(1);
        assertThat(upstream.takeCommands().stream().filter(LIST::equals)).hasSize(2);
        assertThat(session.take()).hasSize(100);
    }

    @Test
    void listingsLeaveTheUpstreamMoreTimeThanTheyTake() {
        watchingEverything();
        upstream.holding = true;
        watcher.hintNames();
        seconds(2);
        upstream.holding = false;
        settle();
        upstream.takeCommands();
        watcher.hintNames();
        seconds(7.9);
        assertThat(upstream.takeCommands()).isEmpty();
        seconds(0.2);
        assertThat(upstream.takeCommands()).containsExactly(LIST, LSUB);
    }

    @Test
    void nothingIsListedWhenNobodyAskedForMoreThanNamedMailboxes() {
        upstream.box("a");
        watcher.register(session, named("a"));
        settle();
        upstream.takeCommands();
        watcher.hintNames();
        settle();
        assertThat(upstream.takeCommands()).isEmpty();
    }
}
