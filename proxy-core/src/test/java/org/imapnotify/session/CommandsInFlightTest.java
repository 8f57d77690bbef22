package org.imapnotify.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.imapnotify.Requirement;
import org.imapnotify.session.CommandsInFlight.Command;
import org.imapnotify.wire.CommandName;
import org.junit.jupiter.api.Test;

class CommandsInFlightTest {
    private final CommandsInFlight inFlight = new CommandsInFlight();

    private void sent(String tag, CommandName name) {
        inFlight.add(new Command(Tag.of(octets(tag), 0, tag.length()), name, null, false));
    }

    /** The tag of the completed command and its name, "" when none of that tag was open. */
    private String completed(String tag) {
        Command command = inFlight.complete(octets(tag), 0, tag.length());
        return command == null ? "" : command.tag() + " " + command.name();
    }

    private static ByteBuf octets(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    @Test
    void completesInOrder() {
        for (int i = 0; i < 100; i++) {
            sent("a" + i, CommandName.NOOP);
        }
        assertThat(inFlight.size()).isEqualTo(100);
        for (int i = 0; i < 100; i++) {
            assertThat(completed("a" + i)).isEqualTo("a" + i + " NOOP");
        }
        assertThat(inFlight.isEmpty()).isTrue();
        assertThat(inFlight.oldest()).isNull();
    }

    @Test
    void completesOutOfOrderWhileTheRingTurns() {
        for (int i = 0; i < 50; i++) {
            sent("x" + i, CommandName.NOOP);
            sent("y" + i, CommandName.FETCH);
            sent("z" + i, CommandName.LIST);
            assertThat(completed("y" + i)).isEqualTo("y" + i + " FETCH");
            assertThat(inFlight.oldest()).extracting(Command::name).isEqualTo(CommandName.NOOP);
            assertThat(completed("z" + i)).isEqualTo("z" + i + " LIST");
            assertThat(completed("x" + i)).isEqualTo("x" + i + " NOOP");
        }
        assertThat(inFlight.isEmpty()).isTrue();
    }

    @Test
    void tagsCompareWithCaseAndWhole() {
        sent("Abc", CommandName.NOOP);
        assertThat(completed("abc")).isEmpty();
        assertThat(completed("Ab")).isEmpty();
        assertThat(completed("Abcd")).isEmpty();
        assertThat(completed("Abc")).isEqualTo("Abc NOOP");
    }

    @Test
    void sameTagTwiceIsTwoCommands() {
        sent("a", CommandName.NOOP);
        sent("a", CommandName.LIST);
        assertThat(completed("a")).isEqualTo("a NOOP");
        assertThat(completed("a")).isEqualTo("a LIST");
        assertThat(completed("a")).isEmpty();
    }

    @Test
    @Requirement("N-154")
    void knowsWhenListsAreOpen() {
        sent("a", CommandName.LSUB);
        sent("b", CommandName.STATUS);
        completed("a");
        assertThat(inFlight.listing()).isTrue();
        completed("b");
        assertThat(inFlight.listing()).isFalse();
    }

    @Test
    void knowsWhenFetchResponsesAreExpected() {
        sent("a", CommandName.UID_STORE);
        assertThat(inFlight.mayFetch()).isTrue();
        assertThat(inFlight.has(CommandName.UID_STORE)).isTrue();
        assertThat(completed("a")).isNotEmpty();
        assertThat(inFlight.mayFetch()).isFalse();
        assertThat(inFlight.has(CommandName.UID_STORE)).isFalse();
    }

    @Test
    void aStrangerMayHaveFewerOpenThanAUser() {
        for (int i = 0; i < 64; i++) {
            assertThat(inFlight.isFull(false)).isFalse();
            sent("a" + i, CommandName.NOOP);
        }
        assertThat(inFlight.isFull(false)).isTrue();
        assertThat(inFlight.isFull(true)).isFalse();
        completed("a0");
        assertThat(inFlight.isFull(false)).isFalse();
        for (int i = 0; i < 1024; i++) {
            sent("b" + i, CommandName.NOOP);
        }
        assertThat(inFlight.isFull(true)).isTrue();
    }

    /** Long tags, and arguments that are kept, are memory, too. */
    @Test
    void octetsCountUntilTheirCommandIsCompleted() {
        Capture capture = new Capture(300_000);
        inFlight.add(new Command(Tag.of(octets("a"), 0, 1), CommandName.CREATE, capture, false));
        inFlight.keep(capture, octets("x".repeat(200_000)), 0, 200_000);
        assertThat(inFlight.isFull(false)).isTrue();
        for (int i = 0; i < 63; i++) {
            assertThat(inFlight.isFull(true)).isFalse();
            sent("b".repeat(1000), CommandName.NOOP);
        }
        assertThat(inFlight.isFull(true)).isTrue();
        completed("a");
        assertThat(inFlight.isFull(true)).isFalse();
    }
}
