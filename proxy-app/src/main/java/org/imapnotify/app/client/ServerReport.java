package org.imapnotify.app.client;

import java.time.Duration;
import java.util.List;
import org.imapnotify.upstream.QuirkRule;
import org.imapnotify.wire.Capabilities;

/**
 * What was found out about a server.
 *
 * @param statements what is so, as label and text, in the order to be shown in
 * @param events how each event of NOTIFY will be served
 * @param quirks which server it is, what is done otherwise with it, and what to know of it
 * @param advice what would make it better
 */
public record ServerReport(List<Line> statements, List<Line> events, List<String> quirks, List<String> advice) {
    /** A label and what there is to say of it. */
    public record Line(String label, String text) {}

    /**
     * What the judgement is made from.
     *
     * @param rules those that fit
     */
    record Findings(
            Capabilities capabilities,
            List<QuirkRule> rules,
            boolean loggedIn,
            boolean idleWorks,
            boolean encrypted,
            long mailboxes,
            Duration statusTime) {}
}
