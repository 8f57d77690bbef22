package org.imapnotify.app.client;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.imapnotify.app.client.ServerAddress.Security;
import org.imapnotify.app.client.ServerReport.Findings;
import org.imapnotify.app.client.ServerReport.Line;
import org.imapnotify.upstream.Fingerprint;
import org.imapnotify.upstream.QuirkRule;
import org.imapnotify.wire.Response;
import org.imapnotify.wire.Response.Kind;
import org.imapnotify.wire.ResponseName;

/** Finds out what a server can do by trying it; changes nothing in any mailbox (EXAMINE and STATUS only). */
public final class Inspection {
    private static final Duration GO_AHEAD = Duration.ofSeconds(10);

    /** Who logs in. */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return "Login[" + user + "]";
        }
    }

    private final ServerAddress address;
    private final Optional<Login> login;
    private final List<Line> lines = new ArrayList<>();
    private String greeting = "";
    private String identity = "";
    private boolean idleWorks;
    private long mailboxes;
    private Duration statusTime = Duration.ZERO;

    private Inspection(ServerAddress address, Optional<Login> login) {
        this.address = address;
        this.login = login;
    }

    public static ServerReport of(ServerAddress address, Optional<Login> login) throws IOException {
        return new Inspection(address, login).run();
    }

    private ServerReport run() throws IOException {
        try (ImapConnection server = ImapConnection.open(address)) {
            greeting = server.greeting().text();
            say("greeting", greeting);
            say("before login", server.capabilities().words());
            if (address.security() == Security.STARTTLS) {
                server.startTls();
                say("after STARTTLS", server.capabilities().words());
            }
            say("encryption", server.tlsVersion().isEmpty() ? "none" : server.tlsVersion());
            if (login.isPresent()) {
                server.login(login.get().user(), login.get().password());
                say("after login", server.capabilities().words());
                identify(server);
                lookAround(server);
                tryIdle(server);
            } else {
                idleWorks = server.capabilities().has("IDLE");
            }
            return report(server);
        }
    }

    private void identify(ImapConnection server) throws IOException {
        if (server.capabilities().has("ID")) { // mail.de advertises it and answers BAD: never an error
            server.ask("ID NIL", response -> {
                if (response.name() == ResponseName.ID) {
                    identity = response.arguments().rest().strip();
                    say("identity", identity);
                }
            });
        }
    }

    private void lookAround(ImapConnection server) throws IOException {
        AtomicLong count = new AtomicLong();
        server.command("LIST \"\" \"*\"", response -> {
            if (response.name() == ResponseName.LIST) {
                count.incrementAndGet();
            }
        });
        mailboxes = count.get();
        long begin = System.nanoTime();
        Response done = server.ask("STATUS INBOX (MESSAGES UIDNEXT UIDVALIDITY UNSEEN)", response -> {});
        statusTime = Duration.ofNanos(System.nanoTime() - begin);
        say("mailboxes", mailboxes + ", STATUS of INBOX " + done.word() + " in " + statusTime.toMillis() + " ms");
    }

    /** Advertised is not the same as accepted. */
    private void tryIdle(ImapConnection server) throws IOException {
        if (!server.capabilities().has("IDLE")) {
            say("IDLE", "not offered");
            return;
        }
        server.command("EXAMINE INBOX", response -> {});
        String tag = server.send("IDLE");
        Optional<Response> answer = server.await(GO_AHEAD);
        while (answer.isPresent() && answer.get().kind() == Kind.UNTAGGED) { // some report before the "+"
            answer = server.await(GO_AHEAD);
        }
        idleWorks =
                answer.filter(response -> response.kind() == Kind.CONTINUATION).isPresent();
        if (idleWorks) {
            server.write("DONE\r\n");
            server.completion(tag, "DONE", response -> {});
        }
        say("IDLE", idleWorks ? "accepted" : "offered, but refused");
    }

    private ServerReport report(ImapConnection server) {
        List<QuirkRule> rules = QuirkRule.of(new Fingerprint(greeting, server.capabilities(), identity));
        Judgement judgement = new Judgement(new Findings(
                server.capabilities(),
                rules,
                login.isPresent(),
                idleWorks,
                !server.tlsVersion().isEmpty(),
                mailboxes,
                statusTime));
        return new ServerReport(List.copyOf(lines), judgement.events(), judgement.quirks(), judgement.advice());
    }

    private void say(String label, String text) {
        lines.add(new Line(label, text));
    }
}
