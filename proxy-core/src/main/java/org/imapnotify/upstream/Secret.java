package org.imapnotify.upstream;

import java.security.MessageDigest;
import java.util.Arrays;

/** Octets that prove an identity. They show in no log and no message, and can be wiped when they are not needed any more. */
public final class Secret {
    private final byte[] octets;
    private boolean wiped;

    private Secret(byte[] octets) {
        this.octets = octets;
    }

    /** A secret with a copy of these octets; the caller may wipe its own. */
    public static Secret of(byte[] octets) {
        return new Secret(octets.clone());
    }

    /** A copy that the caller should not keep longer than the write it is for. */
    public byte[] octets() {
        if (wiped) {
            throw new IllegalStateException("a wiped secret is used");
        }
        return octets.clone();
    }

    /** A secret of the same octets that is wiped by itself. */
    public Secret copy() {
        return new Secret(octets());
    }

    /** Overwrites the octets; the secret cannot be used from now on. */
    public void wipe() {
        Arrays.fill(octets, (byte) 0);
        wiped = true;
    }

    public boolean wiped() {
        return wiped;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret
                && !wiped
                && !secret.wiped
                && MessageDigest.isEqual(octets, secret.octets);
    }

    /** Says nothing of the octets, so that no hash of them lives longer than they do. */
    @Override
    public int hashCode() {
        return Secret.class.hashCode();
    }

    @Override
    public String toString() {
        return "Secret[***]";
    }
}
