package org.imapnotify.it;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Responses in one spelling: items and attributes sorted, names as atoms where they can be, what depends on the moment masked, and
 * the texts for people left out. Events of different mailboxes, whose order RFC 5465 leaves open, are sorted by mailbox.
 */
final class NormalForm {
    private static final Pattern CONDITION =
            Pattern.compile("(\\S+) (OK|NO|BAD|BYE|PREAUTH) (\\[[^\\]]*\\]+)?.*", Pattern.DOTALL);
    private static final Pattern OF_MAILBOX =
            Pattern.compile("\\* (?:STATUS|LIST .*? \"/\") (\"(?:[^\"\\\\]|\\\\.)*\"|\\S+).*");
    /** RFC 3501 section 7.2.2: depends on when the mailbox was last selected. */
    private static final Set<String> MARKS = Set.of("\\Marked", "\\UnMarked");

    /** In SELECT and behind it: depends on when anybody first asked for modification sequences of the mailbox. */
    private static final String MODSEQ = "* OK [HIGHESTMODSEQ ";

    private static final Map<String, String> MASKED =
            Map.of("UIDVALIDITY", "v", "HIGHESTMODSEQ", "m", "INTERNALDATE", "d", "MODSEQ", "m");

    private NormalForm() {}

    /** The responses up to a tagged one, which keeps its place, and those behind it. */
    static List<String> of(List<String> responses, String tag) {
        List<String> all = new ArrayList<>();
        List<String> between = new ArrayList<>();
        for (String response : responses) {
            if (!tag.isEmpty() && response.startsWith(tag + " ")) {
                all.addAll(sorted(between));
                between.clear();
                all.add(condition(response).orElse(response));
            } else if (!response.startsWith(MODSEQ)) {
                between.add(of(response));
            }
        }
        all.addAll(sorted(between));
        return all;
    }

    private static List<String> sorted(List<String> responses) {
        return responses.stream()
                .sorted(Comparator.comparing(NormalForm::mailbox))
                .toList();
    }

    /** Empty for what concerns the selected mailbox; RECENT may come before or after the rest. */
    private static String mailbox(String response) {
        if (response.matches("\\* \\d+ RECENT")) {
            return "~";
        }
        Matcher matcher = OF_MAILBOX.matcher(response);
        return matcher.matches() ? matcher.group(1) : "";
    }

    private static String of(String response) {
        Optional<String> condition = condition(response);
        if (condition.isPresent()) {
            return condition.get();
        }
        if (response.startsWith("+")) {
            return "+";
        }
        if (response.startsWith("* CAPABILITY")) {
            return "* CAPABILITY";
        }
        List<Object> values = ImapValues.of(response);
        if (response.startsWith("* STATUS ")) {
            return "* STATUS " + name(values.get(2)) + " " + items(ImapValues.list(values.get(3)));
        }
        if (response.startsWith("* LIST ")) {
            return list(values);
        }
        if (response.matches("(?s)\\* \\d+ FETCH .*")) {
            return "* " + values.get(1) + " FETCH " + items(ImapValues.list(values.get(3)));
        }
        return response;
    }

    private static Optional<String> condition(String response) {
        Matcher matcher = CONDITION.matcher(response);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String code = matcher.group(3) == null ? "" : " " + code(matcher.group(3));
        String tag = matcher.group(1).equals("*") ? "* " : "";
        return Optional.of(tag + matcher.group(2) + code);
    }

    private static String code(String code) {
        return code.replaceAll("\\[CAPABILITY [^]]*\\]", "[CAPABILITY]")
                .replaceAll("(UIDVALIDITY|APPENDUID|COPYUID) \\d+", "$1 v");
    }

    private static String list(List<Object> values) {
        TreeSet<String> attributes = new TreeSet<>();
        ImapValues.list(values.get(2)).forEach(attribute -> attributes.add((String) attribute));
        attributes.removeAll(MARKS);
        String line = "* LIST (" + String.join(" ", attributes) + ") \"/\" " + name(values.get(4));
        if (values.size() <= 5) {
            return line;
        }
        List<?> extended = ImapValues.list(values.get(5));
        return line + " (" + String.valueOf(extended.get(0)).toUpperCase(Locale.ROOT) + " ("
                + name(ImapValues.list(extended.get(1)).get(0)) + "))";
    }

    private static String name(Object value) {
        String name = ImapValues.mailbox(value);
        return name.matches("[\\w/.&-]+")
                ? name
                : '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String items(List<?> values) {
        Map<String, String> items = new TreeMap<>();
        new LinkedHashMap<>(ServerState.items(values)).forEach((item, value) -> items.put(item, value(item, value)));
        List<String> words = new ArrayList<>();
        items.forEach((item, value) -> words.add(item + " " + value));
        return "(" + String.join(" ", words) + ")";
    }

    private static String value(String item, Object value) {
        if (MASKED.containsKey(item)) {
            return String.valueOf(MASKED.get(item));
        }
        if (item.equals("FLAGS")) {
            TreeSet<String> flags = new TreeSet<>();
            ImapValues.list(value).forEach(flag -> flags.add((String) flag));
            return "(" + String.join(" ", flags) + ")";
        }
        return value instanceof List<?> list ? nested(list) : oneLine((String) value);
    }

    private static String nested(List<?> list) {
        return "("
                + String.join(
                        " ",
                        list.stream()
                                .map(each -> each instanceof List<?> inner ? nested(inner) : oneLine((String) each))
                                .toList())
                + ")";
    }

    /** Texts of messages. */
    private static String oneLine(String value) {
        return value.matches("\\d+|NIL|[\\w.+/=-]+") ? value : '"' + value.replace("\r\n", "\\") + '"';
    }
}
