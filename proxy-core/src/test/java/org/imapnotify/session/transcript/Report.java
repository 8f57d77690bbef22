package org.imapnotify.session.transcript;

import java.util.ArrayList;
import java.util.List;
import org.imapnotify.session.transcript.Step.Expected;

/** The conversation that was expected and the one that was had, side by side. */
final class Report {
    private static final int WIDTH = 76;

    private record Row(String expected, String sign, String actual) {}

    private final Transcript transcript;
    private final List<Row> rows = new ArrayList<>();

    Report(Transcript transcript) {
        this.transcript = transcript;
    }

    void happened(Step step) {
        rows.add(new Row(step.written(), "", step.written()));
    }

    void came(Expected expected, String octets) {
        rows.add(new Row(expected.written(), "", expected.stream() + ": " + Notation.shown(octets)));
    }

    void missed(Expected expected, String pending) {
        rows.add(new Row(expected.written(), "|", pending.isEmpty() ? "" : first(expected.stream(), pending)));
        rest(expected.stream(), pending);
    }

    void surplus(String stream, String pending) {
        rows.add(new Row("", ">", first(stream, pending)));
        rest(stream, pending);
    }

    private void rest(String stream, String pending) {
        int from = pending.indexOf('\n') + 1;
        while (from > 0 && from < pending.length()) {
            rows.add(new Row("", ">", first(stream, pending.substring(from))));
            int lf = pending.indexOf('\n', from);
            from = lf + 1;
        }
    }

    private static String first(String stream, String pending) {
        int lf = pending.indexOf('\n');
        return stream + ": " + Notation.shown(lf < 0 ? pending : pending.substring(0, lf + 1));
    }

    AssertionError failure(int next, String why, Throwable cause) {
        StringBuilder text =
                new StringBuilder(transcript.name()).append(": ").append(why).append('\n');
        for (Row row : rows) {
            text.append(String.format("%-" + WIDTH + "s %1s %s%n", cut(row.expected()), row.sign(), row.actual()));
        }
        for (Step step : transcript
                .steps()
                .subList(next, Math.min(next + 6, transcript.steps().size()))) {
            text.append(String.format("%-" + WIDTH + "s .%n", cut(step.written())));
        }
        return new AssertionError(text.toString(), cause);
    }

    private static String cut(String text) {
        return text.length() <= WIDTH ? text : text.substring(0, WIDTH - 3) + "...";
    }
}
