package org.imapnotify.it;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code docs/compatibility.md}: what works on which server. All that is not declared here works. */
final class CompatibilityTable {
    /** By server, in the order of the table's columns. */
    static final Map<Variant, String> SERVERS = servers();

    private static final List<Deviation> DEVIATIONS = CompatibilityDeviations.ALL;

    private CompatibilityTable() {}

    private static Map<Variant, String> servers() {
        Map<Variant, String> servers = new LinkedHashMap<>();
        servers.put(Variant.DOVECOT_LEGACY, "Dovecot");
        servers.put(Variant.DOVECOT_WITHOUT_IDLE, "Dovecot, no IDLE");
        servers.put(Variant.DOVECOT_WITHOUT_CONDSTORE, "Dovecot, no CONDSTORE");
        servers.put(Variant.DOVECOT_WITHOUT_LIST_STATUS, "Dovecot, no LIST-STATUS");
        servers.put(Variant.CYRUS, "Cyrus");
        servers.put(Variant.COURIER, "Courier");
        servers.put(Variant.IMAP4D, "GNU imap4d");
        servers.put(Variant.GREENMAIL, "GreenMail");
        return servers;
    }

    static Optional<Deviation> deviation(Variant variant, Feature feature) {
        return DEVIATIONS.stream()
                .filter(deviation -> deviation.isOf(variant, feature))
                .findFirst();
    }

    static String page() {
        StringBuilder page = new StringBuilder("""
                # What works on which server

                Made by `CompatibilityIT`, which plays each feature through the proxy (`--poll-interval 250ms`) in front of each server, a writer working on the
                server itself. It fails where something that stands here as working does not, and where something that stands here as degraded or impossible works.
                The servers are those of Debian 12 (Dovecot 2.3.19, Cyrus 3.6.1, Courier 5.0.13, GNU Mailutils 3.15) and GreenMail of Maven Central; Dovecot's own NOTIFY is
                taken from it, and with it what the column names. Dovecot's own NOTIFY against the proxy's: [notify-differences.md](notify-differences.md).
                What is done otherwise with these and with servers that cannot be run here (Gmail, Exchange, Yahoo, Zimbra, ...), `quirks: auto|off|...`: [quirks.md](quirks.md).

                """);
        row(page, "feature", new ArrayList<>(SERVERS.values()));
        row(page, "---", SERVERS.values().stream().map(server -> "---").toList());
        for (Feature feature : Feature.values()) {
            row(
                    page,
                    feature.title(),
                    SERVERS.keySet().stream()
                            .map(variant -> cell(variant, feature))
                            .toList());
        }
        page.append('\n');
        for (int i = 0; i < DEVIATIONS.size(); i++) {
            page.append(i + 1).append(". ").append(DEVIATIONS.get(i).reason()).append('\n');
        }
        return page.toString();
    }

    private static void row(StringBuilder page, String title, List<String> cells) {
        page.append("| ")
                .append(title)
                .append(" | ")
                .append(String.join(" | ", cells))
                .append(" |\n");
    }

    private static String cell(Variant variant, Feature feature) {
        for (int i = 0; i < DEVIATIONS.size(); i++) {
            if (DEVIATIONS.get(i).isOf(variant, feature)) {
                return "**" + DEVIATIONS.get(i).degree() + "** (" + (i + 1) + ")";
            }
        }
        return "works";
    }
}
