package org.imapnotify.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The status page with a judge in it, whose words are in the page's text afterwards: at {@code /axe} the rules of axe-core, at
 * {@code /phone} whether it fits into a phone's width. The page itself allows no script from elsewhere, so it is served anew.
 */
final class JudgedPage implements AutoCloseable {
    private static final int PHONE = 360;
    private static final Pattern VERDICT = Pattern.compile("<pre id=\"verdict\">(.*?)</pre>", Pattern.DOTALL);
    private static final String SAY = "function say(text) { const pre = document.createElement('pre');"
            + " pre.id = 'verdict'; pre.textContent = text; document.body.append(pre); }";
    private static final String AXE = "<script src=\"axe.js\"></script><script>" + SAY
            + "setTimeout(() => axe.run(document).then(judged => say(judged.passes.length + ' rules passed\\n'"
            + " + judged.violations.map(v => v.id + ': ' + v.nodes.map(n => n.target + ' ' + n.failureSummary).join('; '))"
            + ".join('\\n'))), 4000)</script>";
    private static final String FRAME = "<!doctype html><html lang=\"en\"><body><iframe src=\"page\" width=\"" + PHONE
            + "\" height=\"800\"></iframe><script>" + SAY
            + "setTimeout(() => say('width ' + document.querySelector('iframe').contentDocument.documentElement.scrollWidth),"
            + " 4000)</script></body></html>";

    private final HttpServer server;
    private final String management;

    private JudgedPage(HttpServer server, String management) {
        this.server = server;
        this.management = management;
    }

    static JudgedPage of(InetSocketAddress management) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        JudgedPage page = new JudgedPage(server, "http://" + HostAndPort.format(management));
        server.createContext("/", page::answer);
        server.start();
        return page;
    }

    String url(String path) {
        return "http://" + HostAndPort.format(server.getAddress()) + path;
    }

    /** What the judge said; the whole page when he did not. */
    static String verdict(String dom) {
        Matcher verdict = VERDICT.matcher(dom);
        return verdict.find() ? verdict.group(1) : "no verdict: " + dom;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = switch (exchange.getRequestURI().getPath()) {
                case "/axe" -> text("/").replace("</body>", AXE + "</body>").getBytes(StandardCharsets.UTF_8);
                case "/axe.js" -> axe();
                case "/phone" -> FRAME.getBytes(StandardCharsets.UTF_8);
                case "/page" -> text("/").getBytes(StandardCharsets.UTF_8);
                default -> text("/api/status").getBytes(StandardCharsets.UTF_8);
            };
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private String text(String path) throws IOException {
        try (InputStream in = URI.create(management + path).toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static byte[] axe() throws IOException {
        try (InputStream in = JudgedPage.class.getResourceAsStream("/axe.min.js")) {
            if (in == null) {
                throw new IllegalStateException("axe-core is not on the class path");
            }
            return in.readAllBytes();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
