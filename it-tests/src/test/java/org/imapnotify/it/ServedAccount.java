package org.imapnotify.it;

import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** An account with mail on Dovecot, reached directly and through a proxy of the test class's own: for other people's clients. */
final class ServedAccount implements BeforeAllCallback, AfterAllCallback {
    private final String user;
    private int direct;
    private Optional<ProxyProcess> proxy = Optional.empty();

    ServedAccount(String user) {
        this.user = user;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        LegacyServer dovecot = LegacyServer.shared(Variant.DOVECOT_LEGACY);
        direct = dovecot.port();
        proxy = Optional.of(ProxyProcess.before(dovecot));
        MailClientPrograms.fill(dovecot, user);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        proxy.ifPresent(ProxyProcess::close);
    }

    /** The port of Dovecot. */
    int direct() {
        return direct;
    }

    /** The port of the proxy. */
    int proxied() {
        return proxy.orElseThrow().port();
    }
}
