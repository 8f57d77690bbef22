package org.imapnotify.session;

import org.imapnotify.session.CommandsInFlight.Command;
import org.imapnotify.wire.Capabilities;
import org.imapnotify.wire.CommandName;
import org.imapnotify.wire.ProtocolException;

/** What the upstream can, as it last said so, and what the client is told of it. */
final class UpstreamCapabilities {
    private final Session session;
    private final CapabilityView view;
    private Capabilities words = Capabilities.of("");
    private boolean known;

    UpstreamCapabilities(Session session) {
        this.session = session;
        this.view = new CapabilityView(session.options(), session.quirks());
    }

    CapabilityView view() {
        return view;
    }

    Capabilities words() {
        return words;
    }

    /** True when the words are those of the client's present state: TLS and login change them. */
    boolean areKnown() {
        return known;
    }

    /** NOTIFY is the proxy's own here. */
    boolean emulateNotify() {
        return view.emulates(words);
    }

    /** New words from the upstream: gives the client's view of them. */
    Capabilities learn(String said) {
        if (said.indexOf('\0') >= 0) {
            throw new ProtocolException("NUL among the capabilities");
        }
        words = Capabilities.of(said);
        session.quirks().recognition().capabilities(words);
        Command oldest = session.inFlight().oldest();
        boolean loggingIn =
                oldest != null && (oldest.name() == CommandName.LOGIN || oldest.name() == CommandName.AUTHENTICATE);
        known = session.isAuthenticated() || loggingIn; // Cyrus says them in front of the tagged OK
        return shown(known);
    }

    /** The words for a greeting of the proxy's own. */
    Capabilities beforeLogin() {
        return shown(false);
    }

    private Capabilities shown(boolean authenticated) {
        return session.compression().shown(view.forClient(words, authenticated), authenticated);
    }

    /** The upstream was asked, and has answered. */
    void told() {
        known = true;
    }

    /** What was said counts no more. */
    void forget() {
        known = false;
    }
}
