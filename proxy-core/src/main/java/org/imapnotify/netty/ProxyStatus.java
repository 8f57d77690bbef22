package org.imapnotify.netty;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.imapnotify.watch.WatchedMailbox;

/** What a proxy is doing at one moment. Users and mailboxes are people's names: they are for the operator's eyes alone. */
public record ProxyStatus(List<Session> sessions, List<Account> accounts) {
    /**
     * One client.
     *
     * @param user empty before the login; characters that could mislead are escaped
     * @param notified a NOTIFY registration is in force
     */
    public record Session(String id, String listener, String client, String user, Instant since, boolean notified) {}

    /**
     * One account that is watched, by how many sessions.
     *
     * @param capabilities what the upstream says to it that it can do; empty while there is no watch connection
     */
    public record Account(String user, int sessions, String capabilities, List<Mailbox> mailboxes) {}

    /**
     * @param name as Unicode
     * @param idle followed by IDLE
     * @param notified told of by the upstream's own NOTIFY
     * @param interval from one STATUS to the next, at this moment
     * @param hinted how long ago a client of the proxy, IDLE or NOTIFY made the proxy look at once
     */
    public record Mailbox(String name, boolean idle, boolean notified, Duration interval, Optional<Duration> hinted) {
        static Mailbox of(WatchedMailbox seen) {
            return new Mailbox(seen.name().display(), seen.idle(), seen.notified(), seen.interval(), seen.hinted());
        }
    }
}
