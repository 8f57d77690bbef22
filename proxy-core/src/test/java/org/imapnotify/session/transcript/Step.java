package org.imapnotify.session.transcript;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One step of a transcript. */
sealed interface Step {
    /** Variables: {@code $name} is bound by its first occurrence in what is expected, {@code $} alone is anything. */
    Pattern VARIABLE = Pattern.compile("\\$([a-z][a-z0-9]*)?(?!>)");

    /** Line of the file. */
    int number();

    /** As it stands in the file. */
    String written();

    /** Octets come in: from the client ({@code C}), the upstream ({@code up S}) or at watch connection 1 ({@code w1 S}). */
    record Said(int number, String stream, List<String> lines, boolean recut) implements Step {
        String octets(Map<String, String> bound) {
            StringBuilder octets = new StringBuilder();
            for (String line : lines) {
                octets.append(Notation.line(filled(line, bound)));
            }
            return octets.toString();
        }

        private String filled(String line, Map<String, String> bound) {
            return VARIABLE.matcher(line).replaceAll(variable -> {
                String value = variable.group(1) == null ? "$" : bound.get(variable.group(1));
                if (value == null) {
                    throw new IllegalArgumentException("line " + number + ": nothing has bound " + variable.group());
                }
                return Matcher.quoteReplacement(value);
            });
        }

        @Override
        public String written() {
            return stream + ": " + String.join(" / ", lines);
        }
    }

    /** Something happens that is no octets: time passes, a connection ends, the table differs. */
    record Happens(int number, String what, List<String> arguments) implements Step {
        @Override
        public String written() {
            return what.equals("--") ? "-- " + arguments.get(0) : what + ": " + String.join(" / ", arguments);
        }
    }

    /** How sure a line is to come. */
    enum Must {
        COME,
        NOT_COME,
        MAY_COME
    }

    /** The next line of a stream is this. */
    record Expected(int number, Must must, String stream, String line) implements Step {
        /** How many octets at the head of {@code pending} are this line, -1 when another comes; binds what is unbound. */
        int match(String pending, Map<String, String> bound) {
            StringBuilder regex = new StringBuilder();
            Map<String, Integer> groups = new HashMap<>();
            Matcher variable = VARIABLE.matcher(line);
            int from = 0;
            while (variable.find()) {
                regex.append(quoted(line.substring(from, variable.start())));
                String name = variable.group(1);
                if (name == null) {
                    regex.append("[^\\r\\n]*");
                } else if (bound.containsKey(name)) {
                    regex.append(Pattern.quote(Notation.octets(bound.get(name))));
                } else {
                    groups.put(name, groups.size() + 1);
                    regex.append("([^ \\r\\n]+?)");
                }
                from = variable.end();
            }
            regex.append(Pattern.quote(Notation.line(line.substring(from))));
            Matcher matcher = Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(pending);
            if (!matcher.lookingAt()) {
                return -1;
            }
            groups.forEach((name, group) -> bound.put(name, matcher.group(group)));
            return matcher.end();
        }

        private static String quoted(String text) {
            return Pattern.quote(Notation.octets(text));
        }

        @Override
        public String written() {
            String sign = switch (must) {
                case COME -> "";
                case NOT_COME -> "! ";
                case MAY_COME -> "? ";
            };
            return sign + stream + ": " + line;
        }
    }
}
