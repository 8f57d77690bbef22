package org.imapnotify.session;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import org.imapnotify.upstream.OwnCommand;
import org.imapnotify.upstream.UpstreamConnection;
import org.imapnotify.upstream.UpstreamOutput;
import org.imapnotify.wire.Capabilities;
import org.imapnotify.wire.Fragmenter;
import org.imapnotify.wire.ProtocolException;
import org.imapnotify.wire.Response;
import org.imapnotify.wire.ResponseName;
import org.jspecify.annotations.Nullable;

/**
 * The session's own connection, lent to {@link InlineWatch}'s watcher a few commands at a time, and their answers on the way back.
 *
 * <p>What the mailbox is that the client has selected is known then, so that it is never asked for by STATUS (RFC 3501 section 6.3.10).
 * LIST-STATUS would ask for it, and the modification sequences of STATUS would switch CONDSTORE on for the client (RFC 7162
 * section 3.1), so the watcher does not learn that the upstream has them.
 */
final class LentConnection implements UpstreamOutput {
    /** Commands for which the client may have to wait. */
    private static final int MOST = 10;

    /** One response is a name and a few numbers. */
    private static final int LONGEST = 256 * 1024;

    private final Session session;
    private final String tagPrefix;
    private final ByteArrayOutputStream response = new ByteArrayOutputStream();
    private @Nullable UpstreamConnection asked;
    private @Nullable UpstreamConnection lent;
    private boolean reading;
    private int owed;

    LentConnection(Session session, String tagPrefix) {
        this.session = session;
        this.tagPrefix = tagPrefix;
    }

    /** The watcher wants a connection: it gets this one when nothing of an earlier loan is owed. */
    void ask(UpstreamConnection connection) {
        asked = connection;
    }

    /** Lends it to who has asked, if it can be. */
    void lend() {
        UpstreamConnection next = asked;
        if (next != null && owed == 0) {
            asked = null;
            lent = next;
            next.onLent(this, capabilities(), session.quirks().all(), tagPrefix);
        }
    }

    /** What may be asked for has changed. */
    void capabilitiesChanged() {
        if (lent != null) {
            lent.capabilities(capabilities());
        }
    }

    private Capabilities capabilities() {
        Capabilities plain = session.knownCapabilities().without("LIST-STATUS").without("IDLE");
        return session.enabled().condstore()
                ? plain
                : plain.without("CONDSTORE").without("QRESYNC");
    }

    /** There is something to ask. */
    boolean wants() {
        return lent != null && lent.hasWaiting();
    }

    /** Answers are on their way. */
    boolean isOwed() {
        return owed > 0;
    }

    /** Sends what is to be asked, so much at a time. */
    void pass() {
        if (lent == null) {
            return;
        }
        session.own().lend();
        owed = lent.pass(lent.isOneByOne() ? 1 : MOST, this::isOfSelected);
        if (owed == 0) {
            session.own().onTagged();
        }
    }

    private boolean isOfSelected(OwnCommand command) {
        return session.selected().name().isPresent()
                && command.isStatusOf(session.selected().name().get());
    }

    /** Whether the tag at {@code from..to} is that of a command on the lent connection. */
    boolean owns(ByteBuf buf, int from, int to) {
        int length = tagPrefix.length();
        if (owed == 0 || to - from <= length) {
            return false;
        }
        for (int i = length - 1; i >= 0; i--) {
            if (buf.getByte(from + i) != tagPrefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether such an untagged response is an answer on the lent connection. */
    boolean takes(ResponseName name) {
        return owed > 0
                && switch (name) {
                    case LIST, LSUB, STATUS, NAMESPACE, METADATA -> true;
                    default -> false;
                };
    }

    /** A continuation request can only be for a literal of a command on the lent connection. */
    boolean takesContinuation() {
        return owed > 0;
    }

    boolean isReading() {
        return reading;
    }

    /** A fragment of an answer; the client does not see it. */
    Verdict read(ByteBuf buf, Fragmenter fragment) {
        byte[] octets = new byte[fragment.length()];
        buf.getBytes(buf.readerIndex(), octets);
        response.writeBytes(octets);
        if (response.size() > LONGEST) {
            throw new ProtocolException("response too long");
        }
        reading = !fragment.endsMessage();
        if (!reading) {
            byte[] whole = response.toByteArray();
            response.reset();
            answered(whole);
        }
        return Verdict.TAKE;
    }

    private void answered(byte[] octets) {
        Response whole;
        try {
            whole = Response.parse(octets, session.enabled().utf8());
        } catch (ProtocolException unreadable) {
            if (octets[0] == '*') {
                return; // that mailbox stays as it was
            }
            throw unreadable;
        }
        if (whole.kind() == Response.Kind.TAGGED) {
            owed--;
        }
        if (isUnsolicitedMetadata(whole)) {
            session.out().toClient(octets);
        } else if (lent != null) {
            lent.onResponse(whole);
        }
        if (owed == 0) {
            session.own().onTagged();
        }
    }

    /** Entries without values (RFC 5464 section 4.4.2) are for a client that has enabled METADATA. */
    private static boolean isUnsolicitedMetadata(Response whole) {
        return whole.name() == ResponseName.METADATA
                && !whole.latin1().stripTrailing().endsWith(")");
    }

    @Override
    public void send(byte[] octets) {
        session.out().toUpstream(session.enabled().utf8() ? Utf8Names.in(octets) : octets);
    }

    @Override
    public void startTls() {
        throw new IllegalStateException("TLS on a connection that is lent");
    }

    /** The session has its own deadline for the time in which the connection is lent, and none for the time before. */
    @Override
    public void deadline(Duration after) {}

    /** The connection is the session's. */
    @Override
    public void close() {}
}
