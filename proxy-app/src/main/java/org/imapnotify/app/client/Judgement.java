package org.imapnotify.app.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.imapnotify.app.client.ServerReport.Findings;
import org.imapnotify.app.client.ServerReport.Line;
import org.imapnotify.notify.Event;
import org.imapnotify.notify.Supported;
import org.imapnotify.upstream.Effect;
import org.imapnotify.upstream.QuirkRule;
import org.imapnotify.wire.Capabilities;

/** How the proxy will serve NOTIFY in front of a server that can do what was found. */
final class Judgement {
    private final Findings found;
    private final Capabilities can;
    private final Set<Event> supported;

    Judgement(Findings found) {
        this.found = found;
        this.can = found.capabilities();
        this.supported = Supported.by(can::has, false).events();
    }

    List<Line> events() {
        List<Line> lines = new ArrayList<>();
        for (Event event : Event.values()) {
            lines.add(new Line(event.rfcName(), how(event)));
        }
        return lines;
    }

    private String how(Event event) {
        if (handsThrough()) {
            return "by the server itself: --notify auto hands NOTIFY through";
        }
        if (!supported.contains(event)) {
            return "not served: answered with NO [BADEVENT]";
        }
        return switch (event) {
            case MESSAGE_NEW, MESSAGE_EXPUNGE -> "selected mailbox: " + selected() + "; others: " + others();
            case FLAG_CHANGE -> "selected mailbox: " + selected() + "; others: " + others() + "; " + flags();
            case MAILBOX_METADATA_CHANGE, SERVER_METADATA_CHANGE ->
                "by comparing GETMETADATA from one metadata interval to the next";
            default -> "by comparing LIST from one poll to the next";
        };
    }

    private String selected() {
        if (!idles()) {
            return "NOOP at the poll interval";
        }
        if (has(Effect.IDLE_AT_END)) {
            return "by IDLE, which is renewed at the poll interval";
        }
        String idle = "at once, by IDLE";
        return has(Effect.IDLE_NOT_ALL) ? idle + ", what it leaves out at the poll interval" : idle;
    }

    private String others() {
        String poll = can.has("LIST-STATUS")
                ? "one LIST for all at the poll interval"
                : "STATUS of each at the poll interval";
        if (can.has("NOTIFY")) {
            return "its own NOTIFY, and " + poll;
        }
        return idles() && !has(Effect.IDLE_AT_END) ? "INBOX by IDLE, the rest by " + poll : poll;
    }

    private boolean handsThrough() {
        return can.has("NOTIFY") && !has(Effect.NOTIFY_LOSES);
    }

    private boolean idles() {
        return found.idleWorks() && !has(Effect.IDLE_SILENT);
    }

    private boolean has(Effect effect) {
        return found.rules().stream().anyMatch(rule -> rule.quirks().has(effect));
    }

    private String flags() {
        return can.has("CONDSTORE") || can.has("QRESYNC")
                ? "every change for clients that use CONDSTORE, else changes of \\Seen"
                : "there only changes of \\Seen";
    }

    /** Of each rule that fits: the server, its key, what is done otherwise, what to know. */
    List<String> quirks() {
        return found.rules().stream().flatMap(Judgement::lines).toList();
    }

    private static Stream<String> lines(QuirkRule rule) {
        String name = rule.server() + " (" + rule.key() + "): ";
        return Stream.concat(rule.quirks().says().stream(), Stream.of(rule.advice()))
                .map(line -> name + line);
    }

    List<String> advice() {
        List<String> advice = new ArrayList<>();
        if (!found.encrypted() && can.has("STARTTLS")) {
            advice.add("encrypt the way to the server: ?tls=starttls behind the --upstream URL");
        }
        if (!found.encrypted() && can.has("LOGINDISABLED")) {
            advice.add("without TLS this server takes no passwords (LOGINDISABLED)");
        }
        if (!found.loggedIn()) {
            advice.add("give --user and --password-file: many servers tell what they can only after the login");
        } else if (!handsThrough()) {
            afterLogin(advice);
        }
        return advice;
    }

    private void afterLogin(List<String> advice) {
        if (!found.idleWorks()) {
            advice.add("IDLE is missing: news is as late as --poll-interval; switch it on if the server can");
        }
        if (!can.has("LIST-STATUS")) {
            advice.add("LIST-STATUS is missing: a round costs " + Math.max(1, found.mailboxes())
                    + " STATUS commands for this user, about "
                    + found.statusTime().toMillis() * Math.max(1, found.mailboxes())
                    + " ms; choose --poll-interval well above that");
        }
        if (!can.has("CONDSTORE") && !can.has("QRESYNC")) {
            advice.add(
                    "CONDSTORE is missing: flag changes in other mailboxes are told only when they change what is unread");
        }
    }
}
