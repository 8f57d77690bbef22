package org.imapnotify.watch;

import java.util.function.LongSupplier;
import org.imapnotify.upstream.Effect;
import org.imapnotify.upstream.Quirks;
import org.imapnotify.wire.Capabilities;

/** Which capabilities of an upstream are used: what it advertises, is not known for and has not been seen to fail at. */
final class Beliefs {
    private final WatchEvents events;
    private Quirks quirks = Quirks.NONE;
    private boolean listStatus = true;
    private boolean listExtended = true;
    private boolean modSeq = true;
    private final LongSupplier nanoTime;
    private final Trust idle = new Trust();

    Beliefs(WatchEvents events, LongSupplier nanoTime) {
        this.events = events;
        this.nanoTime = nanoTime;
    }

    /** The upstream has been recognised, or is not known. */
    void recognised(Quirks found) {
        quirks = found;
    }

    Quirks quirks() {
        return quirks;
    }

    /** RFC 5819. */
    boolean listStatus(Capabilities capabilities) {
        return listStatus && capabilities.has("LIST-STATUS");
    }

    /** RFC 5258, which RFC 5819 builds upon. */
    boolean listExtended(Capabilities capabilities) {
        return listExtended && (capabilities.has("LIST-EXTENDED") || listStatus(capabilities));
    }

    /** RFC 7162. */
    boolean modSeq(Capabilities capabilities) {
        return modSeq && (capabilities.has("CONDSTORE") || capabilities.has("QRESYNC"));
    }

    /** RFC 2177. */
    boolean idle(Capabilities capabilities) {
        return idle() && capabilities.has("IDLE");
    }

    /** IDLE, where it is advertised, has not failed lately. */
    boolean idle() {
        return idle.has(nanoTime.getAsLong()) && !quirks.has(Effect.IDLE_SILENT) && !quirks.has(Effect.IDLE_AT_END);
    }

    void disbelieveListStatus() {
        if (listStatus) {
            listStatus = false;
            events.disbelieved("list-status");
        }
    }

    void disbelieveListExtensions() {
        listExtended = false;
        disbelieveListStatus();
    }

    void disbelieveModSeq() {
        if (modSeq) {
            modSeq = false;
            events.disbelieved("highestmodseq");
        }
    }

    void disbelieveIdle() {
        long now = nanoTime.getAsLong();
        if (idle.has(now)) {
            idle.lose(now);
            events.disbelieved("idle");
        }
    }
}
