package org.imapnotify.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What mail servers ask whether a token is good and whose it is (RFC 7662, by GET as Dovecot can). */
final class TokenService implements AutoCloseable {
    private final HttpServer http;
    private final Map<String, String> users = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    TokenService() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.createContext("/", this::answer);
        http.start();
    }

    /** Dovecot puts the token behind it. */
    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/?token=";
    }

    void issue(String token, String user) {
        users.put(token, user);
    }

    void expire(String token) {
        users.remove(token);
    }

    /** How often a server has asked about it. */
    long asked(String token) {
        return asked.stream().filter(token::equals).count();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        String token = URLDecoder.decode(query.split("[=&]", -1)[1], StandardCharsets.UTF_8);
        asked.add(token);
        String user = users.get(token);
        String json = user == null ? "{\"active\":false}" : "{\"active\":true,\"username\":\"" + user + "\"}";
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
