package org.imapnotify.netty;

/** A setting that cannot be used: says which key, what it was, and what was expected instead. */
public final class InvalidOptionException extends IllegalArgumentException {
    public InvalidOptionException(String key, Object value, String expected) {
        super(key + ": \"" + value + "\" cannot be used, expected " + expected);
    }
}
