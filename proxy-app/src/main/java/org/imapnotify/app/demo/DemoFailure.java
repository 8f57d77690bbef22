package org.imapnotify.app.demo;

/** The demo did not go as it should; the message says what was missing. */
public final class DemoFailure extends RuntimeException {
    DemoFailure(String message) {
        super(message);
    }
}
