package org.imapnotify.netty;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What clients get that ask for one of these names when they begin TLS (SNI, RFC 6066 section 3). An upstream can only be chosen where
 * TLS is there from the first octet; with STARTTLS the greeting has come from one before.
 *
 * @param names in lower case; one may begin with {@code *.} for all names directly below it
 * @param certificate empty where the listener's is good for these names too
 */
public record SiteOptions(List<String> names, UpstreamOptions upstream, Optional<TlsFiles> certificate) {
    public static final String KEY = "site";

    private static final Pattern NAME =
            Pattern.compile("(\\*\\.)?[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*");

    public SiteOptions {
        names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        if (names.isEmpty()) {
            throw new InvalidOptionException(KEY, "", "names=NAME,...");
        }
        for (String name : names) {
            if (!NAME.matcher(name).matches()) {
                throw new InvalidOptionException(KEY, name, "a host name, or *. and one");
            }
        }
    }
}
