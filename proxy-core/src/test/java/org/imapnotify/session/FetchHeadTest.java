package org.imapnotify.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.imapnotify.wire.Fragmenter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FetchHeadTest {
    private static FetchHead head(String line) {
        ByteBuf buf = Unpooled.copiedBuffer(line + "\r\n", StandardCharsets.ISO_8859_1);
        Fragmenter fragment =
                new Fragmenter(Fragmenter.Direction.UPSTREAM, new Fragmenter.Limits(8192, 1 << 20, 1 << 20));
        assertThat(fragment.next(buf)).isTrue();
        return FetchHead.of(buf, fragment);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "* 1 FETCH (UID 7 FLAGS (\\Seen) MODSEQ (12))      | 7  | 12 | true",
                "* 1 fetch (flags () uid 7)                        | 7  | -1 | true",
                "* 1 FETCH (MODSEQ (18446744073709551615) UID 4294967295) | 4294967295 | -1 | false",
                "* 1 FETCH (BODY[] {1000}                          | -1 | -1 | false",
                "* 1 FETCH (X-GM-LABELS (UID 9 \"FLAGS\") UID 7)   | 7  | -1 | false",
                "* 1 FETCH (ENVELOPE (NIL \"\\\"UID 9 (FLAGS\" NIL) UID 7) | 7 | -1 | false",
                "* 1 FETCH (FLAGS (UID 9)                          | -1 | -1 | true",
                "* 1 FETCH (UID x)                                 | -1 | -1 | false",
                "* 1 FETCH (UID                                    | -1 | -1 | false",
                "* 1 FETCH FLAGS (\\Flagged)                       | -1 | -1 | false",
                "* 1 FETCH                                         | -1 | -1 | false",
                "* 1 FETCH (\"                                     | -1 | -1 | false",
                "* 1 FETCH (UID 7) UID 9                           | 7  | -1 | false",
            })
    void readsItemsAndNotTheirValues(String line, long uid, long modSeq, boolean flags) {
        assertThat(head(line)).isEqualTo(new FetchHead(uid, modSeq, flags));
    }

    @Test
    void aNumberThatIsCutIsNone() {
        String long_ = "* 1 FETCH (X \"" + "y".repeat(489) + "\" UID 1234567)";
        assertThat(head(long_).hasUid()).isFalse();
    }
}
