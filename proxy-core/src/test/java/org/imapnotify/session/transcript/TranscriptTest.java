package org.imapnotify.session.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every transcript as it stands, and cut in every other way. */
class TranscriptTest {
    private static final List<Transcript> ALL = Transcript.all();
    private static final AtomicInteger RUNS = new AtomicInteger();

    @AfterAll
    static void printRuns() {
        System.out.println("transcripts: " + ALL.size() + ", run " + RUNS.get() + " times, cut differently");
    }

    @TestFactory
    Stream<DynamicTest> isTheConversation() {
        return ALL.stream()
                .map(transcript -> DynamicTest.dynamicTest(transcript.name(), () -> Performance.of(transcript)));
    }

    @TestFactory
    Stream<DynamicTest> isTheSameHoweverItIsCut() {
        return ALL.stream()
                .filter(transcript -> transcript.isYes("recut", true))
                .map(transcript -> DynamicTest.dynamicTest(transcript.name(), () -> recut(transcript)));
    }

    private static void recut(Transcript transcript) {
        Recutting recutting = new Recutting(transcript);
        recutting.octetByOctet();
        recutting.lineByLine();
        recutting.inTwoPieces();
        RUNS.addAndGet(recutting.runs());
    }

    @Test
    void hasTranscripts() {
        assertThat(ALL).hasSizeGreaterThan(90);
    }
}
