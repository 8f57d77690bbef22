package org.imapnotify.app;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.imapnotify.netty.InvalidOptionException;
import org.imapnotify.netty.SiteOptions;
import org.imapnotify.netty.TlsFiles;
import org.imapnotify.netty.UpstreamOptions;
import picocli.CommandLine.Option;

/** The flag for what clients get by the name that they ask for with TLS. */
final class SiteFlags {
    private static final String FORM = "names=NAME,... upstream=URL,... [tls-cert=PEM tls-key=PEM]";
    private static final Set<String> WORDS = Set.of("names", "upstream", "tls-cert", "tls-key");

    @Option(
            names = "--site",
            split = "\n",
            paramLabel = "SITE",
            description =
                    "Another upstream or certificate for clients that ask for these names when they begin TLS: " + FORM
                            + ". A name may be *.DOMAIN. With STARTTLS the name chooses the certificate alone. May be repeated.")
    private List<String> sites = List.of();

    /** @param upstream what is said of the one upstream, for other addresses */
    List<SiteOptions> options(Function<UpstreamUrls, UpstreamOptions> upstream) {
        return sites.stream().map(site -> site(site, upstream)).toList();
    }

    private static SiteOptions site(String text, Function<UpstreamUrls, UpstreamOptions> upstream) {
        Map<String, String> words = words(text);
        String certificate = words.get("tls-cert");
        String key = words.get("tls-key");
        return new SiteOptions(
                list(words.getOrDefault("names", "")),
                upstream.apply(UpstreamUrls.parse(list(words.getOrDefault("upstream", "")))),
                certificate == null || key == null
                        ? Optional.empty()
                        : Optional.of(new TlsFiles(Path.of(certificate), Path.of(key))));
    }

    private static Map<String, String> words(String text) {
        Map<String, String> words = new TreeMap<>();
        for (String word : text.strip().split(" +", -1)) {
            int equals = word.indexOf('=');
            if (equals < 0 || !WORDS.contains(word.substring(0, equals))) {
                throw new InvalidOptionException(SiteOptions.KEY, text, FORM);
            }
            words.put(word.substring(0, equals), word.substring(equals + 1));
        }
        boolean halfCertificate = words.containsKey("tls-cert") != words.containsKey("tls-key");
        if (halfCertificate || !words.containsKey("names") || !words.containsKey("upstream")) {
            throw new InvalidOptionException(SiteOptions.KEY, text, FORM);
        }
        return words;
    }

    private static List<String> list(String words) {
        return Arrays.asList(words.split(",", -1));
    }
}
