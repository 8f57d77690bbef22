package org.imapnotify.app.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.imapnotify.app.client.ServerAddress.Security;
import org.imapnotify.wire.ImapReader;
import org.imapnotify.wire.ImapWriter;
import org.imapnotify.wire.MailboxName;
import org.imapnotify.wire.ProtocolException;
import org.imapnotify.wire.Response;
import org.imapnotify.wire.Response.Kind;
import org.imapnotify.wire.ResponseName;

/** Follows what happens in a user's mailboxes: by NOTIFY, or in one mailbox by IDLE where that is all there is. */
public final class Follower {
    /** Below what NATs and servers forget silent connections after. */
    private static final Duration REASSURE = Duration.ofMinutes(9);

    private static final String EVENTS = "(MessageNew MessageExpunge FlagChange)";
    private static final String MORE_EVENTS = "(MessageNew MessageExpunge FlagChange MailboxName SubscriptionChange)";

    private final ServerAddress address;
    private final Inspection.Login login;
    private final List<MailboxName> mailboxes;
    private final Consumer<MailboxNews> out;
    private final Map<MailboxName, Map<String, Long>> known = new HashMap<>();

    /** @param mailboxes all of the user's own when empty */
    public Follower(
            ServerAddress address, Inspection.Login login, List<MailboxName> mailboxes, Consumer<MailboxNews> out) {
        this.address = address;
        this.login = login;
        this.mailboxes = List.copyOf(mailboxes);
        this.out = out;
    }

    /** Follows until the connection ends; what was known of the mailboxes is kept for the next time. */
    public void run() throws IOException {
        try (ImapConnection server = ImapConnection.open(address)) {
            if (address.security() == Security.STARTTLS) {
                server.startTls();
            }
            server.login(login.user(), login.password());
            if (server.capabilities().has("NOTIFY")) {
                byNotify(server);
            } else if (server.capabilities().has("IDLE")) {
                byIdle(server);
            } else {
                throw new ImapFailure("the server has neither NOTIFY nor IDLE");
            }
        }
    }

    private void byNotify(ImapConnection server) throws IOException {
        Response done = server.ask(set(MORE_EVENTS), this::tell);
        if (done.code("BADEVENT").isPresent()) {
            done = server.ask(set(EVENTS), this::tell);
        }
        if (done.name() != ResponseName.OK) {
            throw new ImapFailure("NOTIFY was answered with " + done.word() + " " + done.text());
        }
        connected("following " + (mailboxes.isEmpty() ? "all mailboxes" : mailboxes.size() + " mailboxes")
                + " by NOTIFY");
        while (true) {
            Optional<Response> response = server.await(REASSURE);
            if (response.isPresent()) {
                tell(response.get());
            } else {
                server.command("NOOP", this::tell);
            }
        }
    }

    private String set(String events) {
        String filter = mailboxes.isEmpty()
                ? "personal"
                : mailboxes.stream().map(Follower::written).collect(Collectors.joining(" ", "mailboxes (", ")"));
        return "NOTIFY SET STATUS (" + filter + " " + events + ")";
    }

    private static String written(MailboxName name) {
        return new String(new ImapWriter().mailbox(name, false).toBytes(), StandardCharsets.ISO_8859_1);
    }

    private void byIdle(ImapConnection server) throws IOException {
        MailboxName mailbox = mailboxes.isEmpty() ? MailboxName.INBOX : mailboxes.get(0);
        server.command("EXAMINE " + written(mailbox), response -> {});
        connected("the server has no NOTIFY: following " + mailbox.display() + " alone, by IDLE");
        while (true) {
            String tag = server.send("IDLE");
            Optional<Response> response = server.await(REASSURE);
            while (response.isPresent() && response.get().kind() != Kind.TAGGED) {
                tellOf(mailbox, response.get());
                response = server.await(REASSURE);
            }
            if (response.isEmpty()) {
                server.write("DONE\r\n");
                server.completion(tag, "DONE", untagged -> tellOf(mailbox, untagged));
            }
        }
    }

    private void connected(String text) {
        out.accept(new MailboxNews("connected", "", Map.of(), text));
    }

    private void tell(Response response) {
        try {
            switch (response.name()) {
                case STATUS -> status(response.arguments());
                case LIST -> list(response.arguments());
                case BYE -> out.accept(new MailboxNews("lost", "", Map.of(), response.text()));
                default -> {
                    if (response.code("NOTIFICATIONOVERFLOW").isPresent()) {
                        out.accept(new MailboxNews("overflow", "", Map.of(), response.text()));
                    }
                }
            }
        } catch (ProtocolException unreadable) {
            out.accept(new MailboxNews("lost", "", Map.of(), String.valueOf(unreadable.getMessage())));
        }
    }

    private void tellOf(MailboxName mailbox, Response response) {
        switch (response.name()) {
            case EXISTS ->
                out.accept(new MailboxNews("exists", mailbox.display(), Map.of("messages", response.number()), ""));
            case EXPUNGE, FETCH ->
                out.accept(new MailboxNews(
                        response.word().toLowerCase(Locale.ROOT),
                        mailbox.display(),
                        Map.of("number", response.number()),
                        ""));
            default -> tell(response);
        }
    }

    /** {@code mailbox SP "(" items ")"}. */
    private void status(ImapReader reader) {
        MailboxName mailbox = reader.mailbox();
        reader.space();
        Map<String, Long> numbers = new TreeMap<>();
        reader.list(() -> {
            String item = reader.atom().toLowerCase(Locale.ROOT);
            reader.space();
            if (reader.peek() >= '0' && reader.peek() <= '9') {
                numbers.put(item, reader.number());
            } else {
                reader.skipValue();
            }
        });
        Map<String, Long> before = known.computeIfAbsent(mailbox, name -> new HashMap<>());
        Map<String, Long> told = new TreeMap<>(numbers);
        numbers.forEach((item, now) -> {
            Long was = before.put(item, now);
            if (was != null && !was.equals(now)) {
                told.put(item + "-change", now - was);
            }
        });
        out.accept(new MailboxNews("status", mailbox.display(), told, ""));
    }

    /** {@code "(" attributes ")" SP delimiter SP mailbox [SP extended]}. */
    private void list(ImapReader reader) {
        int begin = reader.position();
        reader.skipValue();
        String attributes = reader.slice(begin, reader.position());
        reader.space();
        reader.skipValue();
        reader.space();
        out.accept(new MailboxNews("list", reader.mailbox().display(), Map.of(), attributes));
    }
}
