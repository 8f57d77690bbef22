package org.imapnotify.netty;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.imapnotify.upstream.Credentials;

/** One client before the limits: that it has not logged in yet, and what its failed logins cost. */
final class ClientStanding {
    private final ProxyContext context;
    private final LimitOptions limits;
    private final InetSocketAddress client;
    private final boolean exempt;
    private long place;

    /** @param limits as they were when it came */
    ClientStanding(ProxyContext context, LimitOptions limits, Origin origin) {
        this.context = context;
        this.limits = limits;
        this.client = origin.client();
        this.exempt = limits.isExempt(client);
    }

    /** @param sendAway run on any thread when others need its place */
    void nobody(Runnable sendAway) {
        if (!exempt) {
            place = context.limits().arrived(limits, sendAway);
        }
    }

    /** Logged in, or gone. */
    void settled() {
        context.limits().loggedIn(place);
    }

    void failed(Optional<Credentials> who) {
        if (!exempt) {
            context.penalties().failed(limits.block(client), who);
        }
    }

    Duration loginDelay() {
        Duration delay = exempt ? Duration.ZERO : context.penalties().delay(limits.block(client), limits.loginDelay());
        if (!delay.isZero()) {
            context.telemetry().loginDelayed();
        }
        return delay;
    }
}
