package org.imapnotify.session;

import java.io.ByteArrayOutputStream;

/**
 * VANISHED responses that the proxy's own UID FETCH has brought while SELECTED-DELAYED forbids them. Only where there are no
 * message sequence numbers (RFC 9586): elsewhere the proxy never gives a command that may bring them.
 */
final class HeldVanished {
    /** More than this is told early rather than kept: UIDs stay true all the same. */
    private static final int MOST = 64 * 1024;

    private final Session session;
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();

    HeldVanished(Session session) {
        this.session = session;
    }

    Verdict hold(byte[] line) {
        if (!session.enabled().uidOnly() || lines.size() + line.length > MOST) {
            return Verdict.FORWARD;
        }
        lines.writeBytes(line);
        return Verdict.TAKE;
    }

    /** A command of the client permits them now. */
    void release() {
        if (lines.size() > 0) {
            session.notifications().told("expunge");
            session.out().toClient(lines.toByteArray());
            lines.reset();
        }
    }

    void clear() {
        lines.reset();
    }
}
