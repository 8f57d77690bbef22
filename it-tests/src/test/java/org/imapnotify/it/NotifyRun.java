package org.imapnotify.it;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A scenario played: the client at one port, the writer at another. */
final class NotifyRun implements AutoCloseable {
    private static final Pattern APPEND = Pattern.compile("APPEND (\"[^\"]*\"|\\S+)( \\([^)]*\\))?(?: x(\\d+))?");
    private static final String MESSAGE = Messages.withSubject("news");

    /** Longer than Dovecot 2.3 needs for a rename, and than the second after a command in which it does not look. */
    private static final Duration SILENCE = Duration.ofSeconds(2);
    /** Behind all that was to come: a few poll intervals. */
    private static final Duration REST = Duration.ofMillis(800);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ImapTestClient client;
    private final ImapTestClient writer;
    private String idle = "";

    NotifyRun(int clientPort, int writerPort, String user) {
        this.client = ImapTestClient.loggedIn(clientPort, user);
        this.writer = ImapTestClient.loggedIn(writerPort, user);
        writer.ok("SELECT INBOX"); // else Dovecot makes it when it is first looked at, and tells of that
        writer.ok("UNSELECT");
    }

    /** What the client got at each step, in normal form, when nobody knows what is to come. */
    List<List<String>> play(NotifyScenario scenario) {
        return play(scenario, List.of());
    }

    /** The same when that much is to come of each step: it is waited for, and a little longer for what is not. */
    List<List<String>> play(NotifyScenario scenario, List<List<String>> awaited) {
        List<List<String>> results = new ArrayList<>();
        boolean began = false;
        for (NotifyScenario.Step step : scenario.steps()) {
            began = began || step.client();
            if (!began) {
                writer.ok(expanded(step.command()));
                results.add(List.of());
            } else {
                int wanted =
                        awaited.isEmpty() ? -1 : awaited.get(results.size()).size();
                results.add(play(step, wanted));
            }
        }
        return results;
    }

    private List<String> play(NotifyScenario.Step step, int wanted) {
        if (!step.client()) {
            writer.completed(writer.send(expanded(step.command())), "");
            return collect("", wanted);
        }
        String tag;
        if (step.command().equals("DONE")) {
            tag = idle;
            client.raw("DONE\r\n");
        } else {
            tag = client.send(expanded(step.command()));
        }
        if (step.command().equals("IDLE")) {
            idle = tag;
            return collect("", wanted);
        }
        return collect(tag, wanted);
    }

    private List<String> collect(String tag, int wanted) {
        List<String> responses = new ArrayList<>();
        boolean completed = tag.isEmpty();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            boolean all = completed && (wanted < 0 || responses.size() >= wanted);
            boolean late = System.nanoTime() - deadline > 0;
            try {
                Arrival arrival = client.read(wanted < 0 ? SILENCE : REST);
                if (arrival.isEnd()) {
                    responses.add("(closed)");
                    return NormalForm.of(responses, tag);
                }
                if (!arrival.text().startsWith("* OK Still here")) { // at Dovecot's own moments
                    responses.add(arrival.text());
                }
                completed = completed || arrival.text().startsWith(tag + " ");
            } catch (SocketTimeoutException silence) {
                if (all || late) {
                    return NormalForm.of(responses, tag);
                }
            } catch (IOException e) {
                throw client.failure(e.toString());
            }
        }
    }

    private static String expanded(String command) {
        Matcher append = APPEND.matcher(command);
        if (!append.matches()) {
            return command;
        }
        String flags = append.group(2) == null ? "" : append.group(2);
        int count = append.group(3) == null ? 1 : Integer.parseInt(append.group(3));
        String message = flags + " {" + MESSAGE.length() + "+}\r\n" + MESSAGE;
        return "APPEND " + append.group(1) + message.repeat(count);
    }

    @Override
    public void close() {
        client.close();
        writer.close();
    }
}
