package org.imapnotify.session;

import java.util.Locale;
import org.imapnotify.upstream.Effect;
import org.imapnotify.wire.Capabilities;

/**
 * The client's view of the upstream's capabilities: what this upstream says now, with what the proxy adds and without what
 * cannot be honoured through it. Never a list of its own.
 */
final class CapabilityView {
    private final SessionOptions options;
    private final UpstreamQuirks quirks;
    private boolean clientSecured;

    CapabilityView(SessionOptions options, UpstreamQuirks quirks) {
        this.quirks = quirks;
        this.options = options;
        this.clientSecured = options.clientSecured();
    }

    void clientSecured() {
        clientSecured = true;
    }

    /** True when the client may send a password now. */
    boolean passwordsAllowed() {
        return clientSecured || options.plaintextAuth();
    }

    /** True when the client's STARTTLS can be served now. */
    boolean startTlsOffered() {
        return options.clientStartTls() && !clientSecured;
    }

    /** True when NOTIFY is the proxy's own, given what the upstream offers. */
    boolean emulates(Capabilities upstream) {
        return switch (options.notifyUse()) {
            case OFF -> false;
            case EMULATE -> true;
            case AUTO -> !upstream.has("NOTIFY") || quirks.has(Effect.NOTIFY_LOSES);
        };
    }

    /** The words the client is given in place of the upstream's. */
    Capabilities forClient(Capabilities upstream, boolean authenticated) {
        Capabilities shown = upstream.without(this::hidden);
        if (!authenticated) {
            shown = beforeLogin(shown);
        }
        if (emulates(upstream)) {
            shown = shown.with("IDLE").with("NOTIFY");
        }
        return shown;
    }

    private Capabilities beforeLogin(Capabilities capabilities) {
        Capabilities shown = capabilities;
        if (startTlsOffered()) {
            shown = shown.with("STARTTLS");
        }
        if (!passwordsAllowed()) {
            shown = shown.without(CapabilityView::sendsPassword).with("LOGINDISABLED");
        }
        return shown;
    }

    /**
     * STARTTLS is between two neighbours; so is COMPRESS, which is {@link Compression}'s. Channel bindings and the upstream's view of
     * a client certificate end at the proxy's own TLS.
     */
    private boolean hidden(String word) {
        String upper = word.toUpperCase(Locale.ROOT);
        return upper.equals("STARTTLS")
                || upper.equals("AUTH=EXTERNAL")
                || (upper.startsWith("AUTH=") && upper.endsWith("-PLUS"));
    }

    private static boolean sendsPassword(String word) {
        String upper = word.toUpperCase(Locale.ROOT);
        return upper.startsWith("AUTH=") && SaslMechanism.sendsSecret(upper.substring("AUTH=".length()));
    }
}
