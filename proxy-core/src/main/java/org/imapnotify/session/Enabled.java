package org.imapnotify.session;

import org.imapnotify.wire.Capabilities;

/** What the client has enabled: by ENABLE (RFC 5161), or by the commands that imply CONDSTORE (RFC 7162 section 3.1). */
final class Enabled {
    private final Session session;
    private boolean condstore;
    private boolean utf8;
    private boolean rev2;
    private boolean metadata;
    private boolean uidOnly;

    Enabled(Session session) {
        this.session = session;
    }

    boolean condstore() {
        return condstore;
    }

    /** Mailbox names are UTF-8 (RFC 6855, RFC 9051). */
    boolean utf8() {
        return utf8;
    }

    /** IMAP4rev2 (RFC 9051), which has no RECENT. */
    boolean rev2() {
        return rev2;
    }

    /** RFC 5464: the upstream itself tells of annotations that others change. */
    boolean metadata() {
        return metadata;
    }

    /** RFC 9586: the client knows no message sequence numbers. */
    boolean uidOnly() {
        return uidOnly;
    }

    /** {@code * ENABLED}: only what the upstream confirms counts. */
    void confirmed(Capabilities words) {
        utf8 |= words.has("UTF8=ACCEPT") || words.has("IMAP4rev2");
        rev2 |= words.has("IMAP4rev2");
        uidOnly |= words.has("UIDONLY");
        metadata |= words.has("METADATA") || words.has("METADATA-SERVER");
        if (words.has("CONDSTORE") || words.has("QRESYNC")) {
            enableCondstore();
        }
    }

    void enableCondstore() {
        condstore = true;
        session.inline().condstoreEnabled();
    }

    boolean mayEnableCondstore() {
        return !condstore && condstoreOffered();
    }

    boolean condstoreOffered() {
        return session.capabilities().has("CONDSTORE") || session.capabilities().has("QRESYNC");
    }

    /** As before the login. */
    void forget() {
        condstore = false;
        utf8 = false;
        rev2 = false;
        metadata = false;
        uidOnly = false;
    }
}
