package org.imapnotify.session;

import io.netty.buffer.ByteBuf;
import org.imapnotify.session.CommandsInFlight.Command;
import org.imapnotify.session.OwnCommand.Purpose;
import org.imapnotify.session.OwnCommand.Running;
import org.imapnotify.wire.Fragmenter;
import org.imapnotify.wire.ResponseName;

/** What follows from a command's completion, the client's or the proxy's own. */
final class Completions {
    private final Session session;

    Completions(Session session) {
        this.session = session;
    }

    /** The upstream has completed a command of the client; its answer has not gone on yet. */
    void ofClient(Command command, ResponseName result) {
        boolean ok = result == ResponseName.OK;
        session.out().commandDone(command.name(), ok ? "ok" : result == ResponseName.NO ? "no" : "bad");
        if (ok && command.condstore()) {
            session.enabled().enableCondstore();
        }
        switch (command.name()) {
            case LOGIN, AUTHENTICATE -> session.login().completed(command, ok);
            case UNAUTHENTICATE -> {
                if (ok) {
                    session.login().unauthenticated();
                }
            }
            default -> session.selected().completed(command, ok);
        }
    }

    /** The upstream has completed a command of the proxy's own. */
    void ofOwn(boolean ok, ByteBuf buf, Fragmenter fragment) {
        OwnCommand ended = session.own().onTagged();
        if (!(ended instanceof Running running)) {
            session.looks().idleEnded(ok, ended);
        } else if (running.purpose() == Purpose.STARTTLS) {
            session.login().secureUpstream(ok, buf.readableBytes() - fragment.length());
        } else if (running.purpose() == Purpose.INTRODUCTION) {
            session.resumeClient();
        } else if (running.purpose() == Purpose.COMPRESS) {
            session.compression().upstreamAnswered(ok);
        } else if (running.purpose() == Purpose.CAPABILITY) {
            if (session.isOpening()) {
                session.login().greetClient();
            } else {
                session.upstreamCapabilities().told();
            }
        } else {
            session.selected().ownCompleted(running.purpose(), ok);
            session.notifications().ownCompleted();
        }
    }
}
