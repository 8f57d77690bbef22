package org.imapnotify.netty;

import io.netty.handler.ssl.SslContext;
import io.netty.util.DomainWildcardMappingBuilder;
import io.netty.util.Mapping;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The sites of one listener, their certificates read, and what all others get. */
final class Sites {
    private final Site others;
    private final Mapping<? super String, Site> byName;
    private final boolean several;
    private final Optional<Instant> notAfter;

    private Sites(Site others, Mapping<? super String, Site> byName, boolean several, Optional<Instant> notAfter) {
        this.others = others;
        this.byName = byName;
        this.several = several;
        this.notAfter = notAfter;
    }

    /** Reads the files of certificates. */
    static Sites of(ListenerOptions listener, ProxyOptions proxy) {
        Site others = new Site(
                proxy.upstream(), listener.certificate().map(ServerTls::context).orElse(null));
        if (listener.tls() == TlsMode.NONE || proxy.sites().isEmpty()) {
            return new Sites(others, name -> others, false, expiry(listener.certificate().stream()));
        }
        DomainWildcardMappingBuilder<Site> names = new DomainWildcardMappingBuilder<>(others);
        for (SiteOptions site : proxy.sites()) {
            SslContext tls = site.certificate().map(ServerTls::context).orElse(others.tls());
            site.names().forEach(name -> names.add(name, new Site(site.upstream(), tls)));
        }
        Stream<TlsFiles> files = Stream.concat(
                listener.certificate().stream(), proxy.sites().stream().flatMap(site -> site.certificate().stream()));
        return new Sites(others, names.build(), true, expiry(files));
    }

    private static Optional<Instant> expiry(Stream<TlsFiles> files) {
        return files.map(ServerTls::notAfter).min(Comparator.naturalOrder());
    }

    /** For clients that name nobody. */
    Site others() {
        return others;
    }

    /** Clients may get something else by the name that they ask for. */
    boolean areSeveral() {
        return several;
    }

    /** By the name that a client asks for; one that is not known gets what all others get. */
    Mapping<? super String, Site> byName() {
        return byName;
    }

    /** When the first of the certificates expires. */
    Optional<Instant> notAfter() {
        return notAfter;
    }
}
