package org.imapnotify.session;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.imapnotify.session.CommandsInFlight.Command;
import org.imapnotify.wire.Capabilities;
import org.imapnotify.wire.Fragmenter;
import org.imapnotify.wire.ImapReader;
import org.imapnotify.wire.Octets;
import org.imapnotify.wire.ProtocolException;
import org.imapnotify.wire.ResponseName;

/**
 * What the upstream says: the first words of a response are looked at, everything that is not about the proxy's own commands,
 * capabilities or the client's registration goes on unchanged. The mirror image is {@link ClientSide}.
 */
final class UpstreamSide {
    private final Session session;
    private final ResponseCodes codes;
    private Verdict rest = Verdict.FORWARD;

    UpstreamSide(Session session) {
        this.session = session;
        this.codes = new ResponseCodes(session);
    }

    Verdict onFragment(ByteBuf buf, Fragmenter fragment) {
        if (session.inline().connection().isReading()) {
            return session.inline().connection().read(buf, fragment);
        }
        if (!fragment.startsMessage()) {
            return session.selected().rest(buf, fragment, rest);
        }
        rest = Verdict.FORWARD;
        int from = buf.readerIndex();
        int to = from + fragment.length();
        byte first = buf.getByte(from);
        if (session.isOpening() && session.own().isNone() && !isGreeting(buf, from, to)) {
            throw new ProtocolException("no IMAP greeting");
        }
        Verdict verdict;
        if (first == '*') {
            verdict = untagged(buf, from, to, fragment);
        } else if (first == '+') {
            verdict = session.inline().connection().takesContinuation()
                    ? session.inline().connection().read(buf, fragment)
                    : continuation();
        } else {
            verdict = tagged(buf, from, to, fragment);
        }
        if (!fragment.endsMessage()) {
            rest = verdict;
        }
        return verdict;
    }

    /** Whether this is {@code greeting = "*" SP (resp-cond-auth / resp-cond-bye)} (RFC 3501 section 9). */
    private static boolean isGreeting(ByteBuf buf, int from, int to) {
        if (buf.getByte(from) != '*') {
            return false;
        }
        return switch (ResponseName.of(buf, Math.min(from + 2, to), to)) {
            case OK, PREAUTH, BYE -> true;
            default -> false;
        };
    }

    private Verdict continuation() {
        if (session.own().onContinuation()) {
            return Verdict.TAKE;
        }
        ClientSide client = session.client();
        if (session.clientFragmenter().awaitingGoAhead()) {
            session.clientFragmenter().goAhead();
            session.out().resumeClient(); // the literal may have been sent without waiting
        } else {
            client.onContinuation();
        }
        return Verdict.FORWARD;
    }

    private Verdict tagged(ByteBuf buf, int from, int to, Fragmenter fragment) {
        int tagEnd = Octets.indexOfSpaceOrEnd(buf, from, to);
        int status = Math.min(tagEnd + 1, to);
        if (session.own().owns(buf, from, tagEnd)) {
            session.completions().ofOwn(ResponseName.of(buf, status, to) == ResponseName.OK, buf, fragment);
            return Verdict.TAKE;
        }
        if (session.inline().connection().owns(buf, from, tagEnd)) {
            return session.inline().connection().read(buf, fragment);
        }
        Command command = session.inFlight().complete(buf, from, tagEnd);
        if (command == null) {
            requireTag(buf, from, tagEnd);
            return Verdict.FORWARD;
        }
        codes.note(buf, status, to);
        session.selected().held().release();
        session.client().onCompleted(command);
        session.completions().ofClient(command, ResponseName.of(buf, status, to));
        session.client().unblock(command);
        return codes.status(buf, from, status, to, fragment);
    }

    /**
     * Answers to nobody's command go on as well, but what has control characters for a tag is no IMAP: TLS, most likely. 8-bit text is
     * let pass: servers that count a literal wrongly leave such behind, and some clients live with them.
     */
    private static void requireTag(ByteBuf buf, int from, int tagEnd) {
        for (int i = from; i < tagEnd; i++) {
            byte octet = buf.getByte(i);
            if (octet >= 0 && octet < ' ' && octet != '\r' && octet != '\n' && octet != '\t') {
                throw new ProtocolException("no IMAP response");
            }
        }
    }

    private Verdict untagged(ByteBuf buf, int from, int to, Fragmenter fragment) {
        int word = Math.min(from + 2, to);
        int wordEnd = Octets.indexOfSpaceOrEnd(buf, word, to);
        long number = Octets.number(buf, word, wordEnd);
        if (number >= 0) {
            ResponseName name = ResponseName.of(buf, Math.min(wordEnd + 1, to), to);
            return session.selected().onNumbered(name, number, buf, fragment);
        }
        ResponseName name = ResponseName.of(buf, word, to);
        if (session.inline().connection().takes(name)) {
            return session.inline().connection().read(buf, fragment);
        }
        return switch (name) {
            case OK, NO, BAD, BYE, PREAUTH -> condition(name, buf, from, word, to, fragment);
            case CAPABILITY -> capability(buf, wordEnd, to, fragment);
            case ENABLED -> enabled(buf, wordEnd, to);
            case SEARCH -> session.own().runs(OwnCommand.Purpose.GENTLE_LOOK) ? Verdict.TAKE : Verdict.FORWARD;
            case ID -> identity(buf, wordEnd, to);
            case STATUS, VANISHED -> counted(name, buf, from, wordEnd, to, fragment);
            case ESEARCH ->
                session.selected().awaitsSearches() ? counted(name, buf, from, wordEnd, to, fragment) : Verdict.FORWARD;
            default -> Verdict.FORWARD;
        };
    }

    /** Who the upstream says it is, whoever has asked. */
    private Verdict identity(ByteBuf buf, int wordEnd, int to) {
        session.quirks().recognition().identity(Octets.latin1(buf, wordEnd, Octets.endOfText(buf, wordEnd, to)));
        return session.own().runs(OwnCommand.Purpose.INTRODUCTION) ? Verdict.TAKE : Verdict.FORWARD;
    }

    private Verdict greeting(ResponseName name, ByteBuf buf, int from, int word, int to, Fragmenter fragment) {
        Verdict verdict = session.login().greeting(name, buf, to);
        return verdict == Verdict.FORWARD ? codes.status(buf, from, word, to, fragment) : verdict;
    }

    /** Answers of which the proxy keeps the numbers; ones that it does not understand go on like all others. */
    private Verdict counted(ResponseName name, ByteBuf buf, int from, int wordEnd, int to, Fragmenter fragment) {
        if (fragment.endsMessage()) {
            byte[] copy = new byte[to - from];
            buf.getBytes(from, copy);
            ImapReader arguments = new ImapReader(copy, wordEnd - from, copy.length);
            try {
                if (name == ResponseName.ESEARCH) {
                    return searched(copy, arguments);
                }
                if (name == ResponseName.VANISHED) {
                    return session.selected().onVanished(SequenceSet.size(arguments.rest()), copy);
                }
                session.notifications().onStatus(arguments);
            } catch (ProtocolException unreadable) {
                return Verdict.FORWARD;
            }
        }
        return Verdict.FORWARD;
    }

    /** The answer to the proxy's own SEARCH, or to the client's, or what has changed in the result of an earlier one. */
    private Verdict searched(byte[] line, ImapReader arguments) {
        if (session.own().runs(OwnCommand.Purpose.GENTLE_LOOK)) {
            String tag = SearchContexts.tag(new ImapReader(line, arguments.position(), line.length));
            if (tag.isEmpty() || session.own().isTag(tag)) {
                return Verdict.TAKE;
            }
        }
        session.selected().onSearchUpdate(arguments);
        return Verdict.FORWARD;
    }

    private Verdict condition(ResponseName name, ByteBuf buf, int from, int word, int to, Fragmenter fragment) {
        if (session.isOpening()) {
            return greeting(name, buf, from, word, to, fragment);
        }
        if (name == ResponseName.BYE) {
            session.ending().upstreamSaidBye(Octets.latin1(buf, word, to));
            return Verdict.FORWARD;
        }
        if (name == ResponseName.OK && session.hidesIdleChatter() && !ResponseCodes.isThere(buf, word, to)) {
            return Verdict.TAKE; // "Still here" of an IDLE that the client does not know of (N-203)
        }
        codes.note(buf, word, to);
        return codes.status(buf, from, word, to, fragment);
    }

    private Verdict capability(ByteBuf buf, int wordEnd, int to, Fragmenter fragment) {
        if (!fragment.endsMessage()) {
            throw new ProtocolException("CAPABILITY response too long");
        }
        Capabilities shown =
                session.upstreamCapabilities().learn(Octets.latin1(buf, wordEnd, Octets.endOfText(buf, wordEnd, to)));
        if (!session.own().runs(OwnCommand.Purpose.CAPABILITY)) {
            session.out().toClient(octets("* CAPABILITY " + shown.words() + "\r\n"));
        }
        return Verdict.TAKE;
    }

    private Verdict enabled(ByteBuf buf, int wordEnd, int to) {
        session.enabled().confirmed(Capabilities.of(Octets.latin1(buf, wordEnd, Octets.endOfText(buf, wordEnd, to))));
        return Verdict.FORWARD;
    }

    static byte[] octets(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }
}
