package org.imapnotify.it;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the proxy said to the server and heard from it, beside what its client said and heard: the same octets in the same order,
 * once the proxy's own commands and their answers are taken out.
 */
final class OnTheWire {
    /** The tags of the proxy's own commands. */
    private static final Pattern OWN_COMMAND = Pattern.compile("(?<=^|\n)(N[a-zA-Z0-9]{8}-\\d+) ([^\r\n]*)\r\n");

    private final String title;
    private final String clientSaid;
    private final String clientHeard;
    private final Wiretap.Wire wire;

    OnTheWire(String title, ScriptRun run, Wiretap.Wire wire) {
        this.title = title;
        this.clientSaid = run.said();
        this.clientHeard = run.heard();
        this.wire = wire;
    }

    List<String> differences() {
        List<String> differences = new ArrayList<>();
        String said = wire.fromProxy();
        String heard = wire.fromServer();
        Matcher own = OWN_COMMAND.matcher(said);
        while (own.find()) {
            heard = withoutAnswer(heard, own.group(1), own.group(2));
        }
        compare("said to the server", clientSaid, own.replaceAll(""), differences);
        compare("heard from the server", Masks.words(clientHeard), Masks.words(heard), differences);
        return differences;
    }

    /** Without a registration CAPABILITY is all that the proxy ever asks. */
    private static String withoutAnswer(String heard, String tag, String command) {
        if (!command.equals("CAPABILITY")) {
            throw new AssertionError("the proxy said " + command);
        }
        return heard.replaceFirst("\\* CAPABILITY [^\r\n]*\r\n" + tag + " OK[^\r\n]*\r\n", "");
    }

    /** A connection that ends need not have taken everything; what it has taken is right. */
    private void compare(String what, String client, String server, List<String> differences) {
        int same = 0;
        int shorter = Math.min(client.length(), server.length());
        while (same < shorter && client.charAt(same) == server.charAt(same)) {
            same++;
        }
        if (same < shorter || (client.length() != server.length() && !isEnd(client.substring(same)))) {
            differences.add("\n" + title + ", " + what + ", from octet " + same + ":\n<" + from(client, same)
                    + ">\ninstead of\n<" + from(server, same) + ">");
        }
    }

    private boolean isEnd(String rest) {
        boolean over = clientHeard.contains("* BYE ");
        return over && (rest.isEmpty() || rest.startsWith(Masks.GONE) || !clientHeard.endsWith(rest));
    }

    private static String from(String octets, int from) {
        return octets.substring(Math.max(0, from - 60), Math.min(octets.length(), from + 200));
    }
}
