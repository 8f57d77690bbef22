package org.imapnotify.session;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;
import org.imapnotify.session.ClientMode.Commands;
import org.imapnotify.session.CommandsInFlight.Command;
import org.imapnotify.session.OwnCommand.Purpose;
import org.imapnotify.session.OwnCommand.Running;
import org.imapnotify.upstream.Credentials;
import org.imapnotify.watch.MailboxChange;
import org.imapnotify.watch.MailboxRow;
import org.imapnotify.watch.MetadataChange;
import org.imapnotify.wire.Capabilities;
import org.imapnotify.wire.Fragmenter;
import org.imapnotify.wire.MailboxName;
import org.imapnotify.wire.ResponseName;

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
    private final UpstreamCapabilities upstreamCapabilities;
    private final Introduction introduction;
    private final Compression compression;
    private final UpstreamQuirks quirks;
    private final OwnConversation own;
    private final OwnAnswers answers;
    private final Login login;
    private final ClientSide client;
    private final UpstreamSide upstream;
    private final SelectedView selected;
    private final Notifications notifications;
    private final Enabled enabled;
    private final InlineWatch inline;
    private final BetweenCommands between;
    private final Ending ending;
    private Phase phase = Phase.OPENING;
    private boolean held;

    /** @param tagPrefix starts the tags of the proxy's own commands: random, so that no client has such a tag */
    public Session(SessionOptions options, SessionOutput out, String tagPrefix) {
        this.options = options;
        this.out = out;
        this.quirks = new UpstreamQuirks(options);
        this.upstreamCapabilities = new UpstreamCapabilities(this);
        this.introduction = new Introduction(this);
        this.compression = new Compression(this);
        this.own = new OwnConversation(quirks::idle, out, tagPrefix);
        this.answers = new OwnAnswers(this);
        this.login = new Login(this);
        this.client = new ClientSide(this);
        this.upstream = new UpstreamSide(this);
        this.selected = new SelectedView(this);
        this.notifications = new Notifications(this);
        this.enabled = new Enabled(this);
        this.inline = new InlineWatch(this, tagPrefix);
        this.between = new BetweenCommands(this);
        this.ending = new Ending(this);
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
        out.timer(SessionTimer.OPENING, options.upstreamPatience());
    }

    /** No connection to the upstream could be had; {@code why} is shown to the client. */
    public void onUpstreamUnreachable(String why) {
        ending.upstreamUnreachable(why);
    }

    /** TLS with the upstream stands: what was said before it counts for nothing. */
    public void onUpstreamSecured() {
        login.upstreamSecured();
    }

    /** TLS with the client stands. */
    public void onClientSecured() {
        upstreamCapabilities.view().clientSecured();
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
        login.endIfHopeless();
        between.step();
    }

    /** The client can be written to again. */
    public void onClientWritable() {
        between.step();
    }

    /** The client broke the protocol: its last command is answered, and the connection ends. */
    public void onClientProtocolError(String what) {
        ending.clientBrokeProtocol(what);
    }

    /** The upstream broke the protocol. */
    public void onUpstreamProtocolError(String what) {
        ending.upstreamBrokeProtocol(what);
    }

    /** The upstream's connection is gone. */
    public void onUpstreamClosed() {
        ending.upstreamClosed();
    }

    /** The client's connection is gone. */
    public void onClientClosed() {
        ending.clientClosed();
    }

    /** The proxy stops. */
    public void onShutdown() {
        ending.shutdown();
    }

    /** The operator wants this client gone. */
    public void onKicked() {
        ending.kicked();
    }

    /** Others need the place of a client that has not logged in. */
    public void onCrowdedOut() {
        if (!isAuthenticated()) {
            ending.crowdedOut();
        }
    }

    /** Frees what must not outlive the session. */
    public void onEnded() {
        phase = Phase.ENDED;
        notifications.end();
        login.wipe();
    }

    /** A deadline has passed. */
    public void onTimer(SessionTimer timer) {
        switch (timer) {
            case OPENING, OWN_COMPLETION -> ending.upstreamSilent();
            case LOGIN -> ending.loginOverdue();
            case PENALTY -> login.waited();
            case OWN -> own.wantBack(); // an old IDLE ends here, and BetweenCommands starts a fresh one
            case ARMING -> notifications.armingOverdue();
            case INLINE -> inline.onTimer();
            case RETURN -> notifications.tryToReturn();
            case UNCLEAR -> client.patienceEnded();
            case QUIET -> between.onQuiet();
            case POLL -> between.onPoll();
            case PACE -> {
                notifications.windowEnded();
                between.step();
            }
        }
    }

    /** The account's table, as fresh as the registration needs it. */
    public void onArmed(List<MailboxRow> rows) {
        inline.leave(); // the account has a connection of its own again
        notifications.onWatchTable(rows);
        between.step();
    }

    /** A row of the account's table differs from what it was. */
    public void onMailboxChanged(MailboxRow row, MailboxChange change) {
        notifications.changed(row, change);
        if (selected.isWorthALook(row.name()) && between.isFree()) {
            selected.look();
        }
        between.step();
    }

    /** The account's watcher has looked at a mailbox again, and nothing has changed there. */
    public void onUnchanged(MailboxName mailbox) {
        notifications.unchanged(mailbox);
    }

    /** Annotations of the account's mailboxes, or of the server, have changed. */
    public void onMetadataChanged(MetadataChange change) {
        notifications.metadataChanged(change);
        between.step();
    }

    /** Another session of the account has done something in this mailbox, and this session's own connection watches. */
    public void onHint(MailboxName mailbox) {
        inline.hint(mailbox);
        between.step();
    }

    /** As {@link #onHint}: mailboxes have come, gone or changed their names, subscriptions or rights. */
    public void onNamesHint() {
        inline.hintNames();
        between.step();
    }

    /** As {@link #onHint}: annotations of this mailbox, or of the server, have been set. */
    public void onMetadataHint(MailboxName mailbox) {
        inline.hintMetadata(mailbox);
        between.step();
    }

    /** What kept the account from being watched on a connection of its own may be gone. */
    public void onWatchPossible() {
        notifications.tryToReturn();
    }

    /** True while the account has news that this client was not told yet. */
    public boolean owesNews() {
        return notifications.isPending();
    }

    /** The account has to wait for a watch connection; {@link #onArmed} follows when it has one. */
    public void onWatchCrowded() {
        notifications.watchCrowded();
        between.step();
    }

    /** The account cannot be watched at all. */
    public void onWatchLost(String why) {
        notifications.watchLost(why);
        between.step();
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

    UpstreamQuirks quirks() {
        return quirks;
    }

    OwnConversation own() {
        return own;
    }

    OwnAnswers answers() {
        return answers;
    }

    Login login() {
        return login;
    }

    BetweenCommands between() {
        return between;
    }

    Ending ending() {
        return ending;
    }

    UpstreamCapabilities upstreamCapabilities() {
        return upstreamCapabilities;
    }

    Introduction introduction() {
        return introduction;
    }

    Compression compression() {
        return compression;
    }

    CommandsInFlight inFlight() {
        return inFlight;
    }

    SelectedView selected() {
        return selected;
    }

    Enabled enabled() {
        return enabled;
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
        return upstreamCapabilities.areKnown() ? upstreamCapabilities.words() : Capabilities.none();
    }

    Capabilities capabilities() {
        return upstreamCapabilities.words();
    }

    Optional<Credentials> credentials() {
        return login.credentials();
    }

    boolean isAuthenticated() {
        return phase == Phase.AUTHENTICATED;
    }

    boolean isOpening() {
        return phase == Phase.OPENING;
    }

    boolean isEnded() {
        return phase == Phase.ENDED;
    }

    boolean hearsClient() {
        return phase == Phase.NOT_AUTHENTICATED || phase == Phase.AUTHENTICATED;
    }

    void phase(Phase next) {
        phase = next;
    }

    void resumeClient() {
        if (held) {
            held = false;
            out.resumeClient();
        }
    }

    /** Completes the command of the client that the proxy {@linkplain OwnAnswers#answer answers}. */
    void reply(Tag tag, String rest) {
        answers.reply(tag, rest);
    }

    /** True when the upstream's keep-alive lines belong to an IDLE that the client does not know of. */
    boolean hidesIdleChatter() {
        return !own.isNone() && !(own.state() instanceof Running);
    }

    /** The upstream has completed a command of the client; its answer has not gone on yet. */
    void completed(Command command, ResponseName result) {
        boolean ok = result == ResponseName.OK;
        out.commandDone(command.name(), ok ? "ok" : result == ResponseName.NO ? "no" : "bad");
        if (ok && command.condstore()) {
            enabled.enableCondstore();
        }
        switch (command.name()) {
            case LOGIN, AUTHENTICATE -> login.completed(command, ok);
            case UNAUTHENTICATE -> {
                if (ok) {
                    login.unauthenticated();
                }
            }
            default -> selected.completed(command, ok);
        }
    }

    /** The upstream has completed a command of the proxy's own. */
    void ownCompleted(boolean ok, ByteBuf buf, Fragmenter fragment) {
        OwnCommand ended = own.onTagged();
        if (!(ended instanceof Running running)) {
            selected.idleEnded(ok, ended);
        } else if (running.purpose() == Purpose.STARTTLS) {
            login.secureUpstream(ok, buf.readableBytes() - fragment.length());
        } else if (running.purpose() == Purpose.INTRODUCTION) {
            resumeClient();
        } else if (running.purpose() == Purpose.COMPRESS) {
            compression.upstreamAnswered(ok);
        } else if (running.purpose() == Purpose.CAPABILITY) {
            if (isOpening()) {
                login.greetClient();
            } else {
                upstreamCapabilities.told();
            }
        } else {
            selected.ownCompleted(running.purpose(), ok);
            notifications.ownCompleted();
        }
    }
}
