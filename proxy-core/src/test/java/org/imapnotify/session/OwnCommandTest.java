package org.imapnotify.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.imapnotify.session.OwnCommand.IdleAsked;
import org.imapnotify.session.OwnCommand.IdleUnwanted;
import org.imapnotify.session.OwnCommand.Idling;
import org.imapnotify.session.OwnCommand.Leaving;
import org.imapnotify.session.OwnCommand.None;
import org.imapnotify.session.OwnCommand.Purpose;
import org.imapnotify.session.OwnCommand.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of {@link OwnCommand}: state x event -> state, and what goes to the upstream with it. */
class OwnCommandTest {
    private static final OwnCommand RUNNING = new Running(Purpose.POLL_NOOP);

    /**
     * @param ours whether a continuation is for the own command
     */
    record Row(
            OwnCommand state,
            OwnCommand onContinuation,
            boolean ours,
            OwnCommand onWantedBack,
            List<String> doneWith) {}

    private static final List<Row> TABLE = List.of(
            new Row(new None(), new None(), false, new None(), List.of()),
            new Row(new IdleAsked(), new Idling(), true, new IdleUnwanted(), List.of()),
            new Row(new IdleUnwanted(), new Leaving(), true, new IdleUnwanted(), List.of("+")),
            new Row(new Idling(), new Idling(), false, new Leaving(), List.of("wanted back")),
            new Row(new Leaving(), new Leaving(), false, new Leaving(), List.of()),
            new Row(RUNNING, RUNNING, false, RUNNING, List.of()));

    private final RecordingOutput out = new RecordingOutput();
    private final OwnConversation own = new OwnConversation(TestOptions.plain()::idleReissue, out, "p");

    static Stream<Row> table() {
        return TABLE.stream();
    }

    private void bring(OwnCommand state) {
        if (state instanceof Running running) {
            own.run(running.purpose(), "NOOP");
        } else if (!(state instanceof None)) {
            own.idle();
            if (state instanceof IdleUnwanted) {
                own.wantBack();
            } else if (!(state instanceof IdleAsked)) {
                own.onContinuation();
            }
            if (state instanceof Leaving) {
                own.wantBack();
            }
        }
        assertThat(own.state()).isEqualTo(state);
        out.upstream.setLength(0);
    }

    @Test
    void tableIsComplete() {
        Set<Class<?>> states = TABLE.stream().map(row -> row.state().getClass()).collect(Collectors.toSet());
        assertThat(states).containsExactlyInAnyOrder(OwnCommand.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("table")
    void continuation(Row row) {
        bring(row.state());
        assertThat(own.onContinuation()).isEqualTo(row.ours());
        assertThat(own.state()).isEqualTo(row.onContinuation());
        assertThat(out.upstream).hasToString(row.doneWith().contains("+") ? "DONE\r\n" : "");
    }

    @ParameterizedTest
    @MethodSource("table")
    void wantedBack(Row row) {
        bring(row.state());
        own.wantBack();
        assertThat(own.state()).isEqualTo(row.onWantedBack());
        assertThat(out.upstream).hasToString(row.doneWith().contains("wanted back") ? "DONE\r\n" : "");
    }

    @ParameterizedTest
    @MethodSource("table")
    void completionFreesTheConnectionAndStopsItsDeadlines(Row row) {
        bring(row.state());
        assertThat(own.onTagged()).isEqualTo(row.state());
        assertThat(own.isNone()).isTrue();
        assertThat(out.timers).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("table")
    void onlyOneCommandAtATime(Row row) {
        bring(row.state());
        if (row.state() instanceof None) {
            own.idle();
            assertThat(out.upstream).hasToString("p1 IDLE\r\n");
        } else {
            assertThatIllegalStateException().isThrownBy(own::idle);
            assertThatIllegalStateException().isThrownBy(() -> own.run(Purpose.SET_NOOP, "NOOP"));
        }
    }

    @Test
    void everyWaitHasADeadline() {
        own.idle();
        assertThat(out.timers).containsOnlyKeys(SessionTimer.OWN_COMPLETION);
        own.onContinuation();
        assertThat(out.timers).containsOnlyKeys(SessionTimer.OWN);
        own.wantBack();
        assertThat(out.timers).containsKey(SessionTimer.OWN_COMPLETION);
    }

    @Test
    void knowsItsOwnTagAlone() {
        own.run(Purpose.POLL_NOOP, "NOOP");
        assertThat(owns("p1")).isTrue();
        assertThat(owns("p2")).isFalse();
        assertThat(owns("p")).isFalse();
        own.onTagged();
        assertThat(owns("p1")).isFalse();
    }

    private boolean owns(String tag) {
        ByteBuf buf = Unpooled.copiedBuffer(tag, StandardCharsets.US_ASCII);
        return own.owns(buf, 0, tag.length());
    }
}
