package org.imapnotify.app;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Sends commands to the management port of a proxy that runs. */
final class OperatorClient {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final InetSocketAddress address;
    private final ManagementToken token;

    OperatorClient(InetSocketAddress address, ManagementToken token) {
        this.address = address;
        this.token = token;
    }

    /**
     * What the proxy tells about what it has done.
     *
     * @throws CommandRefused when it does not do it
     */
    Map<?, ?> send(String command, Map<String, String> form) throws IOException {
        URI uri = URI.create("http://" + HostAndPort.format(address) + CommandEndpoint.PATH + command);
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        Answer answer = answer(connection, encoded(form).getBytes(StandardCharsets.UTF_8));
        Map<?, ?> told = parsed(answer.body());
        if (answer.status() == OK) {
            return told;
        }
        boolean forToken = answer.status() == UNAUTHORIZED || answer.status() == FORBIDDEN;
        throw new CommandRefused(Printable.of(String.valueOf(told.get("error"))), forToken);
    }

    /** What came back. */
    private record Answer(int status, String body) {}

    private Answer answer(HttpURLConnection connection, byte[] form) throws IOException {
        connection.setConnectTimeout(PATIENCE_MILLIS);
        connection.setReadTimeout(PATIENCE_MILLIS);
        connection.setRequestMethod("POST");
        connection.setRequestProperty("Authorization", token.header());
        connection.setDoOutput(true);
        try {
            connection.getOutputStream().write(form);
            int status = connection.getResponseCode();
            try (InputStream body = status == OK ? connection.getInputStream() : connection.getErrorStream()) {
                return new Answer(status, body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new IOException("no proxy answers at " + HostAndPort.format(address) + ": " + e.getMessage(), e);
        } finally {
            connection.disconnect();
        }
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** JSON is YAML. */
    private Map<?, ?> parsed(String json) throws IOException {
        try {
            Object value = new Load(LoadSettings.builder().build()).loadFromString(json);
            if (value instanceof Map<?, ?> map) {
                return map;
            }
        } catch (YamlEngineException e) {
            throw new IOException("what answers at " + HostAndPort.format(address) + " is no management port", e);
        }
        throw new IOException("what answers at " + HostAndPort.format(address) + " is no management port");
    }

    /** The proxy has understood and does not do it. */
    static final class CommandRefused extends IOException {
        private static final long serialVersionUID = 1;
        private final boolean token;

        CommandRefused(String why, boolean token) {
            super(why);
            this.token = token;
        }

        /** It is the token that is wrong, or there is none that is right. */
        boolean isForToken() {
            return token;
        }
    }
}
