package org.imapnotify.upstream;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.imapnotify.wire.ProtocolException;
import org.imapnotify.wire.Response;

/**
 * The pipeline of one connection: as many commands as may be are sent in one write; one with a synchronising literal
 * holds those behind it back until its last part has gone out.
 */
final class InFlight {
    private record Waiting(OwnCommand command, Exchange exchange) {}

    private record Sent(String tag, Exchange exchange) {}

    private final Talk talk;
    private final boolean lent;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Deque<byte[]> rest = new ArrayDeque<>();
    private final List<Sent> sent = new ArrayList<>();
    private boolean timed;
    private boolean heard;
    /** Most commands that have been in flight together since there was none; 0 when there is none. */
    private int together;

    private boolean silent;

    InFlight(Talk talk) {
        this(talk, false);
    }

    private InFlight(Talk talk, boolean lent) {
        this.talk = talk;
        this.lent = lent;
    }

    /** The connection is somebody else's, who says when commands may be sent. */
    static InFlight onLent(Talk talk) {
        return new InFlight(talk, true);
    }

    boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    boolean isEmpty() {
        return sent.isEmpty() && waiting.isEmpty();
    }

    void add(OwnCommand command, Exchange exchange) {
        waiting.add(new Waiting(command, exchange));
    }

    /** Sends what may be sent now. */
    void flush() {
        if (!lent) {
            send(talk.manner().window() - sent.size());
        }
    }

    /** Waiting commands that need not be sent, and must not, count as done. */
    void skip(Predicate<OwnCommand> needless) {
        List<Waiting> all =
                waiting.stream().filter(next -> needless.test(next.command())).toList();
        waiting.removeAll(all);
        for (Waiting skipped : all) {
            Response done = Response.parse((talk.nextTag() + " OK\r\n").getBytes(StandardCharsets.ISO_8859_1));
            talk.afterwards(() -> skipped.exchange().onCompleted(done));
        }
    }

    /** Sends so many commands at most; gives how many they were. */
    int send(int most) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        int count = 0;
        while (rest.isEmpty() && !waiting.isEmpty() && count < most) {
            count++;
            Waiting next = waiting.remove();
            String tag = talk.nextTag();
            octets.writeBytes((tag + " ").getBytes(StandardCharsets.ISO_8859_1));
            List<byte[]> parts = next.command().parts();
            octets.writeBytes(parts.get(0));
            rest.addAll(parts.subList(1, parts.size()));
            sent.add(new Sent(tag, next.exchange()));
        }
        together = Math.max(together, sent.size());
        if (octets.size() > 0) {
            talk.output().send(octets.toByteArray());
            heard = true;
            if (!timed) {
                timed = true;
                talk.awaitAnswer();
            }
        }
        return count;
    }

    void onContinuation() {
        byte[] part = rest.poll();
        if (part == null) {
            throw new ProtocolException("continuation request, but no literal waits for it");
        }
        talk.output().send(part);
        heard = true;
        flush();
    }

    /** Offered in the order of the commands, so the one being executed comes first. */
    void onUntagged(Response response) {
        heard = true;
        obey(response);
        for (Sent command : List.copyOf(sent)) {
            if (command.exchange().onUntagged(response)) {
                return;
            }
        }
        talk.listener().onUnsolicited(response);
    }

    void onTagged(Response response) {
        heard = true;
        obey(response);
        for (Iterator<Sent> commands = sent.iterator(); commands.hasNext(); ) {
            Sent command = commands.next();
            if (command.tag().equals(response.tag())) {
                boolean last = !commands.hasNext();
                commands.remove();
                if (last) {
                    forgetLiterals();
                }
                answered();
                talk.afterwards(() -> command.exchange().onCompleted(response));
                return;
            }
        }
        throw new ProtocolException("a response to a command that was not sent");
    }

    private void answered() {
        if (sent.isEmpty()) {
            talk.manner().pipelining().answered(together);
            together = 0;
        }
        if (!waiting.isEmpty() && talk.manner().window() < Integer.MAX_VALUE) {
            talk.afterwards(this::flush);
        }
    }

    /** The connection is over. */
    void failed() {
        if (!lent && together > 1) {
            talk.manner().pipelining().unanswered(together, silent && sent.size() < together);
        }
    }

    private void obey(Response response) {
        Throttle.of(response)
                .filter(Throttle::work)
                .ifPresent(throttle -> talk.listener().onThrottled(throttle.rest()));
    }

    /** The last command sent is answered while a literal of it waits for its "+": the literal is not wanted. */
    private void forgetLiterals() {
        if (!rest.isEmpty()) {
            rest.clear();
            talk.afterwards(this::flush);
        }
    }

    /** One timer for all: it fails the connection when nothing was heard for its whole length. */
    void onDeadline() {
        timed = !sent.isEmpty();
        if (timed && !heard) {
            silent = true;
            throw new UpstreamFailed(Failure.unreachable("no answer to a command"));
        }
        heard = false;
        if (timed) {
            talk.awaitAnswer();
        }
    }
}
