package org.imapnotify.session;

import java.time.Duration;
import org.imapnotify.upstream.QuirkChoice;

/**
 * What a session has to know of its surroundings.
 *
 * @param upstreamStartTls the upstream is to be secured by STARTTLS before anything else is said
 * @param clientStartTls the listener offers STARTTLS to its clients
 * @param clientSecured the client's connection is under TLS from the start
 * @param plaintextAuth this client may send passwords without TLS
 * @param upstreamPatience how long the upstream may take over each step before the client is greeted: full servers stay silent
 * @param notifyUse who serves NOTIFY
 * @param watchUse over which connection the other mailboxes are watched
 * @param pollInterval how often the selected mailbox is looked at where the upstream has no IDLE
 * @param metadataInterval how often annotations are compared where no watch connection does it
 * @param idleReissue how old an IDLE may get (RFC 2177: less than 29 minutes)
 * @param compress on which sides COMPRESS is used
 * @param watchByName accounts are watched without the client's secret, so its name is enough
 * @param introduction a command that tells the upstream who the client is, before the client is heard; empty for none
 * @param quirks which rules apply to the upstream
 */
public record SessionOptions(
        boolean upstreamStartTls,
        boolean clientStartTls,
        boolean clientSecured,
        boolean plaintextAuth,
        Duration upstreamPatience,
        NotifyUse notifyUse,
        WatchUse watchUse,
        Duration pollInterval,
        Duration metadataInterval,
        Duration idleReissue,
        Compress compress,
        boolean watchByName,
        String introduction,
        QuirkChoice quirks) {

    /** How long a login may take, as Dovecot has it; Dovecot's own login process gives up asking after 150 seconds. */
    static final Duration LOGIN = Duration.ofMinutes(3);

    /** So many logins may fail; clients try their mechanisms one after the other, and nobody tries more than these. */
    static final int LOGIN_ATTEMPTS = 5;

    /** How long the client has to be quiet before the session's connection starts to IDLE: a busy client costs no IDLE. */
    static final Duration QUIET = Duration.ofMillis(50);

    /** How long what is behind an unknown command waits for that command's answer, which tells whether it is a command too. */
    static final Duration UNANSWERED = Duration.ofSeconds(5);

    /** How long what is behind a line that an unknown command has asked for waits: it may have asked for several at once. */
    static final Duration MORE_SAID = Duration.ofMillis(250);

    /** How long the upstream may take to complete a command of the proxy's own on the session's connection. */
    static final Duration OWN_COMPLETION = Duration.ofMinutes(2);

    /**
     * COMPRESS=DEFLATE (RFC 4978).
     *
     * @param client it is offered to the client
     * @param upstream it is asked of an upstream that offers it
     */
    public record Compress(boolean client, boolean upstream) {
        public static final Compress NONE = new Compress(false, false);
    }

    /** Over which connection other mailboxes than the selected one are watched. */
    public enum WatchUse {
        /** Connections of their own, shared by the sessions of the account; the session's where such cannot be had. */
        AUTO,
        /** Connections of their own or not at all. */
        DEDICATED,
        /** The session's own connection. */
        INLINE
    }

    /** Who serves NOTIFY. */
    public enum NotifyUse {
        /** The upstream, where it has a NOTIFY that is known to lose nothing; the proxy otherwise. */
        AUTO,
        /** Always the proxy. */
        EMULATE,
        /** Nobody: capability and command stay as the upstream has them. */
        OFF
    }
}
