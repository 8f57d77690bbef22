package org.imapnotify.session.transcript;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.imapnotify.session.CloseCause;
import org.imapnotify.session.transcript.Step.Expected;
import org.imapnotify.session.transcript.Step.Happens;
import org.imapnotify.session.transcript.Step.Must;
import org.imapnotify.session.transcript.Step.Said;

/** One run of a transcript with its octets as they stand: everything that is written has to be expected. */
final class Performance {
    /** What was done, with variables filled in, and how much had been written to each stream by then. */
    record Deed(Step step, String octets, Map<String, Integer> lengths) {}

    private final Transcript transcript;
    private final Stage stage;
    private final Map<String, String> bound = new HashMap<>();
    private final Map<String, Integer> read = new HashMap<>();
    private final List<Deed> deeds = new ArrayList<>();
    private final Report report;
    private boolean endShown;

    private Performance(Transcript transcript) {
        this.transcript = transcript;
        this.stage = new Stage(transcript);
        this.report = new Report(transcript);
        bound.put("capabilities", transcript.header("upstream-capabilities", ""));
    }

    /** @throws AssertionError with both conversations side by side when the session's is another */
    static Performance of(Transcript transcript) {
        Performance performance = new Performance(transcript);
        performance.run();
        return performance;
    }

    List<Deed> deeds() {
        return deeds;
    }

    Map<String, String> written() {
        return stage.streams().whole();
    }

    private void run() {
        begin(stage, transcript);
        for (int i = 0; i < transcript.steps().size(); i++) {
            Step step = transcript.steps().get(i);
            try {
                if (step instanceof Expected expected) {
                    expect(expected, i);
                } else {
                    nothingElse(i);
                    perform(step);
                }
            } catch (RuntimeException e) {
                throw report.failure(i, "line " + step.number() + ": " + e, e);
            }
        }
        end();
    }

    static void begin(Stage stage, Transcript transcript) {
        if (transcript.isYes("connects", true)) {
            stage.connected();
        }
    }

    private void end() {
        int last = transcript.steps().size();
        nothingElse(last);
        if (stage.awaitsTls()) {
            throw report.failure(last, "a TLS handshake was asked for and does not happen", null);
        }
        if (stage.ended().isPresent() && !endShown) {
            throw report.failure(last, "the session has ended: " + stage.ended().get(), null);
        }
    }

    private void expect(Expected expected, int index) {
        String pending = pending(expected.stream());
        int length = expected.match(pending, bound);
        if (expected.must() == Must.NOT_COME) {
            if (length >= 0) {
                throw report.failure(index, "line " + expected.number() + " must not come", null);
            }
        } else if (length >= 0) {
            report.came(expected, pending.substring(0, length));
            read.merge(expected.stream(), length, Integer::sum);
        } else if (expected.must() == Must.COME) {
            report.missed(expected, pending);
            throw report.failure(index + 1, "line " + expected.number() + " does not come", null);
        }
    }

    private String pending(String stream) {
        return stage.streams().from(stream, read.getOrDefault(stream, 0));
    }

    private void nothingElse(int index) {
        for (String stream : stage.streams().names()) {
            boolean counts = !stream.equals(Effects.HINT) || speaksOfHints();
            if (counts && !pending(stream).isEmpty()) {
                report.surplus(stream, pending(stream));
                throw report.failure(index, "nothing more was expected on " + stream, null);
            }
        }
    }

    private boolean speaksOfHints() {
        return transcript.steps().stream()
                .anyMatch(step ->
                        step instanceof Expected expected && expected.stream().equals(Effects.HINT));
    }

    private void perform(Step step) {
        report.happened(step);
        String octets = "";
        if (step instanceof Said said) {
            octets = said.octets(bound);
            stage.said(said.stream(), octets);
        } else if (step instanceof Happens happens) {
            endShown |= happens.arguments().get(0).startsWith("ends ");
            happen(stage, happens);
        }
        deeds.add(new Deed(step, octets, stage.streams().lengths()));
    }

    static void happen(Stage stage, Happens happens) {
        String argument = happens.arguments().get(0);
        if (!happens.what().equals("--")) {
            stage.watching().table(happens.what(), happens.arguments());
        } else if (argument.matches("w\\d+ closes")) {
            stage.watching().closes(argument.substring(0, argument.indexOf(' ')));
            stage.event(() -> {});
        } else if (argument.startsWith("ends ")) {
            ends(stage, CloseCause.valueOf(argument.substring("ends ".length())));
        } else if (argument.startsWith("upstream unreachable: ")) {
            stage.unreachable(argument.substring("upstream unreachable: ".length()));
        } else if (Character.isDigit(argument.charAt(0))) {
            stage.passes(passing(argument));
        } else {
            plain(stage, argument);
        }
    }

    private static void plain(Stage stage, String what) {
        switch (what) {
            case "upstream connects" -> stage.connected();
            case "upstream closes" -> stage.upstreamCloses();
            case "client closes" -> stage.clientCloses();
            case "client stops reading" -> stage.clientReads(false);
            case "client reads" -> stage.clientReads(true);
            case "TLS with the client" -> stage.tlsWithClient();
            case "TLS with the upstream" -> stage.tlsWithUpstream();
            case "shutdown" -> stage.shutdown();
            default -> throw new IllegalArgumentException("not understood: -- " + what);
        }
    }

    private static Duration passing(String argument) {
        return Settings.duration(argument);
    }

    private static void ends(Stage stage, CloseCause cause) {
        if (!stage.ended().filter(cause::equals).isPresent()) {
            throw new IllegalStateException("the session should have ended with " + cause + ", but: " + stage.ended());
        }
    }
}
