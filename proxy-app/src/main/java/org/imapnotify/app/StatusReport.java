package org.imapnotify.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.imapnotify.netty.ProxyServer;
import org.imapnotify.netty.ProxyStatus;

/** {@code /api/status}: what goes on, as JSON. Nobody's name is in it unless the operator wants that. */
final class StatusReport {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** A page is for eyes; all of a busy proxy's sessions would be megabytes a second. */
    private static final int MOST = 200;

    private final ProxyServer server;
    private final MeterRegistry registry;
    private final RunSettings settings;
    private final boolean names;
    private final Instant start = Instant.now();

    StatusReport(ProxyServer server, MeterRegistry registry, RunSettings settings) {
        this.server = server;
        this.registry = registry;
        this.settings = settings;
        this.names = settings.management().names();
    }

    String json() {
        ProxyStatus status = server.status(PATIENCE);
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("version", Version.current());
        report.put("start", start);
        report.put("now", Instant.now());
        report.put("draining", server.draining());
        report.put("upstream", settings.upstream());
        report.put("capabilities", capabilities(status));
        report.put("pollSeconds", settings.options().watch().intervals().poll().toMillis() / 1000.0);
        report.put("upstreamUp", gauge("imapnotify.upstream.up") > 0);
        report.put("addresses", addresses());
        report.put("upstreamTried", counter("imapnotify.connections") > 0);
        report.put("totals", totals());
        report.put("sessionCount", status.sessions().size());
        report.put(
                "sessions",
                status.sessions().stream().limit(MOST).map(this::session).toList());
        report.put("accountCount", status.accounts().size());
        report.put(
                "accounts",
                status.accounts().stream().limit(MOST).map(this::account).toList());
        return Json.of(report);
    }

    /** What the upstream says to those who log in, as far as watch connections have heard. */
    private static List<String> capabilities(ProxyStatus status) {
        return status.accounts().stream()
                .map(ProxyStatus.Account::capabilities)
                .filter(words -> !words.isEmpty())
                .findFirst()
                .map(words -> List.of(words.split(" ", -1)))
                .orElse(List.of());
    }

    /** Each that was tried, and whether it answered then. */
    private List<Map<String, Object>> addresses() {
        return registry.find("imapnotify.upstream.address.up").gauges().stream()
                .map(gauge -> Map.<String, Object>of(
                        "address", String.valueOf(gauge.getId().getTag("address")), "up", gauge.value() > 0))
                .sorted(Comparator.comparing(address -> String.valueOf(address.get("address"))))
                .toList();
    }

    private Map<String, Object> totals() {
        Map<String, Object> totals = new LinkedHashMap<>();
        totals.put("connections", counter("imapnotify.connections"));
        totals.put("notifications", counter("imapnotify.notify.events"));
        totals.put("overflows", counter("imapnotify.notify.overflow"));
        totals.put("polled", counter("imapnotify.watcher.polled.mailboxes"));
        totals.put("bytes", counter("imapnotify.bytes"));
        totals.put("restarts", counter("imapnotify.watcher.restarts"));
        totals.put("throttled", counter("imapnotify.upstream.throttle"));
        totals.put("watchConnections", gauge("imapnotify.watch.connections.active"));
        return totals;
    }

    private long counter(String name) {
        return (long) registry.find(name).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private long gauge(String name) {
        return (long)
                registry.find(name).gauges().stream().mapToDouble(Gauge::value).sum();
    }

    private Map<String, Object> session(ProxyStatus.Session session) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", session.id());
        shown.put("listener", session.listener());
        shown.put("client", names ? session.client() : "");
        shown.put("user", names ? session.user() : "");
        shown.put("loggedIn", !session.user().isEmpty());
        shown.put("since", session.since());
        shown.put("notify", session.notified());
        return shown;
    }

    private Map<String, Object> account(ProxyStatus.Account account) {
        List<ProxyStatus.Mailbox> mailboxes = account.mailboxes();
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("user", names ? account.user() : "");
        shown.put("sessions", account.sessions());
        shown.put("idle", mailboxes.stream().filter(ProxyStatus.Mailbox::idle).count());
        shown.put(
                "polled", mailboxes.stream().filter(mailbox -> !mailbox.idle()).count());
        shown.put("strategies", strategies(mailboxes));
        if (names) {
            shown.put(
                    "mailboxes",
                    mailboxes.stream().limit(MOST).map(StatusReport::mailbox).toList());
        }
        return shown;
    }

    /** How many are followed alike, the most first; nobody's name is in it. */
    private static List<Map<String, Object>> strategies(List<ProxyStatus.Mailbox> mailboxes) {
        Map<Strategy, Long> counted =
                mailboxes.stream().collect(Collectors.groupingBy(Strategy::of, Collectors.counting()));
        return counted.entrySet().stream()
                .sorted(Map.Entry.<Strategy, Long>comparingByValue().reversed())
                .map(alike -> Map.<String, Object>of(
                        "by", alike.getKey().by(),
                        "seconds", alike.getKey().seconds(),
                        "count", alike.getValue()))
                .toList();
    }

    /** Whole seconds are near enough for mailboxes to be alike; intervals below are few. */
    private record Strategy(String by, double seconds) {
        static Strategy of(ProxyStatus.Mailbox mailbox) {
            double seconds = mailbox.interval().toMillis() / 1000.0;
            return new Strategy(StatusReport.by(mailbox), seconds < 1 ? seconds : Math.rint(seconds));
        }
    }

    private static String by(ProxyStatus.Mailbox mailbox) {
        return mailbox.idle() ? "idle" : mailbox.notified() ? "notify" : "poll";
    }

    private static Map<String, Object> mailbox(ProxyStatus.Mailbox mailbox) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", mailbox.name());
        shown.put("by", by(mailbox));
        shown.put("seconds", mailbox.interval().toMillis() / 1000.0);
        mailbox.hinted().ifPresent(ago -> shown.put("hintedSeconds", ago.toSeconds()));
        return shown;
    }
}
