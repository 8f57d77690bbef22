package org.imapnotify.app.client;

import java.io.IOException;

/** A server that cannot be used, in words for humans. */
public final class ImapFailure extends IOException {
    private final boolean loginRefused;

    ImapFailure(String message) {
        this(message, false);
    }

    ImapFailure(String message, boolean loginRefused) {
        super(message);
        this.loginRefused = loginRefused;
    }

    /** The server knows the user not, or not with this password: trying again does not help. */
    public boolean isLoginRefused() {
        return loginRefused;
    }
}
