package org.imapnotify.session;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.imapnotify.session.ClientMode.Commands;
import org.imapnotify.session.ClientMode.OwnIdle;
import org.imapnotify.session.ClientMode.Securing;
import org.imapnotify.session.CommandsInFlight.Command;
import org.imapnotify.session.OwnCommand.Purpose;
import org.imapnotify.session.OwnCommand.Running;
import org.imapnotify.upstream.Credentials;
import org.imapnotify.watch.MailboxChange;
import org.imapnotify.watch.MailboxRow;
import org.imapnotify.wire.Capabilities;
import org.imapnotify.wire.CommandName;
import org.imapnotify.wire.Fragmenter;
import org.imapnotify.wire.Octets;
import org.imapnotify.wire.ProtocolException;
import org.imapnotify.wire.ResponseName;
import org.jspecify.annotations.Nullable;

/**
 * One client and its own upstream connection. Both streams come in as fragments and leave as verdicts; everything else goes
 * through {@link SessionOutput}. All calls come from one event loop.
 *
 * <p>Three things decide what may happen now: the {@linkplain Phase phase}, what the {@linkplain ClientMode client's next line}
 * is, and which {@linkplain OwnCommand own command} the proxy has in flight. A client's command goes on only while no own
 * command is, and an own command starts only while no client's command is in flight, so that neither side's answers can be
 * mistaken for the other's and message sequence numbers mean the same to all three.
 */
public final class Session {
    static final byte[] GO_AHEAD = UpstreamSide.octets("+ OK\r\n");

    /** The states of RFC 3501 section 3 before and after authentication; what is selected is {@link SelectedView}'s. */
    enum Phase {
        OPENING,
        NOT_AUTHENTICATED,
        AUTHENTICATED,
        ENDED
    }

    private final SessionOptions options;
    private final SessionOutput out;
    private final Fragmenter clientFragmenter = new Fragmenter(Fragmenter.Direction.CLIENT, Limits.CLIENT_BEFORE_LOGIN);
    private final Fragmenter upstreamFragmenter = new Fragmenter(Fragmenter.Direction.UPSTREAM, Limits.UPSTREAM);
    private final CommandsInFlight inFlight = new CommandsInFlight();
    private final CapabilityView view;
    private final Introduction introduction;
    private final Compression compression;
    private final OwnConversation own;
    private final ClientSide client;
    private final UpstreamSide upstream;
    private final SelectedView selected;
    private final Notifications notifications;
    private final InlineWatch inline;
    private Phase phase = Phase.OPENING;
    private Capabilities capabilities = Capabilities.of("");
    private boolean capabilitiesKnown;
    private @Nullable Credentials credentials;
    private CloseCause causeOnClose = CloseCause.UPSTREAM_CLOSED;
    private boolean quietTimer;
    private boolean activeSinceTimer;
    private boolean held;
    private CommandName answering = CommandName.OTHER;

    /** @param tagPrefix starts the tags of the proxy's own commands: random, so that no client has such a tag */
    public Session(SessionOptions options, SessionOutput out, String tagPrefix) {
        this.options = options;
        this.out = out;
        this.view = new CapabilityView(options);
        this.introduction = new Introduction(this);
        this.compression = new Compression(this);
        this.own = new OwnConversation(options, out, tagPrefix);
        this.client = new ClientSide(this);
        this.upstream = new UpstreamSide(this);
        this.selected = new SelectedView(this);
        this.notifications = new Notifications(this);
        this.inline = new InlineWatch(this, tagPrefix);
    }

    /** Cuts what the client sends; whoever reads the client's channel drives it. */
    public Fragmenter clientFragmenter() {
        return clientFragmenter;
    }

    /** Cuts what the upstream sends; whoever reads the upstream's channel drives it. */
    public Fragmenter upstreamFragmenter() {
        return upstreamFragmenter;
    }

    /** The upstream's connection stands; its greeting is owed. */
    public void onUpstreamConnected() {
        out.timer(SessionTimer.OPENING, SessionOptions.OPENING);
    }

    /** No connection to the upstream could be had; {@code why} is shown to the client. */
    public void onUpstreamUnreachable(String why) {
        bye(CloseCause.UPSTREAM_UNREACHABLE, "[UNAVAILABLE] " + why);
    }

    /** TLS with the upstream stands: what was said before it counts for nothing. */
    public void onUpstreamSecured() {
        capabilitiesKnown = false;
        own.run(Purpose.CAPABILITY, "CAPABILITY");
    }

    /** TLS with the client stands. */
    public void onClientSecured() {
        view.clientSecured();
        client.mode(new Commands());
    }

    /** A fragment of the client's stream: {@code fragment.length()} octets at the reader index of {@code buf}. */
    public Verdict onClientFragment(ByteBuf buf, Fragmenter fragment) {
        Verdict verdict = client.onFragment(buf, fragment);
        held = verdict == Verdict.HOLD;
        return verdict;
    }

    /** The client's fragment was consumed. */
    public void onClientConsumed() {
        client.onConsumed();
    }

    /** A fragment of the upstream's stream. */
    public Verdict onUpstreamFragment(ByteBuf buf, Fragmenter fragment) {
        return upstream.onFragment(buf, fragment);
    }

    /** All that could be read was looked at: a good moment to tell the client what has gathered. */
    public void onBatchEnd() {
        step();
    }

    /** The client can be written to again. */
    public void onClientWritable() {
        step();
    }

    /** The client broke the protocol: its last command is answered, and the connection ends. */
    public void onClientProtocolError(String what) {
        if (upstreamFragmenter.atMessageBoundary()) {
            out.toClient(UpstreamSide.octets("* BAD " + what + "\r\n"));
        }
        bye(CloseCause.CLIENT_PROTOCOL_ERROR, what);
    }

    /** The upstream broke the protocol. */
    public void onUpstreamProtocolError(String what) {
        bye(CloseCause.UPSTREAM_PROTOCOL_ERROR, "[UNAVAILABLE] the mail server broke the protocol: " + what);
    }

    /** The upstream's connection is gone. */
    public void onUpstreamClosed() {
        if (phase == Phase.ENDED) {
            out.end(causeOnClose);
        } else {
            bye(CloseCause.UPSTREAM_CLOSED, "[UNAVAILABLE] the mail server closed the connection");
        }
    }

    /** The client's connection is gone. */
    public void onClientClosed() {
        phase = Phase.ENDED;
        out.end(inFlight.has(CommandName.LOGOUT) ? CloseCause.CLIENT_LOGOUT : CloseCause.CLIENT_CLOSED);
    }

    /** The proxy stops. */
    public void onShutdown() {
        bye(CloseCause.SHUTDOWN, "[UNAVAILABLE] the proxy is shutting down");
    }

    /** Frees what must not outlive the session. */
    public void onEnded() {
        phase = Phase.ENDED;
        notifications.end();
        if (credentials != null) {
            credentials.password().wipe();
            credentials = null;
        }
    }

    /** A deadline has passed. */
    public void onTimer(SessionTimer timer) {
        switch (timer) {
            case OPENING -> onUpstreamUnreachable("the mail server does not answer");
            case LOGIN -> bye(CloseCause.TIMEOUT, "Disconnected for inactivity.");
            case OWN_COMPLETION -> onUpstreamProtocolError("no answer");
            case OWN -> own.wantBack(); // an old IDLE ends here and step() starts a fresh one
            case ARMING -> notifications.armingOverdue();
            case INLINE -> inline.onTimer();
            case UNCLEAR -> client.patienceEnded();
            case QUIET -> onQuiet();
            case POLL -> onPoll();
            case PACE -> onPace();
        }
    }

    /** The account's table, as fresh as the registration needs it. */
    public void onArmed(List<MailboxRow> rows) {
        notifications.armed(rows);
    }

    /** A row of the account's table differs from what it was. */
    public void onMailboxChanged(MailboxRow row, MailboxChange change) {
        notifications.changed(row, change);
        if (selected.isWorthALook(row.name()) && isFreeForOwn()) {
            selected.look();
        }
        step();
    }

    /** True while the account has news that this client was not told yet. */
    public boolean owesNews() {
        return notifications.isPending();
    }

    /** The account cannot be watched at all. */
    public void onWatchLost(String why) {
        notifications.watchLost(why);
        step();
    }

    // What the parts of the session tell each other.

    SessionOutput out() {
        return out;
    }

    SessionOptions options() {
        return options;
    }

    ClientSide client() {
        return client;
    }

    OwnConversation own() {
        return own;
    }

    CommandsInFlight inFlight() {
        return inFlight;
    }

    SelectedView selected() {
        return selected;
    }

    Notifications notifications() {
        return notifications;
    }

    InlineWatch inline() {
        return inline;
    }

    /** The client's next command waits for the proxy. */
    boolean clientIsHeld() {
        return held;
    }

    /** What the upstream can now, as far as that is known. */
    Capabilities knownCapabilities() {
        return capabilitiesKnown ? capabilities : Capabilities.none();
    }

    Capabilities capabilities() {
        return capabilities;
    }

    Optional<Credentials> credentials() {
        return Optional.ofNullable(credentials);
    }

    boolean isAuthenticated() {
        return phase == Phase.AUTHENTICATED;
    }

    boolean isOpening() {
        return phase == Phase.OPENING;
    }

    boolean hearsClient() {
        return phase == Phase.NOT_AUTHENTICATED || phase == Phase.AUTHENTICATED;
    }

    void active() {
        activeSinceTimer = true;
    }

    void resumeClient() {
        if (held) {
            held = false;
            out.resumeClient();
        }
    }

    /** Completes the command that is being {@linkplain #answer answered}. */
    void reply(Tag tag, String rest) {
        out.commandDone(answering, rest.startsWith("OK") ? "ok" : rest.startsWith("NO") ? "no" : "bad");
        out.toClient(UpstreamSide.octets(tag + " " + rest + "\r\n"));
    }

    /** True when the proxy answers this command itself. */
    boolean owns(CommandName name, ByteBuf buf, int tagEnd, int to) {
        return switch (name) {
            case NOTIFY -> view.emulates(capabilities);
            case IDLE ->
                isAuthenticated()
                        && view.emulates(capabilities)
                        && (notifications.wasAsked() || !capabilities.has("IDLE"));
            case STARTTLS -> true;
            case COMPRESS, UNAUTHENTICATE -> compression.owns(name);
            case LOGIN -> !view.passwordsAllowed();
            case AUTHENTICATE -> !view.passwordsAllowed() && sendsSecret(buf, tagEnd, to);
            case OTHER -> hidesPassword() && tagEnd + 1 < to && buf.getByte(tagEnd + 1) == ' ';
            default -> false;
        };
    }

    /**
     * True where a login may not go on: then neither may a line that is no command to the proxy but might be one to a server
     * that forgives more, such as {@code a  LOGIN} with two spaces.
     */
    boolean hidesPassword() {
        return !isAuthenticated() && !view.passwordsAllowed();
    }

    private static boolean sendsSecret(ByteBuf buf, int tagEnd, int to) {
        int mechanism = Math.min(Octets.indexOfSpaceOrEnd(buf, tagEnd + 1, to) + 1, to);
        int end = Octets.indexOfSpaceOrEnd(buf, mechanism, to);
        return SaslMechanism.sendsSecret(Octets.latin1(buf, mechanism, end).toUpperCase(Locale.ROOT));
    }

    /** True when a command may go on, or be answered, now; otherwise it is seen to that it can be soon. */
    boolean connectionIsFreeFor(CommandName name, boolean owned) {
        if (notifications.isArming()
                || introduction.isDue()
                || compression.isDue()
                || (owned && !upstreamFragmenter.atMessageBoundary())) {
            return false;
        }
        boolean dependsOnCapabilities = name == CommandName.NOTIFY || name == CommandName.IDLE;
        if (dependsOnCapabilities && isAuthenticated() && !capabilitiesKnown) {
            return false; // Dovecot has NOTIFY after login alone: step() asks first
        }
        if ((name == CommandName.NOOP || name == CommandName.CHECK) && inline.passBefore()) {
            return false;
        }
        if (own.isNone() || (owned && name == CommandName.IDLE && own.isIdling())) {
            return true;
        }
        own.wantBack();
        return false;
    }

    /** Answers a command of the proxy's own. */
    void answer(Owned owned) {
        out.command(owned.name());
        answering = owned.name();
        switch (owned.name()) {
            case NOTIFY -> notifications.command(owned);
            case IDLE -> idle(owned);
            case STARTTLS -> startTls(owned);
            case OTHER -> reply(owned.tag(), "BAD Malformed command.");
            case COMPRESS, UNAUTHENTICATE -> compression.answer(owned);
            default -> {
                owned.capture().wipe();
                reply(owned.tag(), "NO [PRIVACYREQUIRED] Passwords are not accepted on an unencrypted connection.");
            }
        }
    }

    private void idle(Owned owned) {
        out.toClient(UpstreamSide.octets("+ idling\r\n"));
        client.mode(new OwnIdle(owned.tag()));
        selected.clientIdles();
    }

    private void startTls(Owned owned) {
        if (!view.startTlsOffered() || isAuthenticated()) {
            reply(owned.tag(), "BAD STARTTLS is not available.");
        } else if (owned.octetsBehind() > 0) { // NO STARTTLS, USENIX Security 2021: command injection
            onClientProtocolError("Nothing may be sent behind STARTTLS.");
        } else {
            reply(owned.tag(), "OK Begin TLS negotiation now.");
            client.mode(new Securing());
            out.secureClient();
        }
    }

    /** A client's DONE has to wait where the EXPUNGEs that are still on their way belong inside the client's IDLE. */
    boolean idleNeedsOwnCommandToEnd() {
        boolean mayEnd = notifications.wasAsked() && !selected.isDelayed() && !inline.needsClientIdle();
        if (own.isNone() || mayEnd) {
            return false;
        }
        own.wantBack();
        return true;
    }

    void clientIdleEnded() {
        activeSinceTimer = true;
    }

    /** True when the upstream's keep-alive lines belong to an IDLE that the client does not know of. */
    boolean hidesIdleChatter() {
        return !own.isNone() && !(own.state() instanceof Running);
    }

    /** New words from the upstream: gives the client's view of them. */
    Capabilities learn(String words) {
        capabilities = Capabilities.of(words);
        Command oldest = inFlight.oldest();
        boolean loggingIn =
                oldest != null && (oldest.name() == CommandName.LOGIN || oldest.name() == CommandName.AUTHENTICATE);
        capabilitiesKnown = isAuthenticated() || loggingIn; // Cyrus says them in front of the tagged OK
        return compression.shown(view.forClient(capabilities, capabilitiesKnown), capabilitiesKnown);
    }

    /** The greeting: it opens the session, or the way to TLS. */
    Verdict greeting(ResponseName name, ByteBuf buf, int to) {
        view.greeting(Octets.latin1(buf, buf.readerIndex(), to));
        selected.greeting(Octets.latin1(buf, buf.readerIndex(), to));
        if (name == ResponseName.OK && options.upstreamStartTls()) {
            own.run(Purpose.STARTTLS, "STARTTLS");
            return Verdict.TAKE;
        }
        if (name == ResponseName.PREAUTH && options.upstreamStartTls()) {
            throw new ProtocolException("PREAUTH where TLS is demanded");
        }
        if (name == ResponseName.BYE) {
            upstreamSaidBye();
            return Verdict.FORWARD;
        }
        if (name == ResponseName.PREAUTH) {
            authenticated();
        } else {
            open();
        }
        return Verdict.FORWARD;
    }

    private void open() {
        phase = Phase.NOT_AUTHENTICATED;
        out.cancel(SessionTimer.OPENING);
        out.timer(SessionTimer.LOGIN, SessionOptions.LOGIN);
        resumeClient();
    }

    void upstreamSaidBye() {
        causeOnClose = inFlight.has(CommandName.LOGOUT) ? CloseCause.CLIENT_LOGOUT : CloseCause.UPSTREAM_BYE;
        phase = Phase.ENDED;
        notifications.end();
    }

    /** The upstream has completed a command of the client; its answer has not gone on yet. */
    void completed(Command command, ResponseName result) {
        boolean ok = result == ResponseName.OK;
        out.commandDone(command.name(), ok ? "ok" : result == ResponseName.NO ? "no" : "bad");
        if (ok && command.condstore()) {
            notifications.enableCondstore();
        }
        switch (command.name()) {
            case LOGIN, AUTHENTICATE -> loginCompleted(command, ok);
            case UNAUTHENTICATE -> {
                if (ok) {
                    unauthenticated();
                }
            }
            default -> selected.completed(command, ok);
        }
    }

    private void loginCompleted(Command command, boolean ok) {
        Capture capture = command.capture();
        if (capture == null) {
            return;
        }
        out.loginEnded(LoginReader.mechanism(command.name(), capture), ok);
        if (ok) {
            LoginReader.credentials(command.name(), capture).ifPresent(this::credentials);
            authenticated();
        } else if (!isAuthenticated()) {
            capabilitiesKnown = false;
        }
        capture.wipe();
    }

    private void credentials(Credentials fresh) {
        credentials = fresh;
        out.authenticated(fresh);
    }

    private void authenticated() {
        phase = Phase.AUTHENTICATED;
        out.cancel(SessionTimer.OPENING);
        out.cancel(SessionTimer.LOGIN);
        clientFragmenter.limits(Limits.CLIENT);
        resumeClient();
    }

    /** RFC 8437: as before authentication, registration and all. */
    private void unauthenticated() {
        onEnded();
        selected.unselect();
        capabilitiesKnown = false;
        phase = Phase.NOT_AUTHENTICATED;
    }

    /** The upstream has completed a command of the proxy's own. */
    void ownCompleted(boolean ok, ByteBuf buf, Fragmenter fragment) {
        OwnCommand ended = own.onTagged();
        if (!(ended instanceof Running running)) {
            selected.idleEnded(ok, ended);
        } else if (running.purpose() == Purpose.STARTTLS) {
            secureUpstream(ok, buf.readableBytes() - fragment.length());
        } else if (running.purpose() == Purpose.INTRODUCTION) {
            resumeClient();
        } else if (running.purpose() == Purpose.COMPRESS) {
            compression.upstreamAnswered(ok);
        } else if (running.purpose() == Purpose.CAPABILITY) {
            if (isOpening()) {
                greetClient();
            } else {
                capabilitiesKnown = true;
            }
        } else {
            selected.ownCompleted(running.purpose(), ok);
            notifications.ownCompleted(running.purpose());
        }
    }

    private void secureUpstream(boolean ok, int octetsBehind) {
        if (!ok) {
            throw new ProtocolException("STARTTLS is refused");
        }
        if (octetsBehind > 0) { // NO STARTTLS, USENIX Security 2021: response injection
            throw new ProtocolException("data behind the answer to STARTTLS");
        }
        out.secureUpstream();
    }

    /** The greeting of before TLS cannot be believed, so this one is the proxy's. */
    private void greetClient() {
        out.toClient(UpstreamSide.octets(
                "* OK [CAPABILITY " + learn(capabilities.words()).words() + "] IMAP server ready.\r\n"));
        open();
    }

    /** Does what is due now, when nothing of the client is in the way. */
    private void step() {
        if (hearsClient()) {
            inline.proceed();
        }
        if (!hearsClient() || notifications.isArming()) {
            return;
        }
        notifications.deliver();
        if (!own.isNone() || !inFlight.isEmpty() || !clientFragmenter.atMessageBoundary()) {
            if (own.isIdling() && (selected.owesClient() || inline.wants())) {
                own.wantBack();
            }
            if (client.mode() instanceof OwnIdle) {
                resumeClient(); // a DONE that came while the upstream was inside a literal
            }
            return;
        }
        if (introduction.says()) {
            return;
        }
        if (isAuthenticated() && !capabilitiesKnown) {
            own.run(Purpose.CAPABILITY, "CAPABILITY");
        } else if (!compression.asksUpstream() && !selected.fetchOwed()) {
            resumeClient();
            if (!quietTimer && selected.wantsIdle()) {
                waitForQuiet();
            }
        }
    }

    private void waitForQuiet() {
        quietTimer = true;
        activeSinceTimer = false;
        out.timer(SessionTimer.QUIET, SessionOptions.QUIET);
    }

    private void onQuiet() {
        quietTimer = false;
        if (!hearsClient() || !selected.wantsIdle()) {
            return;
        }
        if (activeSinceTimer) {
            waitForQuiet();
        } else if (own.isNone() && inFlight.isEmpty() && clientFragmenter.atMessageBoundary()) {
            selected.startIdle();
        }
    }

    private void onPace() {
        notifications.windowEnded();
        step();
    }

    private void onPoll() {
        selected.pollDue();
        if (isFreeForOwn() && selected.wantsIdle()) {
            selected.look();
        }
    }

    private boolean isFreeForOwn() {
        return hearsClient()
                && !notifications.isArming()
                && own.isNone()
                && inFlight.isEmpty()
                && clientFragmenter.atMessageBoundary();
    }

    private void bye(CloseCause cause, String text) {
        if (phase != Phase.ENDED) {
            phase = Phase.ENDED;
            if (upstreamFragmenter.atMessageBoundary()) {
                out.toClient(UpstreamSide.octets("* BYE " + text + "\r\n"));
            }
            notifications.end();
        }
        out.end(cause);
    }
}
