package org.imapnotify.upstream;

import java.util.Locale;
import org.imapnotify.wire.Capabilities;

/**
 * What a server says of itself.
 *
 * @param greeting the text of its greeting, without status and code; kept in lower case
 * @param identity its answer to ID (RFC 2971), as it stands; kept in lower case
 */
public record Fingerprint(String greeting, Capabilities capabilities, String identity) {
    /** Nothing is known yet. */
    public static final Fingerprint UNKNOWN = new Fingerprint("", Capabilities.none(), "");

    public Fingerprint {
        greeting = greeting.strip().toLowerCase(Locale.ROOT);
        identity = identity.strip().toLowerCase(Locale.ROOT);
    }

    Fingerprint greeting(String text) {
        return new Fingerprint(text, capabilities, identity);
    }

    Fingerprint capabilities(Capabilities said) {
        return new Fingerprint(greeting, said, identity);
    }

    Fingerprint identity(String answer) {
        return new Fingerprint(greeting, capabilities, answer);
    }

    /** The name that it gives itself, in lower case; empty when it gives none. */
    String name() {
        int key = identity.indexOf("\"name\" \"");
        if (key < 0) {
            return "";
        }
        int from = key + "\"name\" \"".length();
        int end = identity.indexOf('"', from);
        return end < 0 ? "" : identity.substring(from, end);
    }
}
