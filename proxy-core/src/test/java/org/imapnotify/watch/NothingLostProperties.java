package org.imapnotify.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.imapnotify.watch.WatchSettings.Patience;
import org.imapnotify.wire.MailboxName;

/** Whatever happens at whatever moment: in the end a session knows what there is, and no more was told than happened. */
class NothingLostProperties {
    private static final List<String> NAMES = List.of("INBOX", "a", "b", "c", "d", "e");

    /** A watcher with four connections, so that slots move, before an upstream in which things happen at random. */
    private static final class Run extends WatcherTestBase {
        private final Random random;
        private final Map<String, Long> known = new HashMap<>();

        Run(long seed) {
            super(Patience.LONG, 4, INTERVAL.multipliedBy(4));
            random = new Random(seed);
            upstream.capabilities += random.nextBoolean() ? " IDLE" : " IDLE LIST-STATUS";
            NAMES.forEach(upstream::box);
            watcher.register(new Told(), FakeSession.personal());
            upstream.settle();
        }

        private final class Told implements Subscriber {
            @Override
            public void armed(List<MailboxRow> rows) {
                rows.forEach(row -> changed(row, MailboxChange.of(MailboxChange.Kind.STATUS, row)));
            }

            @Override
            public void changed(MailboxRow row, MailboxChange change) {
                known.put(row.name().octets(), row.status().messages());
            }

            @Override
            public void unchanged(MailboxName mailbox) {}

            @Override
            public void metadataChanged(MetadataChange change) {}

            @Override
            public void lost(String why) {
                throw new AssertionError("lost: " + why);
            }
        }

        void step() {
            String name = NAMES.get((int) Math.min(NAMES.size() - 1, Math.abs(random.nextGaussian() * 3)));
            switch (random.nextInt(10)) {
                case 0, 1, 2, 3, 4 -> upstream.append(name);
                case 5 -> watcher.hint(MailboxName.of(name));
                case 6 -> upstream.pushes = random.nextInt(4) > 0;
                case 7 -> upstream.advance(Duration.ofMillis(random.nextInt(60_000)));
                case 8 -> upstream.work(random.nextInt(5));
                default -> breakOne();
            }
        }

        private void breakOne() {
            FakeUpstream.Connection connection = upstream.connections.get(random.nextInt(upstream.connections.size()));
            if (!connection.closed && random.nextInt(3) == 0) {
                connection.breaks();
            }
        }

        void settleDown() {
            upstream.advance(Duration.ofMinutes(5));
        }
    }

    @Property(tries = 300)
    void allIsKnownInTheEnd(@ForAll long seed) {
        Run run = new Run(seed);
        for (int i = 0; i < 200; i++) {
            run.step();
        }
        run.settleDown();
        run.upstream.boxes.forEach((name, box) -> assertThat(run.known).as(name).containsEntry(name, box.messages));
        assertThat(run.upstream.commands).noneMatch(command -> command.startsWith("SELECT"));
        assertThat(run.upstream.open()).isBetween(1L, 4L);
    }
}
