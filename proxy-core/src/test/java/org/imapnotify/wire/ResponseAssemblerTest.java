package org.imapnotify.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ResponseAssemblerTest {
    private static final List<String> CONVERSATION = List.of(
            "* OK [CAPABILITY IMAP4rev1] text may end in {5}\r\n",
            "* LIST () \"/\" {4}\r\na\r\nb\r\n",
            "* 1 FETCH (BODY[] {3}\r\n* 2 FLAGS () X {0}\r\n)\r\n",
            "+ go ahead {3}\r\n",
            "* 3 EXISTS\n",
            "a1 OK done {9}\r\n");

    private final List<String> responses = new ArrayList<>();
    private final ResponseAssembler assembler = new ResponseAssembler(100, r -> responses.add(r.latin1()));

    @Test
    void givesWholeResponsesFromOneRead() {
        feed(String.join("", CONVERSATION));
        assertThat(responses).isEqualTo(CONVERSATION);
        assertThat(assembler.pending()).isZero();
    }

    @Property(tries = 300)
    void givesTheSameHoweverTheReadsAreCut(@ForAll List<@IntRange(min = 1, max = 40) Integer> cuts) {
        List<String> given = new ArrayList<>();
        ResponseAssembler fresh = new ResponseAssembler(100, r -> given.add(r.latin1()));
        String rest = String.join("", CONVERSATION);
        for (int cut : cuts) {
            int length = Math.min(cut, rest.length());
            fresh.feed(octets(rest.substring(0, length)));
            rest = rest.substring(length);
        }
        fresh.feed(octets(rest));
        assertThat(given).isEqualTo(CONVERSATION);
    }

    @Test
    void givesTheSameOctetByOctet() {
        String all = String.join("", CONVERSATION);
        for (int i = 0; i < all.length(); i++) {
            feed(all.substring(i, i + 1));
        }
        assertThat(responses).isEqualTo(CONVERSATION);
    }

    @Test
    void takesEverythingAndLeavesTheBufferToItsOwner() {
        ByteBuf in = octets("* 1 EXI");
        assembler.feed(in);
        assertThat(in.isReadable()).isFalse();
        assertThat(in.refCnt()).isOne();
        assertThat(assembler.pending()).isEqualTo(7);
        in.setZero(0, in.capacity());
        feed("STS\r\n");
        assertThat(responses).containsExactly("* 1 EXISTS\r\n");
    }

    @Test
    void tellsTheConsumerWhatFollowsItsResponse() {
        List<Integer> pending = new ArrayList<>();
        ResponseAssembler[] self = new ResponseAssembler[1];
        self[0] = new ResponseAssembler(100, r -> pending.add(self[0].pending()));
        self[0].feed(octets("a OK begin TLS\r\n* INJECTED\r\n"));
        assertThat(pending).containsExactly(12, 0);
    }

    @Test
    void takesReadsThatAreLongerThanAnyResponseMayBe() {
        feed("* 1 EXISTS\r\n".repeat(1000));
        assertThat(responses).hasSize(1000);
    }

    @Test
    void refusesALineThatIsTooLong() {
        feed("* OK " + "x".repeat(93) + "\r\n");
        assertThat(responses).hasSize(1);
        refuses("* OK " + "x".repeat(94) + "\r\n");
    }

    @Test
    void refusesALineThatNeverEnds() {
        refuses("x".repeat(101));
    }

    @Test
    void refusesALiteralThatIsTooLongBeforeItComes() {
        refuses("* LIST () \"/\" {101}\r\n");
    }

    @Test
    void refusesManyLiteralsThatAreTooLongTogether() {
        refuses("* X" + " {20}\r\n12345678901234567890".repeat(5));
    }

    private void refuses(String octets) {
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> feed(octets));
    }

    private void feed(String latin1) {
        assembler.feed(octets(latin1));
    }

    private static ByteBuf octets(String latin1) {
        return Unpooled.copiedBuffer(latin1, StandardCharsets.ISO_8859_1);
    }
}
