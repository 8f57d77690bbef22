package org.imapnotify.it;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What the proxy asks of the server on its own account, connection by connection, held to what it may: it never asks by STATUS, nor
 * by a LIST that returns STATUS, for the mailbox that this very connection has selected (RFC 3501 section 6.3.10); a watch connection
 * only ever EXAMINEs, which takes no \Recent; a session's mailbox is selected by its client alone; and nothing that it asks
 * changes anything.
 */
final class Conduct {
    /** Where a command of the proxy's own was given. */
    private enum On {
        WATCH,
        SESSION
    }

    /** By its tag: those of watch connections begin with "w", and no client of ours has such tags. */
    private static final Pattern OWN = Pattern.compile("N[a-zA-Z0-9]{8}-w?\\d+|w\\d+");

    private static final Set<String> ON_WATCH = Set.of(
            "CAPABILITY",
            "ID",
            "LOGIN",
            "AUTHENTICATE",
            "NAMESPACE",
            "NOOP",
            "LIST",
            "LSUB",
            "STATUS",
            "EXAMINE",
            "IDLE");
    private static final Set<String> ON_SESSION = Set.of(
            "CAPABILITY", "ID", "NAMESPACE", "NOOP", "LIST", "LSUB", "STATUS", "IDLE", "SEARCH", "FETCH", "UID FETCH");
    private static final Pattern MARKS_AS_SEEN = Pattern.compile("\\b(BODY|BINARY)\\[|\\bRFC822(?!\\.(HEADER|SIZE))");

    private final Map<On, Map<String, Integer>> asked =
            new TreeMap<>(Map.of(On.WATCH, new TreeMap<>(), On.SESSION, new TreeMap<>()));
    private final Map<On, Integer> connections = new TreeMap<>();
    private final List<String> breaches = new ArrayList<>();

    /** For a connection that the proxy has just made. */
    Relay.Ear ear() {
        return new Connection();
    }

    /** What was against the rules. */
    synchronized List<String> breaches() {
        return List.copyOf(breaches);
    }

    /** How often it gave which command of its own: on connections that watch, and on those of sessions. */
    synchronized String summary() {
        return "watch connections " + connections.getOrDefault(On.WATCH, 0) + " " + asked.get(On.WATCH) + ", sessions "
                + connections.getOrDefault(On.SESSION, 0) + " " + asked.get(On.SESSION) + ", breaches "
                + breaches.size();
    }

    private synchronized void count(On on, String command) {
        asked.computeIfAbsent(on, any -> new TreeMap<>()).merge(command, 1, Integer::sum);
    }

    private synchronized void opened(On on) {
        connections.merge(on, 1, Integer::sum);
    }

    private synchronized void breach(String what, String command) {
        breaches.add(what + ": " + command);
    }

    /** One connection; what its server says comes on another thread than what the proxy says. */
    private final class Connection implements Relay.Ear {
        private final MessageCutter fromProxy = new MessageCutter(this::command);
        private final MessageCutter fromServer = new MessageCutter(this::response);
        /** By tag: what is selected once this command has succeeded; nothing is when it fails. */
        private final Map<String, String> selecting = new LinkedHashMap<>();

        private String selected = "";
        private boolean known;

        @Override
        public synchronized void heard(boolean byProxy, byte[] octets, int count) {
            (byProxy ? fromProxy : fromServer).take(octets, count);
        }

        private void command(String line) {
            String[] words = line.split(" ", 4);
            if (words.length < 2) {
                return; // DONE, or a line of AUTHENTICATE
            }
            boolean own = OWN.matcher(words[0]).matches();
            On on = words[0].startsWith("w") ? On.WATCH : On.SESSION;
            if (!known) {
                known = true;
                opened(on);
            }
            String name = words[1].toUpperCase(Locale.ROOT);
            String command = name.equals("UID") && words.length > 2 ? "UID " + words[2].toUpperCase(Locale.ROOT) : name;
            if (own) {
                count(on, command);
                judge(on, command, line);
            }
            follow(words[0], command, line);
        }

        private void judge(On on, String command, String line) {
            if (!(on == On.WATCH ? ON_WATCH : ON_SESSION).contains(command)) {
                breach(command + " of its own on a connection of kind " + on, line);
            }
            boolean ofSelected = command.equals("STATUS") && mayBeSelected(mailbox(line));
            boolean ofAll =
                    command.equals("LIST") && line.toUpperCase(Locale.ROOT).contains("STATUS (") && mayBeSelected();
            if (ofSelected || ofAll) {
                breach("status of the selected mailbox", line);
            }
            if (command.endsWith("FETCH") && MARKS_AS_SEEN.matcher(line).find()) {
                breach("marks messages as seen", line);
            }
        }

        private boolean mayBeSelected(String mailbox) {
            return selected.equals(mailbox) || selecting.containsValue(mailbox);
        }

        private boolean mayBeSelected() {
            return !selected.isEmpty() || selecting.values().stream().anyMatch(mailbox -> !mailbox.isEmpty());
        }

        private void follow(String tag, String command, String line) {
            switch (command) {
                case "SELECT", "EXAMINE" -> selecting.put(tag, mailbox(line));
                case "CLOSE", "UNSELECT" -> selecting.put(tag, "");
                default -> {}
            }
        }

        private static String mailbox(String line) {
            return ImapValues.mailbox(ImapValues.of(line).get(2));
        }

        private void response(String line) {
            String[] words = line.split(" ", 3);
            String mailbox = selecting.remove(words[0]);
            if (mailbox == null || words.length < 2) {
                return;
            }
            if (words[1].equals("OK")) {
                selected = mailbox;
            } else if (!mailbox.isEmpty()) {
                selected = ""; // a failed SELECT leaves nothing selected
            }
        }
    }
}
