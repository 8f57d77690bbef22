package org.imapnotify.notify;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The value of a metadata entry, as far as it matters here: whether it is the same as another. A long one is kept as its digest,
 * so that an account's annotations cost little memory.
 */
public record MetadataValue(String fingerprint) {
    /** NIL: there is no such entry (RFC 5464, section 4.3). */
    public static final MetadataValue NIL = new MetadataValue("");

    private static final int KEPT = 32;

    public static MetadataValue of(String octets) {
        return new MetadataValue("=" + (octets.length() <= KEPT ? octets : digest(octets)));
    }

    public boolean isNil() {
        return equals(NIL);
    }

    private static String digest(String octets) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(octets.getBytes(StandardCharsets.ISO_8859_1));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Values are the user's content, which does not belong into logs. */
    @Override
    public String toString() {
        return isNil() ? "NIL" : "(a value)";
    }
}
