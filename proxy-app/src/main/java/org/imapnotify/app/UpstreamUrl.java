package org.imapnotify.app;

import java.util.Locale;
import java.util.Map;
import org.imapnotify.netty.InvalidOptionException;
import org.imapnotify.netty.UpstreamTls;

/** {@code imap://HOST[:143][?tls=starttls]} or {@code imaps://HOST[:993]}: how an operator names the upstream. */
record UpstreamUrl(HostAndPort address, UpstreamTls tls) {
    static final String KEY = "upstream";

    private static final String FORM = "imap://HOST[:PORT][?tls=starttls] or imaps://HOST[:PORT]";
    private static final Map<String, Integer> DEFAULT_PORTS = Map.of("imap", 143, "imaps", 993);

    static UpstreamUrl parse(String text) {
        int end = text.indexOf("://");
        String scheme = end < 0 ? "" : text.substring(0, end).toLowerCase(Locale.ROOT);
        Integer defaultPort = DEFAULT_PORTS.get(scheme);
        if (defaultPort == null) {
            throw new InvalidOptionException(KEY, text, FORM);
        }
        String rest = text.substring(end + "://".length());
        int question = rest.indexOf('?');
        String authority = question < 0 ? rest : rest.substring(0, question);
        UpstreamTls tls = tls(text, scheme, question < 0 ? "" : rest.substring(question + 1));
        return new UpstreamUrl(address(text, authority, defaultPort), tls);
    }

    private static HostAndPort address(String text, String authority, int defaultPort) {
        String bare = authority.endsWith("/") ? authority.substring(0, authority.length() - 1) : authority;
        if (bare.indexOf('@') >= 0 || bare.indexOf('/') >= 0) {
            throw new InvalidOptionException(KEY, text, FORM + ", without user or path");
        }
        HostAndPort address = HostAndPort.parse(KEY, bare, defaultPort);
        if (address.port() == 0) {
            throw new InvalidOptionException(KEY, text, "a port from 1 to 65535");
        }
        return address;
    }

    private static UpstreamTls tls(String text, String scheme, String query) {
        if (query.isEmpty()) {
            return scheme.equals("imaps") ? UpstreamTls.IMPLICIT : UpstreamTls.PLAIN;
        }
        if (!query.equalsIgnoreCase("tls=starttls")) {
            throw new InvalidOptionException(KEY, text, "no query but ?tls=starttls");
        }
        if (scheme.equals("imaps")) {
            throw new InvalidOptionException(KEY, text, "imap:// with ?tls=starttls, or imaps:// without");
        }
        return UpstreamTls.STARTTLS;
    }

    /** Names host, port and kind of TLS, for the log. */
    @Override
    public String toString() {
        String scheme = tls == UpstreamTls.IMPLICIT ? "imaps://" : "imap://";
        return scheme + address + (tls == UpstreamTls.STARTTLS ? "?tls=starttls" : "");
    }
}
