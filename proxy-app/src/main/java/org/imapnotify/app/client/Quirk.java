package org.imapnotify.app.client;

import java.util.List;
import java.util.Locale;

/** Servers that are recognised by what they say of themselves, and what that means for whoever runs the proxy before them. */
record Quirk(String mark, String server, String advice) {
    /** In the order in which they are looked for; the first that fits is the server. */
    private static final List<Quirk> KNOWN = List.of(
            new Quirk(
                    "gimap",
                    "Gmail",
                    "15 connections for one account in all: keep --watch-connections at 2 or below; passwords only as app passwords"),
            new Quirk(
                    "microsoft exchange",
                    "Microsoft Exchange",
                    "no CONDSTORE and no LIST-STATUS; throttles: a --poll-interval of a minute or more"),
            new Quirk(
                    "microsoft.exchange",
                    "Microsoft Exchange",
                    "no CONDSTORE and no LIST-STATUS; throttles: a --poll-interval of a minute or more"),
            new Quirk(
                    "courier-imap",
                    "Courier IMAP",
                    "MAXPERIP counts all clients of this proxy as one address and is 4 by default: raise it; IDLE is a poll of the server's own"),
            new Quirk("cyrus", "Cyrus IMAP", "IDLE and NOTIFY are prompt only while idled runs on the server"),
            new Quirk(
                    "gnu mailutils",
                    "GNU imap4d",
                    "advertises IDLE and pushes nothing in it: the proxy finds out and polls"),
            new Quirk(
                    "imap4d", "GNU imap4d", "advertises IDLE and pushes nothing in it: the proxy finds out and polls"),
            new Quirk("greenmail", "GreenMail", "never pushes flag changes; they are found by polling"),
            new Quirk("domino", "HCL Domino", "no IDLE: everything is polled"),
            new Quirk("groupwise", "GroupWise", "no IDLE and no unsolicited data: everything is polled"),
            new Quirk(
                    "2007f",
                    "UW IMAP",
                    "a second read-write SELECT takes an mbox away from the first: keep to Maildir or mix formats"),
            new Quirk(
                    "dovecot",
                    "Dovecot",
                    "mail_max_userip_connections (10) counts all clients of this proxy as one address: raise it, or list the proxy in login_trusted_networks"));

    /** @param words greeting and ID of the server */
    static List<Quirk> of(String words) {
        String folded = words.toLowerCase(Locale.ROOT);
        return KNOWN.stream()
                .filter(quirk -> folded.contains(quirk.mark()))
                .limit(1)
                .toList();
    }
}
