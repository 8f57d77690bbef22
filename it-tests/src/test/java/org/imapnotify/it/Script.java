package org.imapnotify.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a client says in several connections, read from {@code differential/NAME.txt}:
 *
 * <pre>
 * === words        a connection begins; with ", login" at the end it logs in first
 * NOOP             a command; its tag is put in front
 * + octets         sent when the server has asked for it with "+"; passed over when it has refused
 * | command        a command that is sent in one piece, with all that is sent at once with it
 * ! octets         sent as they are, followed by a NOOP, which tells when all is answered
 * </pre>
 *
 * {@code \r \n \t \0 \\ \xHH} stand for octets, {@code %T} for a tag of its own that is answered too, {@code %U} for the user, {@code %P} for its
 * SASL PLAIN message,
 * {@code %N{text}} for as many letters as the number says.
 */
record Script(List<Conversation> conversations) {
    private static final Pattern WAITS = Pattern.compile(
            "\\S+ (?:(?:UID )?(?:STORE|EXPUNGE|MOVE|COPY)|CLOSE|ENABLE (?:CONDSTORE|QRESYNC))\\b",
            Pattern.CASE_INSENSITIVE);

    /** One connection. */
    record Conversation(String title, boolean login, List<Step> steps) {}

    /** One command, or octets that are not one: what is sent, what is sent when it is asked for, which tags end it. */
    record Step(String octets, boolean whole, List<Reply> replies, List<String> tags) {
        /**
         * Whether other commands may be sent behind it before it is answered. Cyrus 3.6 loses what is sent behind AUTHENTICATE;
         * what Dovecot answers behind APPEND depends on whether the message is saved by then.
         */
        boolean pipelines() {
            return replies.isEmpty() && !octets.contains(" AUTHENTICATE ") && !octets.contains(" APPEND ") && !waits();
        }

        /**
         * Whether all before it has to be answered, and it before what follows. RFC 3501 section 5.5 forbids to send message numbers
         * behind a command that may change them, and Dovecot works on several commands at a time: which of them sees the message
         * gone, the flag set, or CONDSTORE enabled (it says HIGHESTMODSEQ with each completion then) depends on when it reads them.
         */
        boolean waits() {
            return WAITS.matcher(octets).lookingAt();
        }
    }

    /** What is sent when the command with the tag {@code asker} asks for it. */
    record Reply(String asker, String octets) {}

    static Script read(String user, String... names) {
        Reader reader = new Reader(user);
        for (String name : names) {
            lines(name).forEach(reader::line);
        }
        return new Script(reader.conversations);
    }

    private static List<String> lines(String name) {
        try (InputStream in = Script.class.getResourceAsStream("/differential/" + name + ".txt")) {
            if (in == null) {
                throw new IllegalArgumentException("no script " + name);
            }
            return new String(in.readAllBytes(), ISO_8859_1).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Reader {
        private final String user;
        private final List<Conversation> conversations = new ArrayList<>();
        private List<String> tags = new ArrayList<>();
        private int lastTag;

        Reader(String user) {
            this.user = user;
        }

        void line(String line) {
            if (line.isBlank() || line.startsWith("#")) {
                return;
            }
            if (line.startsWith("=== ")) {
                conversations.add(new Conversation(line.substring(4), line.endsWith(", login"), new ArrayList<>()));
                return;
            }
            List<Step> steps = conversations.get(conversations.size() - 1).steps();
            if (line.startsWith("+ ")) {
                Step asking = steps.get(steps.size() - 1);
                tags = asking.tags();
                String asker = tags.get(tags.size() - 1);
                asking.replies().add(new Reply(asker, octets(line.substring(2)) + "\r\n"));
                return;
            }
            tags = new ArrayList<>();
            boolean whole = line.startsWith("| ");
            String octets = line.startsWith("! ")
                    ? octets(line.substring(2)) + tag() + " NOOP\r\n"
                    : tag() + " " + octets(whole ? line.substring(2) : line) + "\r\n";
            steps.add(new Step(octets, whole, new ArrayList<>(), tags));
        }

        private String tag() {
            String tag = "t" + ++lastTag;
            tags.add(tag);
            return tag;
        }

        private String octets(String text) {
            StringBuilder out = new StringBuilder();
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '%' && text.startsWith("%T", i)) {
                    out.append(tag());
                    i++;
                } else if (c == '%' && text.startsWith("%U", i)) {
                    out.append(user);
                    i++;
                } else if (c == '%' && text.startsWith("%P", i)) {
                    out.append(plain());
                    i++;
                } else if (c == '%' && text.startsWith("%N{", i)) {
                    int end = text.indexOf('}', i);
                    out.append("x".repeat(Integer.parseInt(text.substring(i + 3, end))));
                    i = end;
                } else if (c == '\\') {
                    i += escape(text, i + 1, out);
                } else {
                    out.append(c);
                }
            }
            return out.toString();
        }

        private String plain() {
            return Base64.getEncoder()
                    .encodeToString(("\0" + user + "\0" + LegacyServer.PASSWORD).getBytes(ISO_8859_1));
        }

        /** Flags begin with a backslash too: what is no escape stays as it is. */
        private static int escape(String text, int at, StringBuilder out) {
            char c = at < text.length() ? text.charAt(at) : ' ';
            switch (c) {
                case 'r' -> out.append('\r');
                case 'n' -> out.append('\n');
                case 't' -> out.append('\t');
                case '0' -> out.append('\0');
                case '\\' -> out.append('\\');
                case 'x' -> {
                    out.append((char) Integer.parseInt(text.substring(at + 1, at + 3), 16));
                    return 3;
                }
                default -> {
                    out.append('\\');
                    return 0;
                }
            }
            return 1;
        }
    }
}
