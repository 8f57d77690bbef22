package org.imapnotify.session;

import java.time.Duration;
import java.util.Optional;
import org.imapnotify.notify.Registration;
import org.imapnotify.upstream.Credentials;
import org.imapnotify.watch.UpstreamShare;
import org.imapnotify.wire.CommandName;
import org.imapnotify.wire.MailboxName;

/**
 * What a session may do to the world. Octets given here keep their place: they go out behind everything that was forwarded
 * before and in front of everything that is forwarded after.
 */
public interface SessionOutput {

    /** Sends octets that the proxy wrote itself to the client. */
    void toClient(byte[] octets);

    /** Sends octets that the proxy wrote itself to the upstream. */
    void toUpstream(byte[] octets);

    /** Offers the client's held fragment again, when the present call has returned. */
    void resumeClient();

    /** False while the client reads slower than it is written to; {@link Session#onClientWritable} tells when that ends. */
    boolean clientWritable();

    /** Begins TLS with the client, behind all that was written to it; nothing that came before is believed afterwards. */
    void secureClient();

    /** Begins TLS with the upstream; {@link Session#onUpstreamSecured} follows when it stands. */
    void secureUpstream();

    /** Begins COMPRESS with the client, behind all that was written to it; what it sends from here on is compressed. */
    void compressClient();

    /** Begins COMPRESS with the upstream: behind all that was written to it, and behind the fragment of the present call. */
    void compressUpstream();

    /** Sets a deadline, in place of an earlier one of the same kind; {@link Session#onTimer} follows. */
    void timer(SessionTimer timer, Duration after);

    /** The clock, as {@link System#nanoTime}. */
    long nanoTime();

    /** Forgets a deadline. */
    void cancel(SessionTimer timer);

    /**
     * Ends both connections once what was written has gone out.
     *
     * @param why for the books, besides the cause; empty where that says it all
     */
    void end(CloseCause cause, String why);

    /** The client is logged in from now on, in whatever way, or is nobody again: how much memory it may take depends on it. */
    void clientIsKnown(boolean known);

    /** The client proved who it is by the upstream's word; a watcher of this account takes these credentials from now on. */
    void authenticated(Credentials credentials);

    /** The client is nobody again (RFC 8437): what was kept of who it was is forgotten. */
    void unauthenticated();

    /**
     * A login attempt ended.
     *
     * @param who as far as the mechanism shows it; the secret in it is not to be kept
     * @param accepted by the upstream
     */
    void loginEnded(String mechanism, Optional<Credentials> who, boolean accepted);

    /** How long the login that is about to be sent has to wait first, since others have failed. */
    Duration loginDelay();

    /**
     * Watches the account's other mailboxes for this registration, in place of an earlier one;
     * {@link Session#onArmed} follows, or {@link Session#onWatchLost}.
     */
    void watch(Credentials credentials, Registration registration);

    /** What watching over the session's own connection shares with all other watching of the upstream. */
    default UpstreamShare share() {
        return UpstreamShare.UNLIMITED;
    }

    /**
     * The session's own connection watches the other mailboxes now, or does not any more: what other sessions of the account do
     * there comes by {@link Session#onHint} and its like.
     */
    default void watchesInline(boolean on) {}

    /** Stops watching. */
    void unwatch();

    /** A command of this session may have changed the mailbox: the watcher looks at once. */
    void hint(MailboxName mailbox);

    /** A command of this session may have changed which mailboxes there are, or are subscribed to: they are listed at once. */
    void hintNames();

    /** A command of this session has set annotations of the mailbox, or of the server: they are compared at once. */
    void hintMetadata(MailboxName mailbox);

    /** A client's command went on or was answered, for the books. */
    void command(CommandName name);

    /** A client's command is completed, for the books: {@code ok}, {@code no} or {@code bad}. */
    void commandDone(CommandName name, String result);

    /** A notification was written to the client, for the books: {@code status}, {@code list}, {@code exists}, ... */
    void notified(String event);

    /** A NOTIFY registration came into force or ceased, for the books. */
    void registered(boolean inForce);
}
