package org.imapnotify.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The HTTP port for operators: {@code /}, {@code /api/status}, {@code /api/command/...}, {@code /metrics}, {@code /livez} and {@code /readyz}, by GET and HEAD, and commands by POST. */
final class ManagementServer implements AutoCloseable {
    static {
        // Seconds for a request to arrive whole; the JDK's default lets a silent peer hold a thread for ever.
        System.setProperty("sun.net.httpserver.maxReqTime", "10");
    }

    private static final int THREADS = 2;
    private static final String PLAIN = "text/plain; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService executor = Executors.newFixedThreadPool(THREADS, ManagementServer::thread);

    private ManagementServer(HttpServer server) {
        this.server = server;
    }

    /** Takes the port; nothing is answered before {@link #open}. */
    static ManagementServer bind(InetSocketAddress address) throws IOException {
        try {
            return new ManagementServer(HttpServer.create(address, 0));
        } catch (IOException e) {
            String where = HostAndPort.format(address);
            throw new IOException("management: cannot listen on " + where + ": " + e.getMessage(), e);
        }
    }

    /** Starts to answer. Not alive says: restart me; not ready says: send me no new clients. */
    void open(
            PrometheusMeterRegistry registry,
            BooleanSupplier alive,
            BooleanSupplier ready,
            Supplier<String> status,
            CommandEndpoint commands) {
        server.setExecutor(executor);
        server.createContext(CommandEndpoint.PATH, exchange -> command(exchange, commands));
        server.createContext("/", exchange -> answer(exchange, registry, alive, ready, status));
        server.start();
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    private static void answer(
            HttpExchange exchange,
            PrometheusMeterRegistry registry,
            BooleanSupplier alive,
            BooleanSupplier ready,
            Supplier<String> status)
            throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("GET")
                    && !exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                respond(exchange, 405, PLAIN, "method not allowed\n");
                return;
            }
            switch (exchange.getRequestURI().getPath()) {
                case "/" -> page(exchange);
                case "/api/status" -> respond(exchange, 200, "application/json", status.get());
                case "/metrics" -> metrics(exchange, registry);
                case "/livez" -> health(exchange, alive.getAsBoolean(), "ok", "event loops do not answer");
                case "/readyz" -> health(exchange, ready.getAsBoolean(), "ready", "draining");
                default -> respond(exchange, 404, PLAIN, "not found\n");
            }
        }
    }

    /** In the form of OpenMetrics for who names it, as Prometheus does. */
    private static void metrics(HttpExchange exchange, PrometheusMeterRegistry registry) throws IOException {
        String accept = exchange.getRequestHeaders().getFirst("Accept");
        String type = accept != null && accept.contains("application/openmetrics-text") ? OPEN_METRICS : PROMETHEUS;
        respond(exchange, 200, type, registry.scrape(type));
    }

    private static void command(HttpExchange exchange, CommandEndpoint commands) throws IOException {
        try (exchange) {
            CommandEndpoint.Answer answer = commands.answer(exchange);
            respond(exchange, answer.status(), "application/json", answer.body() + "\n");
        }
    }

    /** Needs nothing from elsewhere, and may load nothing from elsewhere. */
    private static void page(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders()
                .set(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self';"
                                + " base-uri 'none'; frame-ancestors 'none'");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        try (InputStream page = ManagementServer.class.getResourceAsStream("status.html")) {
            if (page == null) {
                throw new IllegalStateException("the status page is not in the jar");
            }
            respond(exchange, 200, "text/html; charset=utf-8", new String(page.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static void health(HttpExchange exchange, boolean good, String yes, String no) throws IOException {
        respond(exchange, good ? 200 : 503, PLAIN, (good ? yes : no) + "\n");
    }

    private static void respond(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] octets = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(octets.length));
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, octets.length);
        exchange.getResponseBody().write(octets);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "management");
        thread.setDaemon(true);
        return thread;
    }
}
