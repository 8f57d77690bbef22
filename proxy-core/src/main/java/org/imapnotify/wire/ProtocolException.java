package org.imapnotify.wire;

/** The other side broke the protocol; the message says how in words of the protocol and never quotes what it sent. Has no stack: the fault is not here. */
public final class ProtocolException extends RuntimeException {
    public ProtocolException(String message) {
        super(message, null, false, false);
    }
}
