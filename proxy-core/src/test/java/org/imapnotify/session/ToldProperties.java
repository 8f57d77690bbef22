package org.imapnotify.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.imapnotify.Requirement;
import org.imapnotify.notify.Event;
import org.imapnotify.notify.EventGroup;
import org.imapnotify.notify.FilterMailboxes;
import org.imapnotify.notify.Registration;
import org.imapnotify.watch.MailboxChange;
import org.imapnotify.watch.MailboxRow;
import org.imapnotify.watch.MetadataChange;
import org.imapnotify.watch.RandomAccount;
import org.imapnotify.watch.RandomAccount.Listed;
import org.imapnotify.watch.Subscriber;
import org.imapnotify.wire.MailboxName;

/** Whatever happens to nested mailboxes between two looks, who believes each line that is told knows it all in the end. */
class ToldProperties {
    private static final Set<Event> EVENTS = EnumSet.of(
            Event.MESSAGE_NEW, Event.MESSAGE_EXPUNGE, Event.FLAG_CHANGE, Event.MAILBOX_NAME, Event.SUBSCRIPTION_CHANGE);

    @Property(tries = 400)
    @Requirement({"N-125", "N-140", "N-141", "N-143", "N-144", "N-149"})
    void ofTheWholeAccount(@ForAll long seed, @ForAll boolean reads) {
        follow(seed, reads, new FilterMailboxes.Personal(), name -> true);
    }

    @Property(tries = 400)
    @Requirement({"N-068", "N-146"})
    void ofASubtree(@ForAll long seed, @ForAll boolean reads) {
        FilterMailboxes filter = new FilterMailboxes.Subtree(List.of(MailboxName.of("a"), MailboxName.of("c/a")));
        follow(seed, reads, filter, name -> (name + "/").startsWith("a/") || (name + "/").startsWith("c/a/"));
    }

    /** @param reads the client takes each line as soon as it can be told; otherwise only now and then */
    private static void follow(long seed, boolean reads, FilterMailboxes filter, Predicate<String> covered) {
        Registration registration = new Registration(List.of(new EventGroup(filter, EVENTS, List.of())));
        Client client = new Client(registration, reads, covered);
        RandomAccount account = new RandomAccount(seed, registration, client);
        client.startsFrom(account.listed());
        for (int round = 0; round < 4; round++) {
            account.round();
            client.takeAll();
            assertThat(client.faults(account.listed()))
                    .as(account.done() + " was told as " + client.lines)
                    .isEmpty();
            client.lines.clear();
        }
    }

    /** What it believes, from nothing but the lines. Of what is below a renamed mailbox it takes along what it is told of. */
    private static final class Client implements Subscriber {
        private static final Pattern LIST =
                Pattern.compile("\\* LIST \\((.*?)\\) \"/\" (\\S+)(?: \\(\"OLDNAME\" \\((\\S+)\\)\\))?\r\n");
        private static final Pattern STATUS = Pattern.compile("\\* STATUS (\\S+) \\((.*)\\)\r\n");

        private final Registration registration;
        private final boolean reads;
        private final Predicate<String> covered;
        private final Deliveries deliveries = new Deliveries();
        private final Map<String, String> names = new TreeMap<>();
        private final Map<String, Map<String, Long>> numbers = new TreeMap<>();
        private final List<String> lines = new ArrayList<>();

        Client(Registration registration, boolean reads, Predicate<String> covered) {
            this.registration = registration;
            this.reads = reads;
            this.covered = covered;
        }

        private void startsFrom(Map<String, Listed> listed) {
            listed.forEach((name, is) -> {
                names.put(name, attributes(is));
                numbers.put(name, counted(is));
            });
        }

        private static String attributes(Listed is) {
            return (is.subscribed() ? "\\Subscribed " : "")
                    + (is.hasChildren() ? "\\HasChildren" : "\\HasNoChildren")
                    + (is.accessible() ? "" : " \\NoAccess");
        }

        private static Map<String, Long> counted(Listed is) {
            return new TreeMap<>(
                    Map.of("MESSAGES", is.messages(), "UIDNEXT", is.uidNext(), "UIDVALIDITY", is.uidValidity()));
        }

        @Override
        public void armed(List<MailboxRow> rows) {
            deliveries.arm(registration, rows, Optional.empty());
        }

        @Override
        public void changed(MailboxRow row, MailboxChange change) {
            deliveries.changed(registration, row, change, Optional.empty());
            if (reads) {
                take();
            }
        }

        private void take() {
            Optional<Deliveries.Line> line = deliveries.next(registration, Optional.empty(), false, false);
            while (line.isPresent()) {
                believe(new String(line.get().octets(), StandardCharsets.ISO_8859_1));
                line = deliveries.next(registration, Optional.empty(), false, false);
            }
        }

        private void takeAll() {
            do {
                take();
                deliveries.windowEnded();
            } while (deliveries.isPending());
        }

        private void believe(String line) {
            lines.add(line.strip());
            Matcher list = LIST.matcher(line);
            Matcher status = STATUS.matcher(line);
            if (list.matches()) {
                list(list.group(1), list.group(2), Optional.ofNullable(list.group(3)));
            } else if (status.matches()) {
                status(status.group(1), status.group(2).split(" ", -1));
            } else {
                throw new AssertionError(line);
            }
        }

        private void list(String attributes, String name, Optional<String> old) {
            if (attributes.contains("\\NonExistent")) {
                names.remove(name);
                numbers.remove(name);
                return;
            }
            old.ifPresent(before -> {
                numbers.keySet().removeIf(each -> each.equals(name) || !covered.test(each)); // the others may be old
                move(names, before, name);
                move(numbers, before, name);
            });
            names.put(name, attributes);
        }

        private <T> void move(Map<String, T> all, String before, String name) {
            for (String each : List.copyOf(all.keySet())) {
                if (each.equals(before) || (each.startsWith(before + "/") && covered.test(each))) {
                    all.put(name + each.substring(before.length()), all.remove(each));
                }
            }
        }

        private void status(String name, String[] items) {
            Map<String, Long> known = numbers.computeIfAbsent(name, any -> new TreeMap<>());
            for (int i = 0; i < items.length; i += 2) {
                known.put(items[i], Long.valueOf(items[i + 1]));
            }
        }

        private List<String> faults(Map<String, Listed> listed) {
            List<String> faults = new ArrayList<>();
            Set<String> all = new TreeSet<>(names.keySet());
            all.addAll(listed.keySet());
            all.removeIf(covered.negate());
            for (String name : all) {
                Listed is = listed.get(name);
                String right = is == null ? "gone" : attributes(is);
                String told = names.getOrDefault(name, "gone");
                if (!told.equals(right)) {
                    faults.add(name + " is " + right + ", told " + told);
                } else if (is != null && is.accessible()) {
                    compare(name, counted(is), numbers.getOrDefault(name, Map.of("MESSAGES", 0L)), faults);
                }
            }
            return faults;
        }

        private static void compare(String name, Map<String, Long> is, Map<String, Long> known, List<String> faults) {
            known.forEach((item, value) -> {
                if (!value.equals(is.getOrDefault(item, value))) {
                    faults.add(name + " " + item + " is " + is.get(item) + ", told " + value);
                }
            });
        }

        @Override
        public void unchanged(MailboxName mailbox) {
            deliveries.unchanged(mailbox);
        }

        @Override
        public void metadataChanged(MetadataChange change) {
            throw new AssertionError("not asked for");
        }

        @Override
        public void lost(String why) {
            throw new AssertionError(why);
        }
    }
}
