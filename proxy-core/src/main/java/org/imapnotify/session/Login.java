package org.imapnotify.session;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.Optional;
import org.imapnotify.session.CommandsInFlight.Command;
import org.imapnotify.session.OwnCommand.Purpose;
import org.imapnotify.session.Session.Phase;
import org.imapnotify.upstream.Credentials;
import org.imapnotify.wire.Octets;
import org.imapnotify.wire.ProtocolException;
import org.imapnotify.wire.ResponseName;
import org.jspecify.annotations.Nullable;

/** From the greeting to the login, and back with UNAUTHENTICATE. */
final class Login {
    private final Session session;
    private @Nullable Credentials credentials;
    private Delay delay = Delay.NONE;
    private int failures;

    /** What a login waits for whose client, or somebody beside it, has failed before. */
    private enum Delay {
        NONE,
        RUNNING,
        OVER
    }

    Login(Session session) {
        this.session = session;
    }

    Optional<Credentials> credentials() {
        return Optional.ofNullable(credentials);
    }

    /** The greeting: it opens the session, or the way to TLS. */
    Verdict greeting(ResponseName name, ByteBuf buf, int to) {
        String greeting = Octets.latin1(buf, buf.readerIndex(), to);
        if (greeting.indexOf('\0') >= 0) {
            throw new ProtocolException("NUL in the greeting");
        }
        session.quirks().recognition().greeting(greeting);
        if (name == ResponseName.OK && session.options().upstreamStartTls()) {
            session.own().run(Purpose.STARTTLS, "STARTTLS");
            awaitStep();
            return Verdict.TAKE;
        }
        if (name == ResponseName.PREAUTH && session.options().upstreamStartTls()) {
            throw new ProtocolException("PREAUTH where TLS is demanded");
        }
        switch (name) {
            case BYE -> session.ending().upstreamSaidBye(greeting.substring(2));
            case PREAUTH -> authenticated();
            default -> open();
        }
        return Verdict.FORWARD;
    }

    private void open() {
        session.phase(Phase.NOT_AUTHENTICATED);
        session.out().cancel(SessionTimer.OPENING);
        session.out().timer(SessionTimer.LOGIN, SessionOptions.LOGIN);
        session.resumeClient();
    }

    /** The upstream has answered STARTTLS. */
    void secureUpstream(boolean ok, int octetsBehind) {
        if (!ok) {
            throw new ProtocolException("STARTTLS is refused");
        }
        if (octetsBehind > 0) { // NO STARTTLS, USENIX Security 2021: response injection
            throw new ProtocolException("data behind the answer to STARTTLS");
        }
        session.out().secureUpstream();
    }

    /** TLS with the upstream stands: what was said before it counts for nothing. */
    void upstreamSecured() {
        session.upstreamCapabilities().forget();
        session.own().run(Purpose.CAPABILITY, "CAPABILITY");
        awaitStep();
    }

    private void awaitStep() {
        session.out().timer(SessionTimer.OPENING, session.options().upstreamPatience());
    }

    /** The greeting of before TLS cannot be believed, so this one is the proxy's. */
    void greetClient() {
        String words = session.upstreamCapabilities().beforeLogin().words();
        session.out().toClient(UpstreamSide.octets("* OK [CAPABILITY " + words + "] IMAP server ready.\r\n"));
        open();
    }

    /** LOGIN or AUTHENTICATE is completed. */
    void completed(Command command, boolean ok) {
        Capture capture = command.capture();
        if (capture == null) {
            return;
        }
        Optional<Credentials> proven = LoginReader.credentials(command.name(), capture);
        Optional<Credentials> named = proven.or(() -> LoginName.of(command.name(), capture));
        session.out().loginEnded(LoginReader.mechanism(command.name(), capture), named, ok);
        if (ok) {
            (session.options().watchByName() ? named : proven).ifPresent(this::credentials);
            authenticated();
        } else {
            refused(proven);
        }
        capture.wipe();
    }

    private void refused(Optional<Credentials> wrong) {
        wrong.ifPresent(guess -> guess.password().wipe());
        failures++;
        if (!session.isAuthenticated()) {
            session.upstreamCapabilities().forget();
        }
    }

    /** Holds a login back for as long as others that failed have made it wait. */
    boolean mustWait() {
        if (delay == Delay.OVER) {
            delay = Delay.NONE;
            return false;
        }
        if (delay == Delay.NONE) {
            Duration time = session.out().loginDelay();
            if (time.isZero()) {
                return false;
            }
            delay = Delay.RUNNING;
            session.out().timer(SessionTimer.PENALTY, time);
        }
        return true;
    }

    void waited() {
        delay = Delay.OVER;
        session.resumeClient();
    }

    /** Behind the answer to the last of too many logins. */
    void endIfHopeless() {
        if (failures >= SessionOptions.LOGIN_ATTEMPTS
                && session.hearsClient()
                && session.upstreamFragmenter().atMessageBoundary()) {
            session.ending().tooManyFailedLogins();
        }
    }

    private void credentials(Credentials fresh) {
        credentials = fresh;
        session.out().authenticated(fresh);
    }

    private void authenticated() {
        session.phase(Phase.AUTHENTICATED);
        failures = 0;
        session.out().cancel(SessionTimer.OPENING);
        session.out().cancel(SessionTimer.LOGIN);
        session.clientFragmenter().limits(Limits.CLIENT);
        session.out().clientIsKnown(true);
        session.resumeClient();
    }

    /** RFC 8437: as before authentication, registration and all. */
    void unauthenticated() {
        session.notifications().end();
        wipe();
        session.selected().unselect();
        session.upstreamCapabilities().forget();
        session.clientFragmenter().limits(Limits.CLIENT_BEFORE_LOGIN);
        session.out().clientIsKnown(false);
        session.phase(Phase.NOT_AUTHENTICATED);
        session.out().unauthenticated();
        session.out().timer(SessionTimer.LOGIN, SessionOptions.LOGIN);
    }

    /** Credentials do not outlive what they are for. */
    void wipe() {
        if (credentials != null) {
            credentials.password().wipe();
            credentials = null;
        }
    }
}
