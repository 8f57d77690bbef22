package org.imapnotify.watch;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.imapnotify.upstream.UpstreamConnection;
import org.imapnotify.upstream.UpstreamOutput;
import org.imapnotify.wire.Response;

/** A small IMAP server with simulated time, which does and says what a test wants. Nothing happens but in {@link #settle} and {@link #advance}. */
final class FakeUpstream implements WatchOutput {
    /** The numbers of STATUS and what LIST says. */
    static final class Box {
        long messages;
        long uidNext = 1;
        long uidValidity;
        long unseen;
        String attributes = "";
        boolean subscribed;
        boolean refused;
        final Map<String, String> entries = new LinkedHashMap<>();
    }

    final Map<String, Box> boxes = new LinkedHashMap<>();
    /** Entries of the server's metadata and their values as they are written. */
    final Map<String, String> entries = new LinkedHashMap<>();

    final List<Connection> connections = new ArrayList<>();
    final List<String> commands = new ArrayList<>();
    final List<String> writes = new ArrayList<>();
    final Set<String> unknownCommands = new HashSet<>();
    final Set<String> hiddenFromNextList = new HashSet<>();
    String greeting = "hi";
    String capabilities = "IMAP4rev1 NAMESPACE";
    String namespaces = "((\"\" \"/\")) ((\"Other/\" \"/\")) NIL";
    Supplier<String> loginAnswer = () -> "OK [CAPABILITY " + capabilities + "] in";
    boolean reachable = true;
    boolean pushes = true;
    /** Commands that are refused, and how. */
    final Map<String, String> refusals = new HashMap<>();
    /** What STATUS is answered with behind its line, or instead of it when that begins with NO. */
    String statusAnswer = "OK";
    /** Answers to NOTIFY SET, the last for good. */
    final Deque<String> notifyAnswers = new ArrayDeque<>();

    UpstreamShare share = UpstreamShare.UNLIMITED;
    boolean holding;
    Runnable onTimer = () -> {};
    Runnable afterNextList = () -> {};
    /** A command with this in it is not answered: the connection breaks, once. */
    String breaksAt = "";

    long now = 1_000;
    private long wakeAt = Long.MAX_VALUE;
    private long validity = 100;
    private final Deque<Runnable> work = new ArrayDeque<>();

    Box box(String name) {
        return boxes.computeIfAbsent(name, n -> {
            Box box = new Box();
            box.uidValidity = ++validity;
            return box;
        });
    }

    void append(String name) {
        Box box = box(name);
        box.messages++;
        box.uidNext++;
        box.unseen++;
        notified("* STATUS \"" + name + "\" (UNSEEN " + box.unseen + ")");
        if (pushes) {
            connections.stream()
                    .filter(connection -> !connection.idleTag.isEmpty() && name.equals(connection.selected))
                    .forEach(connection -> connection.say("* " + box.messages + " EXISTS"));
        }
    }

    /** Says it to those who have NOTIFY in force. */
    void notified(String line) {
        if (pushes) {
            List.copyOf(connections).stream()
                    .filter(connection -> connection.notifying)
                    .forEach(connection -> connection.say(line));
        }
    }

    void rename(String from, String to) {
        Map<String, Box> all = new LinkedHashMap<>(boxes);
        boxes.clear();
        all.forEach((name, box) -> boxes.put(
                name.equals(from) || name.startsWith(from + "/") ? to + name.substring(from.length()) : name, box));
    }

    /** As a real clock: no two looks at it are the same. */
    long clock() {
        return now++;
    }

    List<String> takeCommands() {
        List<String> taken = List.copyOf(commands);
        commands.clear();
        writes.clear();
        return taken;
    }

    long open() {
        return connections.stream().filter(connection -> !connection.closed).count();
    }

    /** Lets all that was sent be answered. */
    void settle() {
        while (!holding && !work.isEmpty()) {
            work.remove().run();
        }
    }

    /** Lets so many lines be answered. */
    void work(int lines) {
        for (int i = 0; i < lines && !work.isEmpty(); i++) {
            work.remove().run();
        }
    }

    void advance(Duration time) {
        long end = now + time.toNanos();
        settle();
        for (long due = due(); due <= end; due = due()) {
            now = Math.max(now, due);
            fire();
            settle();
        }
        now = Math.max(now, end);
    }

    private long due() {
        long due = wakeAt;
        for (Connection connection : connections) {
            due = Math.min(due, connection.deadline);
        }
        return due;
    }

    private void fire() {
        if (wakeAt <= now) {
            wakeAt = Long.MAX_VALUE;
            onTimer.run();
        }
        for (Connection connection : List.copyOf(connections)) {
            if (connection.deadline <= now) {
                connection.deadline = Long.MAX_VALUE;
                connection.machine.onDeadline();
            }
        }
    }

    @Override
    public void connect(UpstreamConnection machine) {
        Connection connection = new Connection(machine);
        connections.add(connection);
        work.add(reachable ? connection::greet : connection::breaks);
    }

    @Override
    public UpstreamShare share() {
        return share;
    }

    @Override
    public void wakeAt(long nanoTime) {
        wakeAt = nanoTime;
    }

    /** One connection of the watcher. */
    final class Connection implements UpstreamOutput {
        private final UpstreamConnection machine;
        private long deadline = Long.MAX_VALUE;
        String selected = "";
        /** What happens right before EXAMINE, and right before DONE, is answered the next time. */
        Runnable onExamine = () -> {};

        Runnable onDone = () -> {};
        private String idleTag = "";
        boolean closed;
        boolean notifying;

        Connection(UpstreamConnection machine) {
            this.machine = machine;
        }

        private void greet() {
            machine.onConnected(this);
            say("* OK [CAPABILITY IMAP4rev1] " + greeting);
        }

        void breaks() {
            closed = true;
            deadline = Long.MAX_VALUE;
            machine.onClosed("connection reset");
        }

        void say(String line) {
            if (!closed) {
                machine.onResponse(Response.parse((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1)));
            }
        }

        @Override
        public void send(byte[] octets) {
            String text = new String(octets, StandardCharsets.ISO_8859_1);
            writes.add(text);
            for (String line : text.split("\r\n", 0)) {
                work.add(() -> answer(line));
            }
        }

        private void answer(String line) {
            if (closed) {
                return;
            }
            if (!breaksAt.isEmpty() && line.contains(breaksAt)) {
                breaksAt = "";
                breaks();
                return;
            }
            if (line.equals("DONE")) {
                String tag = idleTag;
                idleTag = "";
                commands.add("DONE");
                Runnable meanwhile = onDone;
                onDone = () -> {};
                meanwhile.run();
                say(tag + " OK idle done");
                return;
            }
            String[] words = line.split(" ", 3);
            commands.add(line.substring(words[0].length() + 1));
            if (refusals.containsKey(words[1])) {
                say(words[0] + " " + refusals.get(words[1]));
            } else if (unknownCommands.stream().anyMatch(line::contains)) {
                say(words[0] + " BAD unknown");
            } else {
                execute(words[0], words[1], words.length > 2 ? words[2] : "");
            }
        }

        private void metadata(String tag, String arguments) {
            String mailbox = arguments.replaceFirst("^\\(.*?\\) ", "").replaceFirst("^(\".*?\") .*", "$1");
            Box box = boxes.get(mailbox.replace("\"", ""));
            Map<String, String> all = mailbox.equals("\"\"") ? entries : box == null ? null : box.entries;
            if (all == null) {
                say(tag + " NO no such mailbox");
                return;
            }
            all.forEach((name, value) -> say("* METADATA " + mailbox + " (" + name + " " + value + ")"));
            say(tag + " OK");
        }

        private void execute(String tag, String command, String arguments) {
            switch (command) {
                case "LOGIN" -> say(tag + " " + loginAnswer.get());
                case "NAMESPACE" -> {
                    say("* NAMESPACE " + namespaces);
                    say(tag + " OK");
                }
                case "LIST" -> list(tag, arguments);
                case "LSUB" -> {
                    boxes.forEach((name, box) -> {
                        if (box.subscribed) {
                            say("* LSUB () \"/\" \"" + name + "\"");
                        }
                    });
                    say(tag + " OK");
                }
                case "NOTIFY" -> {
                    String answer = notifyAnswers.isEmpty() ? "OK" : notifyAnswers.remove();
                    notifying = answer.startsWith("OK");
                    say(tag + " " + answer);
                }
                case "NOOP" -> say(tag + " OK");
                case "GETMETADATA" -> metadata(tag, arguments);
                case "STATUS" -> status(tag, arguments);
                case "EXAMINE" -> examine(tag, arguments.replace("\"", ""));
                case "IDLE" -> {
                    idleTag = tag;
                    say("+ idling");
                }
                default -> say(tag + " BAD unknown");
            }
        }

        private void examine(String tag, String name) {
            Box box = boxes.get(name);
            Runnable meanwhile = onExamine;
            onExamine = () -> {};
            meanwhile.run();
            if (box == null || box.refused) {
                selected = "";
                say(tag + " NO no such mailbox");
            } else {
                selected = name;
                say("* " + box.messages + " EXISTS");
                say(tag + " OK [READ-ONLY]");
            }
        }

        private void list(String tag, String arguments) {
            if (arguments.equals("\"\" \"\"")) {
                say("* LIST (\\Noselect) \".\" \"\"");
            } else {
                boolean extended = arguments.contains("RETURN");
                Map<String, Box> listed = new LinkedHashMap<>(boxes);
                listed.keySet().removeAll(hiddenFromNextList);
                hiddenFromNextList.clear();
                listed.keySet().removeIf(name -> !matches(name, arguments));
                listed.forEach((name, box) -> {
                    String subscribed = extended && box.subscribed ? " \\Subscribed" : "";
                    say("* LIST (" + (box.attributes + subscribed).strip() + ") \"/\" \"" + name + "\"");
                    if (arguments.contains("STATUS") && !box.attributes.contains("\\Noselect") && !box.refused) {
                        say("* STATUS \"" + name + "\" " + numbers(box, arguments));
                    }
                });
                afterNextList.run();
                afterNextList = () -> {};
            }
            say(tag + " OK");
        }

        private boolean matches(String name, String arguments) {
            String pattern = arguments.substring(4, arguments.indexOf('"', 4));
            return pattern.equals("*") || pattern.equals(name);
        }

        private void status(String tag, String arguments) {
            String name = arguments.substring(1, arguments.indexOf('"', 1));
            if (name.equals(selected)) {
                throw new AssertionError("STATUS of the selected mailbox");
            }
            Box box = boxes.get(name);
            if (box == null || box.refused) {
                say(tag + " NO no such mailbox");
            } else {
                if (statusAnswer.startsWith("OK")) {
                    say("* STATUS \"" + name + "\" " + numbers(box, arguments));
                }
                say(tag + " " + statusAnswer);
            }
        }

        private String numbers(Box box, String asked) {
            String modSeq = asked.contains("HIGHESTMODSEQ") ? " HIGHESTMODSEQ 7" : "";
            return "(MESSAGES " + box.messages + " UIDNEXT " + box.uidNext + " UIDVALIDITY " + box.uidValidity
                    + " UNSEEN " + box.unseen + modSeq + ")";
        }

        @Override
        public void startTls() {
            throw new IllegalStateException("no TLS here");
        }

        @Override
        public void deadline(Duration after) {
            deadline = after.isZero() ? Long.MAX_VALUE : now + after.toNanos();
        }

        @Override
        public void close() {
            closed = true;
            deadline = Long.MAX_VALUE;
        }
    }
}
