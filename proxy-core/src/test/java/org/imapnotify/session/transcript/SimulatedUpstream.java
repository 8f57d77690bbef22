package org.imapnotify.session.transcript;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.imapnotify.session.transcript.TransparentStreamsProperties.Turn;

/** Tells the proxy's own commands from the client's, which are known, and answers them: IDLE as IDLE, all others with OK. */
final class SimulatedUpstream {
    private static final Pattern OWN = Pattern.compile("(p\\d+) ([^\r\n]*)\r\n");
    private static final String DONE = "DONE\r\n";

    private final Stage stage;
    private final List<Turn> turns;
    private final List<Integer> ends = new ArrayList<>();
    private final StringBuilder heard = new StringBuilder();
    private int read;
    private String idle = "";

    SimulatedUpstream(Stage stage, List<Turn> turns) {
        this.stage = stage;
        this.turns = turns;
        this.read = stage.streams().length("up C");
        int end = 0;
        ends.add(end);
        for (Turn turn : turns) {
            end += turn.client().length();
            ends.add(end);
        }
    }

    /** What the client has sent. */
    String heard() {
        return heard.toString();
    }

    boolean hasNews() {
        return read < stage.streams().length("up C");
    }

    /** Takes in what has come. */
    void serveOwn() {
        while (hasNews()) {
            String news = stage.streams().from("up C", read);
            Matcher own = OWN.matcher(news);
            if (!idle.isEmpty() && news.startsWith(DONE)) {
                read += DONE.length();
                String tag = idle;
                idle = "";
                stage.said("up S", tag + " OK idled\r\n");
            } else if (ends.contains(heard.length()) && own.lookingAt()) {
                read += own.end();
                answer(own.group(1), own.group(2));
            } else {
                heard.append(news.charAt(0));
                read++;
            }
        }
    }

    private void answer(String tag, String command) {
        if (command.equals("IDLE")) {
            idle = tag;
            stage.said("up S", "+ idling\r\n");
        } else {
            stage.said("up S", tag + " OK done\r\n");
        }
    }

    /** How many octets of the answers may be said by now. */
    int allowed() {
        int allowed = 0;
        for (int i = 0; i < turns.size() && ends.get(i + 1) <= heard.length(); i++) {
            allowed += turns.get(i).upstream().length();
        }
        return allowed;
    }
}
