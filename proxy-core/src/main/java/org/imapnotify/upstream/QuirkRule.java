package org.imapnotify.upstream;

import static org.imapnotify.upstream.Mark.capability;
import static org.imapnotify.upstream.Mark.greeting;
import static org.imapnotify.upstream.Mark.idName;
import static org.imapnotify.upstream.Mark.wholeGreeting;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Servers that are recognised by what they say of themselves, and what is done otherwise with them. A rule needs a source: it
 * stands in its comment. All rules that fit apply together. What is found out by trying has no rule: an upstream is not asked
 * again for what it was seen to fail at.
 */
@SuppressWarnings("ImmutableEnumChecker") // records of records and List.of
public enum QuirkRule {
    /**
     * 15 connections for an account, then NO [ALERT] (github.com/zone-eu/wildduck/issues/35, imapsync/imapsync/issues/61); asks by
     * [THROTTLED] for fewer commands (mscdex/node-imap/issues/593); clients renew IDLE after about 10 minutes
     * (karastojko/mailio/pull/218).
     */
    GMAIL(
            "gmail",
            "Gmail",
            List.of(greeting("Gimap ready"), capability("X-GM-EXT-1")),
            Quirks.of().pollAtLeast(seconds(30)).idleAtMost(minutes(9)).connectionsAtMost(5),
            "15 connections for one account in all, the clients' own included; passwords only as app passwords"),

    /**
     * Online and 2010 and later: "Request is throttled. Suggested Backoff Time" and BYE, closes after ten errors (imapsync FAQ); 16
     * connections for a user by default (Set-ImapSettings MaxConnectionsPerUser); neither CONDSTORE nor LIST-STATUS
     * (floatpane/matcha/issues/1426); IDLE goes stale after an hour or two (mjs/imapclient/issues/349).
     */
    EXCHANGE(
            "exchange",
            "Microsoft Exchange",
            List.of(greeting("Microsoft Exchange IMAP4 service"), idName("Microsoft.Exchange")),
            Quirks.of().pollAtLeast(seconds(60)).idleAtMost(minutes(9)).connectionsAtMost(5),
            "no CONDSTORE and no LIST-STATUS: a round costs a command for each mailbox"),

    /** MailKit (ImapEngine.QueryNamespaces) does not ask it for NAMESPACE. */
    EXCHANGE_2003(
            "exchange-2003",
            "Microsoft Exchange 2003",
            List.of(greeting("Microsoft Exchange Server 2003 IMAP4rev1")),
            Quirks.of(Effect.NAMESPACE_BROKEN).pollAtLeast(seconds(60)).connectionsAtMost(5),
            "out of support since 2014"),

    /**
     * "NO [LIMIT] CAPABILITY Rate limit hit." (postalsys/imapflow/issues/75); connections of one account fail in a cascade beyond
     * a few (maathimself/mailflow/issues/433). The names of its capabilities: MailCore/mailcore2/issues/1274 and the provider's
     * page senders.yahooinc.com/developer/documentation.
     */
    YAHOO(
            "yahoo",
            "Yahoo and AOL",
            List.of(
                    greeting("imapgate"),
                    capability("XYMHIGHESTMODSEQ"),
                    capability("MESSAGELIMIT=1000").without("IDLE")),
            Quirks.of(Effect.ONE_BY_ONE)
                    .pollAtLeast(seconds(60))
                    .idleAtMost(minutes(9))
                    .connectionsAtMost(2),
            "limits logins and commands; passwords only as app passwords"),

    /**
     * The same LIST more than 25 times without another command between ends the connection (imap_throttle_command_limit; class
     * ImapCommandThrottle of Zimbra/zm-mailbox), STATUS and NOOP count as such others. Greeting and ID: ImapConfig, ImapHandler.
     */
    ZIMBRA(
            "zimbra",
            "Zimbra",
            List.of(greeting("Zimbra IMAP4rev1"), idName("Zimbra")),
            Quirks.of(Effect.LIST_LIMITED),
            "zimbraImapThrottleAcctLimit and zimbraImapThrottleIPLimit count all clients of this proxy as one address"),

    /**
     * IDLE is a look every 60 seconds of the server's own (IMAP_IDLE_TIMEOUT) without IMAP_ENHANCEDIDLE; MAXPERIP is 4 and
     * MAXDAEMONS 40 by default (imapd.dist of Courier 5). Measured with 5.0.13: STATUS of a mailbox that has no message and was
     * never opened gives the time as its UIDVALIDITY.
     */
    COURIER(
            "courier",
            "Courier IMAP",
            List.of(greeting("Courier-IMAP ready")),
            Quirks.of(Effect.IDLE_NOT_ALL, Effect.EMPTY_VALIDITY),
            "MAXPERIP counts all clients of this proxy as one address and is 4 by default: raise it"),

    /**
     * Measured with Mailutils 3.15 on maildir: EXISTS never comes in IDLE, nor by NOOP, only behind DONE, and not when the folder has
     * changed in the same second before; STATUS raises UIDNEXT, and UIDVALIDITY is the time of the look.
     */
    IMAP4D(
            "imap4d",
            "GNU Mailutils imap4d",
            List.of(wholeGreeting("IMAP4rev1")),
            Quirks.of(Effect.IDLE_AT_END, Effect.UIDS_RISE),
            "what comes within a second of the message before is told of with the next; what comes as another is expunged, between two"
                    + " looks, is not; expunges of others are never shown in the selected mailbox"),

    /** Measured with 2.1.8: IDLE never tells of flags, and an EXPUNGE told in IDLE is told again behind DONE. */
    GREENMAIL(
            "greenmail",
            "GreenMail",
            List.of(greeting("GreenMail")),
            Quirks.of(Effect.IDLE_NOT_ALL, Effect.EXPUNGE_REPEATED),
            "for tests only"),

    /**
     * Before 2.4 its own NOTIFY forgets what happens in the selected mailbox within a second of the last command (fixed in 2.4.0);
     * INPROGRESS came with 2.4 and tells them apart.
     */
    DOVECOT_2_3(
            "dovecot-2.3",
            "Dovecot before 2.4",
            List.of(
                    greeting("Dovecot").without("INPROGRESS"),
                    capability("SNIPPET=FUZZY").without("INPROGRESS")),
            Quirks.of(Effect.NOTIFY_LOSES),
            "mail_max_userip_connections (10) counts all clients of this proxy as one address: raise it, or list the proxy in"
                    + " login_trusted_networks"),

    /** doc.dovecot.org, mail_max_userip_connections. */
    DOVECOT(
            "dovecot",
            "Dovecot",
            List.of(capability("INPROGRESS")),
            Quirks.NONE,
            "mail_max_userip_connections (10) counts all clients of this proxy as one address: raise it, or list the proxy in"
                    + " login_trusted_networks"),

    /** imapd.conf(5): without idled IDLE looks every imapidlepoll (60) seconds. Its silence is found out by trying. */
    CYRUS(
            "cyrus",
            "Cyrus IMAP",
            List.of(greeting(" Cyrus IMAP "), idName("Cyrus IMAP")),
            Quirks.NONE,
            "IDLE and NOTIFY are prompt only while idled runs on the server"),

    /** Novell's documentation of the GroupWise Internet Agent: no unsolicited data and none without a command. */
    GROUPWISE(
            "groupwise",
            "GroupWise",
            List.of(greeting("GroupWise")),
            Quirks.of(Effect.IDLE_SILENT),
            "no unsolicited data: everything is polled"),

    /** No IDLE; EXISTS is lowered before EXPUNGE (imapwiki.org, Domino 8); greeting: MailKit, ImapEngine. */
    DOMINO(
            "domino",
            "HCL Domino",
            List.of(greeting("Domino IMAP4 Server")),
            Quirks.NONE,
            "no IDLE: everything is polled; a thread of the server for each connection"),

    /** IMAP on top of Exchange Web Services, which it asks anew for each STATUS and in IDLE; its sockets time out after 300 s. */
    DAVMAIL(
            "davmail",
            "DavMail",
            List.of(greeting("IMAP4rev1 DavMail")),
            Quirks.of(Effect.ONE_BY_ONE).pollAtLeast(seconds(60)).idleAtMost(minutes(4)),
            "IDLE only where davmail.imapIdleDelay is set"),

    /** A command whose answer is worked out later takes those behind it in the wrong order (twisted/twisted/issues/9282). */
    TWISTED(
            "twisted",
            "Twisted",
            List.of(greeting("Twisted IMAP4rev1 Ready")),
            Quirks.of(Effect.ONE_BY_ONE),
            "a library: what it serves differs"),

    /** With mbox a second read-write SELECT takes the mailbox from the first session (UW imapd, docs/locking.txt). */
    UW(
            "uw",
            "UW IMAP and Panda IMAP",
            List.of(greeting("IMAP4rev1 2007f."), greeting("Panda IMAP")),
            Quirks.NONE,
            "two clients that select the same mbox take it from each other, with or without this proxy: keep to mix format"),

    /** Its own knowledge base: idle connections end after 600 s. */
    MAILTRAQ(
            "mailtraq",
            "Mailtraq",
            List.of(greeting("Mailtraq")),
            Quirks.of().idleAtMost(minutes(9)),
            "ends connections after 10 minutes in silence"),

    /** Drops connections after 6 to 45 minutes whatever is done (mjs/imapclient/issues/234). */
    YANDEX(
            "yandex",
            "Yandex",
            List.of(greeting("Yandex")),
            Quirks.of().idleAtMost(minutes(5)),
            "drops connections now and then: they are replaced");

    private final String key;
    private final String server;
    private final List<Mark> marks;
    private final Quirks quirks;
    private final String advice;

    QuirkRule(String key, String server, List<Mark> marks, Quirks quirks, String advice) {
        this.key = key;
        this.server = server;
        this.marks = marks;
        this.quirks = quirks;
        this.advice = advice;
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static Duration minutes(int minutes) {
        return Duration.ofMinutes(minutes);
    }

    /** The rules that fit. */
    public static List<QuirkRule> of(Fingerprint fingerprint) {
        return Arrays.stream(values()).filter(rule -> rule.fits(fingerprint)).toList();
    }

    /** The rule that has this {@link #key}. */
    public static Optional<QuirkRule> named(String key) {
        return Arrays.stream(values()).filter(rule -> rule.key.equals(key)).findFirst();
    }

    private boolean fits(Fingerprint fingerprint) {
        return marks.stream().anyMatch(mark -> mark.fits().test(fingerprint));
    }

    /** Its name in configurations. */
    public String key() {
        return key;
    }

    /** Whom it is about. */
    public String server() {
        return server;
    }

    /** For operators: what these servers are recognised by, any of it. */
    public List<String> marks() {
        return marks.stream().map(Mark::says).toList();
    }

    public Quirks quirks() {
        return quirks;
    }

    /** For whoever runs the proxy before such a server. */
    public String advice() {
        return advice;
    }
}
