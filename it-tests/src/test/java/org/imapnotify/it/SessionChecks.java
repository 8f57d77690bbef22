package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

/** Features that are about the session, those beside it, and the connections behind it. */
final class SessionChecks {
    private static final String EVENTS = " (MessageNew MessageExpunge))";
    private static final int VISITS = 5;

    private SessionChecks() {}

    static void own(Stage stage) {
        String box = stage.created("mine");
        stage.ok("NOTIFY SET (mailboxes " + box + EVENTS);
        stage.appendItself(box, Messages.withSubject("my own"));
        stage.writer.append(box, Messages.withSubject("another's"));
        stage.awaitStatus(box, "MESSAGES 2");
        assertThat(stage.count(Stage.status(box, "MESSAGES 1"))).isZero();
    }

    static void ownToldBack(Stage stage) {
        String box = stage.created("ours");
        stage.ok("NOTIFY SET (mailboxes " + box + EVENTS);
        stage.appendItself(box, Messages.withSubject("my own"));
        stage.awaitStatus(box, "MESSAGES 1");
        stage.writer.append(box, Messages.withSubject("another's"));
        stage.awaitStatus(box, "MESSAGES 2");
        assertThat(stage.count(Stage.status(box, "MESSAGES 1"))).isEqualTo(1);
    }

    /** Either while it is selected or behind that. */
    static void left(Stage stage) {
        String box = stage.created("visited");
        String other = stage.created("home");
        stage.ok("NOTIFY SET (selected (MessageNew MessageExpunge)) (mailboxes (" + box + " " + other + ")" + EVENTS);
        for (int visit = 1; visit <= VISITS; visit++) {
            stage.ok("SELECT " + box);
            stage.writer.append(box, Messages.withSubject("visit " + visit));
            stage.ok("SELECT " + other);
        }
        stage.awaitAny("(\\* " + VISITS + " EXISTS|" + Stage.status(box, "MESSAGES " + VISITS) + ")");
    }

    static void none(Stage stage) {
        String box = stage.created("silent");
        String set = "NOTIFY SET (mailboxes " + box + EVENTS;
        stage.ok(set);
        stage.ok("NOTIFY NONE");
        try (ImapTestClient witness = stage.another(stage.port())) {
            witness.ok(set);
            EventCollector heard = EventCollector.of(witness);
            stage.writer.append(box, Messages.withSubject("unheard"));
            heard.await(Stage.status(box, "MESSAGES 1"));
        }
        stage.ok("NOOP");
        assertThat(stage.count("\\* STATUS " + Stage.named(box) + ".*")).isZero();
    }

    static void hint(Stage stage) {
        String box = stage.created("hinted");
        try (ProxyProcess patient = stage.proxy(ProxyProcess.POLL_INTERVAL, "10m");
                ImapTestClient client = stage.another(patient.port());
                ImapTestClient other = stage.another(patient.port())) {
            client.ok("NOTIFY SET (mailboxes " + box + EVENTS);
            EventCollector heard = EventCollector.of(client);
            other.append(box, Messages.withSubject("through the proxy"));
            heard.await(Stage.status(box, "MESSAGES 1"));
        }
    }

    static void inline(Stage stage) {
        String box = stage.created("inline");
        try (ProxyProcess inline = stage.proxy("--watch", "inline", ProxyProcess.POLL_INTERVAL, "250ms");
                ImapTestClient client = stage.another(inline.port())) {
            client.ok("SELECT INBOX");
            client.ok("NOTIFY SET (selected (MessageNew MessageExpunge)) (mailboxes " + box + EVENTS);
            EventCollector heard = EventCollector.of(client);
            stage.writer.append(box, Messages.withSubject("news"));
            heard.await(Stage.status(box, "MESSAGES 1"));
        }
    }

    static void cut(Stage stage) {
        String box = stage.created("cut");
        stage.ok("NOTIFY SET (mailboxes " + box + EVENTS);
        stage.cutWatching();
        stage.writer.append(box, Messages.withSubject("meanwhile"));
        stage.awaitStatus(box, "MESSAGES 1");
    }
}
