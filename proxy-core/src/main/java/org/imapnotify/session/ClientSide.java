package org.imapnotify.session;

import io.netty.buffer.ByteBuf;
import org.imapnotify.session.ClientMode.Busy;
import org.imapnotify.session.ClientMode.Commands;
import org.imapnotify.session.ClientMode.Continuing;
import org.imapnotify.session.ClientMode.MoreSaid;
import org.imapnotify.session.ClientMode.MoreWanted;
import org.imapnotify.session.ClientMode.OwnIdle;
import org.imapnotify.session.ClientMode.SaslData;
import org.imapnotify.session.ClientMode.Unanswered;
import org.imapnotify.session.ClientMode.UpstreamIdle;
import org.imapnotify.session.ClientMode.Within;
import org.imapnotify.session.CommandsInFlight.Command;
import org.imapnotify.wire.CommandName;
import org.imapnotify.wire.Fragmenter;
import org.imapnotify.wire.Octets;
import org.jspecify.annotations.Nullable;

/**
 * What the client says: tag and command name are looked at, everything that the proxy does not own goes on unchanged. The
 * mirror image is {@link UpstreamSide}.
 */
final class ClientSide {
    private final Session session;
    private ClientMode mode = new Commands();
    private @Nullable Owned taking;
    private @Nullable Command sending;
    private @Nullable Capture capture;

    ClientSide(Session session) {
        this.session = session;
    }

    ClientMode mode() {
        return mode;
    }

    /** The upstream's answer decides what the client's next line is. */
    void mode(ClientMode next) {
        become(next);
        session.clientFragmenter().rawLines(next.rawLines());
        session.resumeClient();
    }

    /** The upstream asks for more, and not for a literal. */
    void onContinuation() {
        Command oldest = session.inFlight().oldest();
        if (mode instanceof Commands && oldest != null) {
            mode(new Continuing(oldest));
        } else {
            mode(mode.onContinuation());
        }
    }

    /** A command is completed that may have kept what follows it waiting. */
    @SuppressWarnings("ReferenceEquality") // this very command, not one like it
    void unblock(Command completed) {
        if (mode instanceof Within within && within.command() == completed) {
            mode(new Commands());
        }
    }

    private void become(ClientMode next) {
        if (mode instanceof Unanswered || mode instanceof MoreSaid) {
            session.out().cancel(SessionTimer.UNCLEAR);
        }
        mode = next;
        if (next instanceof Unanswered) {
            session.out().timer(SessionTimer.UNCLEAR, SessionOptions.UNANSWERED);
        } else if (next instanceof MoreSaid) {
            session.out().timer(SessionTimer.UNCLEAR, SessionOptions.MORE_SAID);
        }
    }

    /** An upstream that is silent is at work on a long command, or waits for more of the client's lines than it has asked for. */
    void patienceEnded() {
        if (mode instanceof Unanswered) {
            mode(new Commands());
        } else if (mode instanceof MoreSaid said) {
            mode(new Continuing(said.command()));
        }
    }

    Verdict onFragment(ByteBuf buf, Fragmenter fragment) {
        if (!fragment.startsMessage()) {
            return more(buf, fragment);
        }
        if (!session.hearsClient()) {
            return Verdict.HOLD;
        }
        Verdict verdict = start(buf, fragment);
        if (verdict != Verdict.HOLD) {
            session.between().active();
        }
        return verdict;
    }

    /** The fragment was consumed: what comes next may be of another kind, or may have to be asked for. */
    void onConsumed() {
        Fragmenter fragmenter = session.clientFragmenter();
        fragmenter.rawLines(mode.rawLines());
        if (taking != null && fragmenter.awaitingGoAhead()) {
            answerLiteral(taking, fragmenter);
        }
    }

    /**
     * A command that was still being sent is completed: its literal is not wanted (RFC 3501 section 7.5). One that is on its way
     * without having been asked for goes on, and nobody waits for an answer at its end.
     */
    @SuppressWarnings("ReferenceEquality") // this very command, not one like it
    void onCompleted(Command command) {
        if (capture == command.capture()) {
            capture = null;
        }
        if (command == sending) {
            sending = null;
            if (session.clientFragmenter().awaitingGoAhead()) {
                session.clientFragmenter().refused();
                session.out()
                        .resumeClient(); // nothing is held: the fragmenter waited, with what may already lie behind
            }
        }
    }

    private void answerLiteral(Owned owned, Fragmenter fragmenter) {
        if (owned.refusesLiterals()) {
            taking = null;
            fragmenter.refused();
            session.answers().answer(owned);
        } else {
            fragmenter.goAhead();
            session.out().toClient(Session.GO_AHEAD);
        }
    }

    private Verdict start(ByteBuf buf, Fragmenter fragment) {
        if (mode instanceof Commands) {
            return command(buf, fragment);
        }
        if (mode.holds()) {
            return Verdict.HOLD;
        }
        if (mode instanceof OwnIdle idle) {
            return endOwnIdle(idle, buf, fragment);
        }
        return rawLine(buf, fragment);
    }

    private Verdict rawLine(ByteBuf buf, Fragmenter fragment) {
        keep(buf, fragment);
        if (mode instanceof UpstreamIdle && isDone(buf, fragment)) {
            mode = new Commands();
        } else if (fragment.endsMessage()) {
            rawLineSent();
        }
        return Verdict.FORWARD;
    }

    private Verdict endOwnIdle(OwnIdle idle, ByteBuf buf, Fragmenter fragment) {
        if (session.answers().idleNeedsOwnCommandToEnd()
                || !session.upstreamFragmenter().atMessageBoundary()) {
            return Verdict.HOLD;
        }
        mode = new Commands();
        session.reply(idle.tag(), isDone(buf, fragment) ? "OK Idle completed." : "BAD Expected DONE.");
        session.between().active();
        return Verdict.TAKE;
    }

    private static boolean isDone(ByteBuf buf, Fragmenter fragment) {
        int from = buf.readerIndex();
        int to = Octets.endOfText(buf, from, from + fragment.length());
        return Octets.equalsIgnoreCase(buf, from, to, "DONE");
    }

    private Verdict command(ByteBuf buf, Fragmenter fragment) {
        int from = buf.readerIndex();
        int to = from + fragment.length();
        int tagEnd = Octets.indexOfSpaceOrEnd(buf, from, to);
        boolean tagged = Tag.isValid(buf, from, tagEnd);
        boolean named = tagged && tagEnd < to && buf.getByte(tagEnd) == ' ';
        CommandName name = named ? CommandName.of(buf, tagEnd + 1, to) : CommandName.OTHER;
        boolean owned = named
                ? session.answers().owns(name, buf, tagEnd, to)
                : session.answers().hidesPassword();
        if (!session.answers().connectionIsFreeFor(name, owned)
                || session.inFlight().isFull(session.isAuthenticated())) {
            return Verdict.HOLD;
        }
        if (isLogin(name) && !owned && session.login().mustWait()) {
            return Verdict.HOLD;
        }
        if (owned) {
            return own(tagged ? Tag.of(buf, from, tagEnd) : Tag.NONE, name, buf, fragment);
        }
        capture = null;
        if (named) { // a tag alone is answered by "* BAD" at Cyrus: it would stay in flight for ever
            register(name, buf, tagEnd, to);
        }
        keep(buf, fragment);
        sent(fragment);
        boolean rewritten = named && session.selected().contexts().send(name, buf, from, tagEnd, to);
        return rewritten ? Verdict.TAKE : Verdict.FORWARD;
    }

    private static boolean isLogin(CommandName name) {
        return name == CommandName.LOGIN || name == CommandName.AUTHENTICATE;
    }

    private Verdict own(Tag tag, CommandName name, ByteBuf buf, Fragmenter fragment) {
        if (!session.inFlight().isEmpty()) {
            return Verdict.HOLD; // answered in order, and takes effect in order
        }
        int limit = Owned.ownLimit(name, session.isAuthenticated());
        taking = new Owned(tag, name, new Capture(limit), buf.readableBytes() - fragment.length());
        return take(taking, buf, fragment);
    }

    private void register(CommandName name, ByteBuf buf, int tagEnd, int to) {
        int limit = session.isAuthenticated() || isLogin(name) ? Owned.captureLimit(name) : 0;
        capture = limit == 0 ? null : new Capture(limit);
        boolean condstore = Condstore.isEnabledBy(name, buf, tagEnd, to)
                && session.enabled().mayEnableCondstore();
        sending = new Command(Tag.of(buf, buf.readerIndex(), tagEnd), name, capture, condstore);
        session.inFlight().add(sending);
        session.out().command(name);
    }

    private Verdict more(ByteBuf buf, Fragmenter fragment) {
        if (taking != null) {
            return take(taking, buf, fragment);
        }
        keep(buf, fragment);
        if (mode instanceof Commands) {
            sent(fragment);
        } else if (fragment.endsMessage()) {
            rawLineSent();
        }
        return Verdict.FORWARD;
    }

    private void rawLineSent() {
        if (mode instanceof SaslData sasl) {
            mode = new Busy(sasl.command());
        } else if (mode instanceof MoreWanted wanted) {
            become(new MoreSaid(wanted.command()));
        }
    }

    /** When a command has gone on whole, some must be answered before the next line can be understood. */
    private void sent(Fragmenter fragment) {
        Command command = sending;
        if (command == null || !fragment.endsMessage()) {
            return;
        }
        sending = null;
        switch (command.name()) {
            case LOGIN, IDLE, UNAUTHENTICATE -> mode = new Busy(command);
            case AUTHENTICATE -> {
                mode = new Busy(command);
                return; // its capture goes on with the SASL data
            }
            case OTHER -> become(new Unanswered(command));
            default -> {}
        }
        capture = null;
    }

    private Verdict take(Owned owned, ByteBuf buf, Fragmenter fragment) {
        owned.capture().add(buf, buf.readerIndex(), fragment.length());
        if (fragment.endsMessage()) {
            taking = null;
            session.answers().answer(owned);
        }
        return Verdict.TAKE;
    }

    private void keep(ByteBuf buf, Fragmenter fragment) {
        if (capture != null) {
            session.inFlight().keep(capture, buf, buf.readerIndex(), fragment.length());
        }
    }
}
