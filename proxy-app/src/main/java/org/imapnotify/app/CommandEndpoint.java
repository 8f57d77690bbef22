package org.imapnotify.app;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.imapnotify.netty.InvalidOptionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code POST /api/command/NAME}: for who shows the token alone. Each command and each refusal is a line of the log. */
final class CommandEndpoint {
    static final String PATH = "/api/command/";

    private static final Logger LOGGER = LoggerFactory.getLogger(CommandEndpoint.class);
    private static final int LONGEST_FORM = 4096;

    /** What is said to whoever asked. */
    record Answer(int status, String body) {}

    private final Optional<ManagementToken> token;
    private final Map<String, Commands.Command> commands;

    CommandEndpoint(Optional<ManagementToken> token, Map<String, Commands.Command> commands) {
        this.token = token;
        this.commands = commands;
    }

    Answer answer(HttpExchange exchange) throws IOException {
        String name = exchange.getRequestURI().getPath().substring(PATH.length());
        if (!exchange.getRequestMethod().equals("POST")) {
            exchange.getResponseHeaders().set("Allow", "POST");
            return error(405, "commands are sent by POST");
        }
        if (token.isEmpty()) {
            return error(403, "this proxy takes no commands: it has no " + ManagementToken.KEY);
        }
        if (!token.get().isShownBy(exchange.getRequestHeaders().getFirst("Authorization"))) {
            audit(exchange, Printable.of(name), "", "wrong token");
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
            return error(401, "the token is not this proxy's");
        }
        Commands.Command command = commands.get(name);
        return command == null ? error(404, "no such command") : run(exchange, name, command);
    }

    private static Answer run(HttpExchange exchange, String name, Commands.Command command) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LONGEST_FORM + 1);
        if (body.length > LONGEST_FORM) {
            return error(413, "the command is too long");
        }
        try {
            Map<String, String> form = form(new String(body, StandardCharsets.UTF_8));
            String user = Printable.of(form.getOrDefault("user", ""));
            String result = Json.of(command.run(form));
            audit(exchange, name, user, "done");
            return new Answer(200, result);
        } catch (InvalidOptionException wrong) {
            return error(400, String.valueOf(wrong.getMessage()));
        } catch (UncheckedIOException failed) {
            return error(500, String.valueOf(failed.getMessage()));
        } catch (IllegalArgumentException wrong) {
            return error(400, "the command is not a form");
        }
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new TreeMap<>();
        for (String field : body.split("&", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                form.put(
                        field.substring(0, equals),
                        URLDecoder.decode(field.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return form;
    }

    private static Answer error(int status, String why) {
        return new Answer(status, Json.of(Map.of("error", why)));
    }

    private static void audit(HttpExchange exchange, String command, String user, String result) {
        LOGGER.atInfo()
                .addKeyValue("command", command)
                .addKeyValue("user", user)
                .addKeyValue("from", HostAndPort.format(exchange.getRemoteAddress()))
                .addKeyValue("result", result)
                .log("operator");
    }
}
