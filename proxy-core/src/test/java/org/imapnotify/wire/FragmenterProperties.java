package org.imapnotify.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import org.imapnotify.wire.Fragmenter.Direction;
import org.imapnotify.wire.Fragmenter.Limits;

class FragmenterProperties {
    private static final Limits LIMITS = new Limits(64, 400, 150);

    @Property(tries = 3000)
    void whateverTheChunksTheMessagesAreThoseOfThePlainReading(
            @ForAll Direction direction,
            @ForAll("conversations") String octets,
            @ForAll("chunks") List<Integer> sizes,
            @ForAll long seed) {
        CutMessages cut =
                new CutMessages(new Fragmenter(direction, LIMITS), decisions(seed, 4), decisions(seed + 1, 2));
        feed(cut, octets, sizes);
        ReferenceCut reference = new ReferenceCut(direction, LIMITS, octets, decisions(seed, 4));
        Statistics.label("refused for a limit").collect(reference.failed());
        Statistics.label("messages with a literal")
                .collect(reference.messages().stream().filter(m -> m.size() > 1).count() > 0);
        assertThat(cut.messages()).isEqualTo(reference.messages());
        assertThat(cut.failed()).isEqualTo(reference.failed());
    }

    @Property
    void octetByOctetTheMessagesAreTheSame(@ForAll Direction direction, @ForAll("conversations") String octets) {
        CutMessages whole = new CutMessages(new Fragmenter(direction, LIMITS), () -> true, () -> false);
        feed(whole, octets, List.of(octets.length()));
        CutMessages single = new CutMessages(new Fragmenter(direction, LIMITS), () -> true, () -> false);
        feed(single, octets, List.of(1));
        assertThat(single.messages()).isEqualTo(whole.messages());
        assertThat(single.failed()).isEqualTo(whole.failed());
    }

    @Property
    void fragmentsAndRestAreTheInput(
            @ForAll Direction direction,
            @ForAll("conversations") String octets,
            @ForAll("chunks") List<Integer> sizes,
            @ForAll long seed) {
        CutMessages cut =
                new CutMessages(new Fragmenter(direction, LIMITS), decisions(seed, 2), decisions(seed + 1, 2));
        feed(cut, octets, sizes);
        assertThat(cut.passed() + cut.rest()).isEqualTo(octets);
    }

    @Property
    void whatIsHeldBackIsBounded(
            @ForAll Direction direction,
            @ForAll("conversations") String octets,
            @ForAll("chunks") List<Integer> sizes) {
        CutMessages cut = new CutMessages(new Fragmenter(direction, LIMITS), () -> true, () -> false);
        feed(cut, octets, sizes);
        if (!cut.failed()) {
            assertThat(cut.rest().length()).isLessThan(LIMITS.heldLine());
        }
    }

    @Provide
    Arbitrary<String> conversations() {
        Arbitrary<String> tokens = Arbitraries.of(
                "\r\n",
                "\r\n",
                "\n",
                "\r",
                " ",
                "A1 ",
                "* ",
                "* ",
                "* 1 FETCH (BODY[] ",
                "* OK ",
                "* no ",
                "+ ",
                "A1 OK ",
                "* LIST () \"/\" ",
                "{3}\r\n",
                "{12}\r\n",
                "{3+}\r\n",
                "~{5}\n",
                "~{70+}\r\n",
                "{0}\r\n",
                "{0+}\r\n",
                "{100+}\n",
                "{",
                "}",
                "+}\r\n",
                "}\r\n",
                "~",
                "7",
                "{151}\r\n",
                "{9999999999999999999}\r\n",
                "\u00e9\0",
                "OK");
        Arbitrary<String> digits = Arbitraries.strings().withChars('0').ofMaxLength(70);
        Arbitrary<String> text = Arbitraries.strings().withChars('x').ofMaxLength(150);
        return Arbitraries.frequencyOf(Tuple.of(12, tokens), Tuple.of(1, digits), Tuple.of(2, text))
                .list()
                .ofMaxSize(40)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<List<Integer>> chunks() {
        return Arbitraries.oneOf(
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.integers().between(1, 200))
                .list()
                .ofMinSize(1)
                .ofMaxSize(10);
    }

    private static void feed(CutMessages cut, String octets, List<Integer> sizes) {
        int fed = 0;
        for (int i = 0; fed < octets.length(); i++) {
            int to = Math.min(octets.length(), fed + sizes.get(i % sizes.size()));
            cut.feed(octets.substring(fed, to));
            fed = to;
        }
        cut.finish();
    }

    /** False once in {@code rarity} times; the same sequence for the same seed. */
    private static BooleanSupplier decisions(long seed, int rarity) {
        Random random = new Random(seed);
        return () -> random.nextInt(rarity) > 0;
    }
}
