package org.imapnotify.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.imapnotify.Requirement;

/** Whatever happens to nested names between two listings, whoever follows the events knows the names in the end. */
class ListChangesProperties {
    private static final List<String> NAMES = List.of("a", "a/x", "a/x/y", "b", "b/x", "c", "c/a", "c/a/x", "d", "e");

    private static final class Account extends WatcherTestBase {}

    @Property(tries = 400)
    @Requirement("N-144")
    void whoFollowsTheEventsKnowsTheNames(@ForAll long seed) {
        Random random = new Random(seed);
        Account account = new Account();
        FakeUpstream upstream = account.upstream;
        NAMES.subList(0, 6).forEach(upstream::box);
        upstream.capabilities += random.nextBoolean() ? " LIST-EXTENDED LIST-STATUS" : "";
        account.watcher.register(account.session, FakeSession.personal());
        account.settle();
        Set<String> names = new TreeSet<>(upstream.boxes.keySet());
        account.session.take();
        List<String> done = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            for (int i = random.nextInt(8); i > 0; i--) {
                done.add(change(upstream, random));
            }
            account.seconds(60);
            List<String> told = account.session.take();
            FakeSession.follow(names, told);
            assertThat(names).as(done + " was told as " + told).isEqualTo(new TreeSet<>(upstream.boxes.keySet()));
            done.clear();
        }
    }

    private static String change(FakeUpstream upstream, Random random) {
        String name = NAMES.get(random.nextInt(NAMES.size()));
        String other = NAMES.get(random.nextInt(NAMES.size()));
        boolean there = upstream.boxes.containsKey(name);
        boolean free = upstream.boxes.keySet().stream().noneMatch(each -> (each + "/").startsWith(other + "/"));
        if (!there) {
            upstream.append(name);
            return "append " + name;
        } else if (free && !other.startsWith(name + "/")) {
            upstream.rename(name, other);
            return "rename " + name + " " + other;
        }
        upstream.boxes.remove(name);
        return "delete " + name;
    }
}
