package org.imapnotify.wire;

import io.netty.buffer.ByteBuf;

/**
 * Cuts one direction of a conversation into lines and the literals between them, in constant memory: a fragment is a range of the
 * caller's buffer and nothing is copied.
 *
 * <p>A <em>message</em> is a command or a response with all its literals: LINE (LITERAL* LINE)*. A line ends with CRLF or LF. One
 * that is not whole after {@link Limits#heldLine} octets comes as LINE_PARTs and a last LINE, which always holds the announcement
 * of a literal whole. A literal comes in whatever pieces the buffer has; an empty one gives no fragment.
 *
 * <p>The caller asks {@link #next}, takes {@link #length} octets out of the buffer and says {@link #consumed}, over and over. Each
 * octet is searched once: how far a line was searched is remembered from the reader index on, so the rest of a buffer may move to
 * another one between calls. When {@code next} throws, the conversation cannot be cut any further and has to end.
 */
public final class Fragmenter {
    /** Who sends what is cut. */
    public enum Direction {
        CLIENT,
        UPSTREAM
    }

    /** What a fragment is. */
    public enum Kind {
        /** A whole line, or the last part of one. */
        LINE,
        /** A part of a line that is not its last. */
        LINE_PART,
        /** Octets of a literal. */
        LITERAL
    }

    /**
     * What one line or literal may take.
     *
     * @param heldLine octets of a line that are waited for before it is given in parts; at least 64 are
     * @param maxLine octets of a whole line with its end
     * @param maxLiteral octets of one literal
     */
    public record Limits(int heldLine, long maxLine, long maxLiteral) {}

    private static final byte LF = '\n';
    /** So that the first part of a line tells what the line is. */
    private static final int SHORTEST_HELD = 2 * LiteralAnnouncement.OCTETS;

    private final Direction direction;
    private Limits limits;
    private boolean rawLines;

    private boolean inMessage;
    private boolean announces;
    private boolean inLine;
    private long lineOctets;
    private boolean openBrace;
    private int searched;
    private long literalLeft;
    private boolean awaitingGoAhead;

    private boolean found;
    private boolean foundRaw;
    private Kind kind = Kind.LINE;
    private int length;
    private boolean startsMessage;
    private boolean startsLine;
    private long literal = LiteralAnnouncement.NONE;
    private boolean synchronising;

    public Fragmenter(Direction direction, Limits limits) {
        this.direction = direction;
        this.limits = limits;
    }

    /**
     * Whether a fragment lies at the reader index of {@code in}, which does not move. Gives the same fragment until it is
     * {@link #consumed}.
     *
     * @throws ProtocolException when a line or literal is too long
     */
    public boolean next(ByteBuf in) {
        if (found && (kind == Kind.LITERAL || foundRaw == rawLines)) {
            return true;
        }
        if (awaitingGoAhead || !in.isReadable()) {
            return false;
        }
        return literalLeft > 0 ? literal(in) : line(in);
    }

    /** The fragment has been taken out of the buffer. */
    public void consumed() {
        if (!found) {
            throw new IllegalStateException("no fragment to consume");
        }
        found = false;
        switch (kind) {
            case LINE -> lineConsumed();
            case LINE_PART -> partConsumed();
            case LITERAL -> literalLeft -= length;
        }
    }

    public Kind kind() {
        return kind;
    }

    /** Octets of the fragment. */
    public int length() {
        return length;
    }

    public boolean startsMessage() {
        return startsMessage;
    }

    public boolean endsMessage() {
        return kind == Kind.LINE && literal < 0;
    }

    public boolean startsLine() {
        return startsLine;
    }

    /** Octets of the literal that this line announces, -1 when it announces none. */
    public long literal() {
        return literal;
    }

    /** Whether the literal that this line announces is sent only after a "+". */
    public boolean literalSynchronising() {
        return literal >= 0 && synchronising;
    }

    /** Whether the client waits for a "+" before it sends its literal; no fragment comes meanwhile. */
    public boolean awaitingGoAhead() {
        return awaitingGoAhead;
    }

    /** The "+" came: what follows is the literal. */
    public void goAhead() {
        endOfWait();
    }

    /** A tagged NO or BAD came instead of "+": what follows is a new command. */
    public void refused() {
        endOfWait();
        literalLeft = 0;
        inMessage = false;
    }

    /**
     * Whether lines are messages of their own that announce nothing: SASL data, the DONE of IDLE. The next {@link #next} also looks
     * in this light at a line that was found but not consumed.
     */
    public void rawLines(boolean on) {
        rawLines = on;
    }

    /** Limits for what is not found yet. */
    public void limits(Limits newLimits) {
        limits = newLimits;
    }

    /** Whether nothing has been consumed of a message that is not finished. */
    public boolean atMessageBoundary() {
        return !inMessage;
    }

    private boolean literal(ByteBuf in) {
        return found(Kind.LITERAL, (int) Math.min(literalLeft, in.readableBytes()), false, LiteralAnnouncement.NONE);
    }

    private boolean line(ByteBuf in) {
        int from = in.readerIndex();
        int lf = in.indexOf(from + searched, in.writerIndex(), LF);
        searched = lf < 0 ? in.readableBytes() : lf - from;
        int octets = lf < 0 ? searched : searched + 1;
        if (octets > limits.maxLine - lineOctets) {
            throw new ProtocolException("Line longer than " + limits.maxLine + " octets");
        }
        if (lf >= 0) {
            long announced = announced(in, from, lf + 1);
            synchronising = announced >= 0 && LiteralAnnouncement.synchronising(in, from, lf + 1);
            return found(Kind.LINE, octets, !inLine, announced);
        }
        return octets >= Math.max(limits.heldLine, SHORTEST_HELD)
                && part(in, from, octets - LiteralAnnouncement.OCTETS);
    }

    private boolean part(ByteBuf in, int from, int octets) {
        mayAnnounce(in, from, from + octets);
        openBrace = LiteralAnnouncement.opens(in, from, from + octets, openBrace);
        return found(Kind.LINE_PART, octets, !inLine, LiteralAnnouncement.NONE);
    }

    private boolean found(Kind what, int octets, boolean beginsLine, long announced) {
        kind = what;
        length = octets;
        startsLine = beginsLine;
        startsMessage = !inMessage;
        literal = announced;
        foundRaw = rawLines;
        found = true;
        return true;
    }

    private long announced(ByteBuf in, int from, int to) {
        if (rawLines || !mayAnnounce(in, from, to)) {
            return LiteralAnnouncement.NONE;
        }
        long octets = LiteralAnnouncement.read(in, from, to, openBrace);
        if (octets > limits.maxLiteral) {
            throw new ProtocolException("Literal longer than " + limits.maxLiteral + " octets");
        }
        return octets;
    }

    /** Text for humans may end like an announcement; what is not text can have one on each of its lines. */
    private boolean mayAnnounce(ByteBuf in, int from, int to) {
        if (!inMessage) {
            announces = direction == Direction.CLIENT || isData(in, from, to);
        }
        return announces;
    }

    private static boolean isData(ByteBuf in, int from, int to) {
        return in.getByte(from) == '*'
                && !ResponseName.of(in, Math.min(from + 2, to), to).isStatus();
    }

    private void lineConsumed() {
        inLine = false;
        lineOctets = 0;
        openBrace = false;
        searched = 0;
        inMessage = literal >= 0;
        literalLeft = Math.max(literal, 0);
        awaitingGoAhead = direction == Direction.CLIENT && literalSynchronising();
    }

    private void partConsumed() {
        inMessage = true;
        inLine = true;
        lineOctets += length;
        searched -= length;
    }

    private void endOfWait() {
        if (!awaitingGoAhead) {
            throw new IllegalStateException("no literal waits for a go-ahead");
        }
        awaitingGoAhead = false;
    }
}
