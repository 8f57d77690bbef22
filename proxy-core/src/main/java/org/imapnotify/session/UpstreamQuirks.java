package org.imapnotify.session;

import java.time.Duration;
import org.imapnotify.upstream.Effect;
import org.imapnotify.upstream.Quirks;
import org.imapnotify.upstream.Recognition;

/** What this session does otherwise because of the upstream that it has recognised from what that says of itself. */
final class UpstreamQuirks {
    private final SessionOptions options;
    private final Recognition recognition;

    UpstreamQuirks(SessionOptions options) {
        this.options = options;
        this.recognition = new Recognition(options.quirks());
    }

    Recognition recognition() {
        return recognition;
    }

    Quirks all() {
        return recognition.quirks();
    }

    boolean has(Effect effect) {
        return recognition.quirks().has(effect);
    }

    /** From one look at the selected mailbox to the next, where there is no IDLE. */
    Duration pollInterval() {
        return all().poll(options.pollInterval());
    }

    /** How long an IDLE of the proxy's own lasts: what it does not tell comes when it is renewed. */
    Duration idle() {
        Duration most = all().idle(options.idleReissue());
        boolean looks = has(Effect.IDLE_NOT_ALL) || has(Effect.IDLE_AT_END);
        return looks && pollInterval().compareTo(most) < 0 ? pollInterval() : most;
    }
}
