package org.imapnotify.session;

import org.imapnotify.session.OwnCommand.Purpose;
import org.imapnotify.wire.Capabilities;

/** The ID command (RFC 2971) that tells the upstream who the client is: once, before the client is heard. */
final class Introduction {
    private final Session session;
    private final String command;
    private boolean said;

    Introduction(Session session) {
        this.session = session;
        this.command = session.options().introduction();
    }

    /** True when it is still to be said: the client's first command waits. */
    boolean isDue() {
        return !said && !command.isEmpty() && session.hearsClient();
    }

    /** Says it, unless the upstream has said that it has no ID; the connection is the proxy's own at this moment. */
    boolean says() {
        if (!isDue()) {
            return false;
        }
        said = true;
        Capabilities capabilities = session.upstreamCapabilities().words();
        if (session.isAuthenticated() || !(capabilities.isEmpty() || capabilities.has("ID"))) {
            return false;
        }
        session.own().run(Purpose.INTRODUCTION, command);
        return true;
    }
}
