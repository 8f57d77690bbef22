package org.imapnotify.session.transcript;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.imapnotify.session.transcript.Performance.Deed;
import org.imapnotify.session.transcript.Step.Happens;
import org.imapnotify.session.transcript.Step.Said;

/** Runs of a transcript with its octets cut otherwise: whatever the network does, all sides are told the same at the same time. */
final class Recutting {
    /** Long transcripts are cut at fewer places, evenly spread, so that no more octets than this are moved. */
    private static final int MOST_OCTETS = 20_000_000;

    private final Transcript transcript;
    private final Performance reference;
    private int runs;

    Recutting(Transcript transcript) {
        this.transcript = transcript;
        this.reference = Performance.of(transcript);
    }

    int runs() {
        return runs;
    }

    void octetByOctet() {
        run(
                "octet by octet",
                (index, octets) ->
                        octets.chars().mapToObj(c -> String.valueOf((char) c)).toList());
    }

    void lineByLine() {
        run("line by line", (index, octets) -> List.of(octets.split("(?<=\n)", -1)));
    }

    void inTwoPieces() {
        int all = reference.deeds().stream().mapToInt(Recutting::cuts).sum();
        int stride = (int) ((long) all * all / MOST_OCTETS) + 1;
        for (int i = 0; i < reference.deeds().size(); i++) {
            for (int at = 1; at < cuts(reference.deeds().get(i)); at += stride) {
                inTwoPieces(i, at);
            }
        }
    }

    /** What is included is cut where it is at home. */
    private static int cuts(Deed deed) {
        return deed.step() instanceof Said said && said.recut() ? deed.octets().length() : 0;
    }

    private void inTwoPieces(int deed, int at) {
        run(
                "line " + reference.deeds().get(deed).step().number() + " cut behind octet " + at,
                (index, octets) ->
                        index == deed ? List.of(octets.substring(0, at), octets.substring(at)) : List.of(octets));
    }

    private interface Cut {
        List<String> pieces(int index, String octets);
    }

    private void run(String how, Cut cut) {
        runs++;
        Stage stage = new Stage(transcript);
        try {
            Performance.begin(stage, transcript);
            for (int i = 0; i < reference.deeds().size(); i++) {
                perform(stage, reference.deeds().get(i), cut, i, how);
            }
        } catch (RuntimeException e) {
            throw new AssertionError(transcript.name() + ", " + how + ": " + e, e);
        }
        compare(stage, how, "the end");
    }

    private void perform(Stage stage, Deed deed, Cut cut, int index, String how) {
        if (deed.step() instanceof Said said) {
            for (String piece : cut.pieces(index, deed.octets())) {
                if (!piece.isEmpty()) {
                    stage.said(said.stream(), piece);
                }
            }
        } else if (deed.step() instanceof Happens happens) {
            Performance.happen(stage, happens);
        }
        if (!stage.streams().lengths().equals(deed.lengths())) {
            compare(stage, how, "line " + deed.step().number());
            throw new AssertionError(
                    transcript.name() + ", " + how + ": something is written at another time than before, behind line "
                            + deed.step().number() + ": " + stage.streams().lengths() + ", not " + deed.lengths());
        }
    }

    private void compare(Stage stage, String how, String where) {
        Map<String, String> written = stage.streams().whole();
        List<String> wrong = new ArrayList<>();
        reference.written().forEach((stream, whole) -> {
            String now = written.getOrDefault(stream, "");
            boolean atEnd = where.equals("the end");
            if (atEnd ? !now.equals(whole) : !whole.startsWith(now)) {
                wrong.add(stream + ":\n" + now + "\ninstead of\n" + whole);
            }
        });
        if (!wrong.isEmpty()) {
            throw new AssertionError(
                    transcript.name() + ", " + how + ", differs at " + where + " on " + String.join("\n", wrong));
        }
    }
}
