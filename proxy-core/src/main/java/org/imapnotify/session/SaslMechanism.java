package org.imapnotify.session;

import java.util.Set;

/** What the proxy has to know of SASL mechanisms. */
final class SaslMechanism {
    private static final Set<String> SEND_SECRETS = Set.of("PLAIN", "LOGIN", "XOAUTH2", "OAUTHBEARER");

    private SaslMechanism() {}

    /** True for mechanisms that show a password or token to whoever reads the line; name in upper case. */
    static boolean sendsSecret(String mechanism) {
        return SEND_SECRETS.contains(mechanism);
    }
}
