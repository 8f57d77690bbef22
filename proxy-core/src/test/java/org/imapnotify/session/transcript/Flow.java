package org.imapnotify.session.transcript;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.imapnotify.session.Verdict;
import org.imapnotify.wire.Fragmenter;

/** One direction of a session, moved as the proxy's own pump moves it, without channels: same questions, same order of octets. */
final class Flow {
    private final Fragmenter fragmenter;
    private final BiFunction<ByteBuf, Fragmenter, Verdict> session;
    private final Runnable consumed;
    private final Consumer<ByteBuf> target;
    private final ByteBuf unread = Unpooled.buffer();
    private boolean running;
    private boolean again;
    private boolean held;
    private boolean stopped;

    Flow(
            Fragmenter fragmenter,
            BiFunction<ByteBuf, Fragmenter, Verdict> session,
            Runnable consumed,
            Consumer<ByteBuf> target) {
        this.fragmenter = fragmenter;
        this.session = session;
        this.consumed = consumed;
        this.target = target;
    }

    boolean isHeld() {
        return held;
    }

    void stop() {
        stopped = true;
    }

    void read(byte[] octets) {
        if (!stopped) {
            unread.discardSomeReadBytes().writeBytes(octets);
            run();
        }
    }

    /** Gives whether anything was moved. */
    boolean run() {
        if (running) {
            again = true;
            return false;
        }
        running = true;
        boolean moved = false;
        try {
            do {
                again = false;
                moved |= move();
            } while (again && !stopped);
        } finally {
            running = false;
        }
        return moved;
    }

    private boolean move() {
        boolean moved = false;
        held = false;
        while (!stopped && unread.isReadable() && fragmenter.next(unread)) {
            Verdict verdict = session.apply(unread, fragmenter);
            if (verdict == Verdict.HOLD) {
                held = true;
                return moved;
            }
            ByteBuf fragment = unread.readSlice(fragmenter.length());
            if (verdict == Verdict.FORWARD) {
                target.accept(fragment);
            }
            moved = true;
            fragmenter.consumed();
            consumed.run();
        }
        return moved;
    }
}
