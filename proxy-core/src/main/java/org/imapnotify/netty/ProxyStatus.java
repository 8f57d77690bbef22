package org.imapnotify.netty;

import java.time.Instant;
import java.util.List;

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
     * @param idle followed by IDLE, else asked about in rounds
     */
    public record Mailbox(String name, boolean idle) {}
}
