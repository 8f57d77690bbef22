package org.imapnotify.watch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.imapnotify.notify.Registration;
import org.imapnotify.watch.FakeUpstream.Box;

/** An account whose mailboxes come, go, move and fill at random between two looks of its watcher; for tests of what sessions make of that. */
public final class RandomAccount {
    private static final List<String> NAMES = List.of("a", "a/x", "a/x/y", "b", "b/x", "c", "c/a", "c/a/x", "d", "e");

    /** A name that is listed, as the server has it. */
    public record Listed(
            boolean accessible,
            boolean subscribed,
            boolean hasChildren,
            long messages,
            long uidNext,
            long uidValidity) {}

    private static final class Account extends WatcherTestBase {}

    private final Account account = new Account();
    private final FakeUpstream upstream = account.upstream;
    private final Random random;
    private final boolean keepsDeletedParents;
    private final List<String> done = new ArrayList<>();

    /** @param subscriber is told of everything that the registration is about */
    public RandomAccount(long seed, Registration registration, Subscriber subscriber) {
        this.random = new Random(seed);
        this.keepsDeletedParents = random.nextBoolean();
        NAMES.subList(0, 6).forEach(this::create);
        upstream.capabilities += random.nextBoolean() ? " LIST-EXTENDED LIST-STATUS" : "";
        tidy();
        account.watcher.register(subscriber, registration);
        account.settle();
    }

    /** Something happens, then time enough for two looks. */
    public void round() {
        done.clear();
        for (int i = random.nextInt(8); i > 0; i--) {
            done.add(change());
            tidy();
        }
        account.seconds(60);
        account.seconds(60);
    }

    /** What happened in the last round. */
    public List<String> done() {
        return List.copyOf(done);
    }

    public Map<String, Listed> listed() {
        Map<String, Listed> listed = new TreeMap<>();
        upstream.boxes.forEach((name, box) -> listed.put(
                name,
                new Listed(
                        !box.refused,
                        box.subscribed,
                        box.attributes.equals("\\HasChildren"),
                        box.messages,
                        box.uidNext,
                        box.uidValidity)));
        return listed;
    }

    private String change() {
        String name = pick();
        String other = pick();
        Box box = upstream.boxes.get(name);
        if (box == null || box.refused) {
            create(name);
            return "create " + name;
        }
        return switch (random.nextInt(6)) {
            case 0 -> {
                upstream.append(name);
                yield "append " + name;
            }
            case 1 -> {
                box.subscribed = !box.subscribed;
                yield "subscribe " + name + " " + box.subscribed;
            }
            case 2, 3 -> {
                delete(name);
                yield "delete " + name;
            }
            default -> rename(name, other);
        };
    }

    private String rename(String name, String other) {
        boolean free = upstream.boxes.keySet().stream().noneMatch(each -> (each + "/").startsWith(other + "/"));
        if (free && !(other + "/").startsWith(name + "/")) {
            upstream.rename(name, other);
            return "rename " + name + " " + other;
        }
        return "nothing";
    }

    private void create(String name) {
        upstream.boxes.remove(name);
        upstream.box(name);
        if (random.nextBoolean()) {
            upstream.append(name);
        }
    }

    private void delete(String name) {
        if (keepsDeletedParents && hasChildren(name)) {
            Box left = new Box();
            left.refused = true;
            left.subscribed = Objects.requireNonNull(upstream.boxes.get(name)).subscribed;
            upstream.boxes.put(name, left);
        } else {
            upstream.boxes.remove(name);
        }
    }

    private boolean hasChildren(String name) {
        return upstream.boxes.keySet().stream().anyMatch(each -> each.startsWith(name + "/"));
    }

    /** A deleted mailbox is listed as long as there are others below it. */
    private void tidy() {
        upstream.boxes.entrySet().removeIf(each -> each.getValue().refused && !hasChildren(each.getKey()));
        Map<String, Box> boxes = new LinkedHashMap<>(upstream.boxes);
        boxes.forEach((name, box) -> box.attributes = hasChildren(name) ? "\\HasChildren" : "\\HasNoChildren");
    }

    private String pick() {
        return NAMES.get(random.nextInt(NAMES.size()));
    }
}
