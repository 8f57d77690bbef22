package org.imapnotify.it;

import java.util.ArrayList;
import java.util.List;

/** A legacy server that the scripts in {@code it-tests/servers} can run. */
enum Variant {
    /** Dovecot as packaged, NOTIFY included: the bar to measure against. */
    DOVECOT_NATIVE("dovecot", "native"),
    /** Dovecot whose NOTIFY is unregistered and not advertised. */
    DOVECOT_LEGACY("dovecot", "legacy"),
    /** Dovecot legacy without IDLE, neither advertised nor accepted. */
    DOVECOT_WITHOUT_IDLE("dovecot", "without-idle"),
    /** Dovecot legacy without CONDSTORE and QRESYNC among its capabilities. */
    DOVECOT_WITHOUT_CONDSTORE("dovecot", "without-condstore"),
    /** Dovecot legacy without LIST-STATUS among its capabilities. */
    DOVECOT_WITHOUT_LIST_STATUS("dovecot", "without-list-status"),
    /** Dovecot legacy with annotations of mailboxes and the server (RFC 5464). */
    DOVECOT_METADATA("dovecot", "metadata"),
    /** Dovecot reduced to IMAP4rev1, UIDPLUS, CHILDREN and UNSELECT: no IDLE. */
    DOVECOT_BARE("dovecot", "bare"),
    /** Small, in Java: IDLE tells of messages, never of flags. */
    GREENMAIL("greenmail", ""),
    /** The fastest IDLE of all, and many capabilities. */
    CYRUS("cyrus", ""),
    /** Mailboxes below INBOX, separator ".", no AUTHENTICATE. */
    COURIER("courier", ""),
    /** Advertises IDLE and pushes nothing. */
    IMAP4D("imap4d", "");

    private final String server;
    private final String flavour;

    Variant(String server, String flavour) {
        this.server = server;
        this.flavour = flavour;
    }

    /** Stem of the script and of the Dockerfile. */
    String server() {
        return server;
    }

    String flavour() {
        return flavour;
    }

    List<String> command(String folder, int port) {
        List<String> command = new ArrayList<>(
                List.of("bash", Folders.SERVERS.resolve(server + ".sh").toString()));
        if (!flavour.isEmpty()) {
            command.add(flavour);
        }
        command.add(folder);
        command.add(Integer.toString(port));
        return command;
    }
}
