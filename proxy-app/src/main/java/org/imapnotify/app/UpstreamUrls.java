package org.imapnotify.app;

import java.util.List;
import java.util.stream.Collectors;
import org.imapnotify.netty.InvalidOptionException;
import org.imapnotify.netty.UpstreamAddress;
import org.imapnotify.netty.UpstreamTls;

/** The upstream's addresses, in the order in which they are named: one server, so the kind of TLS is one. */
record UpstreamUrls(List<UpstreamUrl> urls) {

    static UpstreamUrls parse(List<String> texts) {
        List<UpstreamUrl> urls = texts.stream().map(UpstreamUrl::parse).toList();
        if (urls.isEmpty()) {
            throw new InvalidOptionException(UpstreamUrl.KEY, "", "imap://HOST or imaps://HOST");
        }
        if (urls.stream().map(UpstreamUrl::tls).distinct().count() > 1) {
            throw new InvalidOptionException(
                    UpstreamUrl.KEY, String.join(",", texts), "addresses with the same scheme and the same ?tls");
        }
        return new UpstreamUrls(urls);
    }

    UpstreamTls tls() {
        return urls.get(0).tls();
    }

    List<UpstreamAddress> addresses() {
        return urls.stream()
                .map(url ->
                        new UpstreamAddress(url.address().host(), url.address().port()))
                .toList();
    }

    /** As an operator names them. */
    @Override
    public String toString() {
        return urls.stream().map(UpstreamUrl::toString).collect(Collectors.joining(","));
    }
}
