package org.imapnotify.netty;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.imapnotify.upstream.Credentials;
import org.imapnotify.watch.WatchSettings;
import org.imapnotify.wire.MailboxName;
import org.jspecify.annotations.Nullable;

/**
 * The accounts that are watched, across all event loops: thread-safe. A session may join only with credentials that the upstream
 * has just accepted from its own client. An account that nobody watches any more lingers, so that a client that comes back
 * finds its table, and is then wiped.
 */
final class Accounts {
    private static final Duration LINGER = Duration.ofSeconds(60);

    private final UpstreamConnector connector;
    private final UpstreamLimits limits;
    private volatile WatchSettings settings;
    private final EventLoopGroup loops;
    private final Telemetry telemetry;
    private final Map<Credentials.Identity, AccountLink> watched = new HashMap<>();
    private final Map<Credentials.Identity, Set<SessionWatch>> inline = new HashMap<>();
    private final Set<String> paused = new HashSet<>();
    private final Cache<Credentials.Identity, AccountLink> lingering;

    Accounts(
            UpstreamConnector connector,
            UpstreamLimits limits,
            WatchSettings settings,
            EventLoopGroup loops,
            Telemetry telemetry) {
        this.connector = connector;
        this.limits = limits;
        this.settings = settings;
        this.loops = loops;
        this.telemetry = telemetry;
        this.lingering = Caffeine.newBuilder()
                .expireAfterWrite(LINGER)
                .scheduler(Scheduler.systemScheduler())
                .executor(Runnable::run)
                .removalListener(
                        (Credentials.@Nullable Identity identity, @Nullable AccountLink link, RemovalCause cause) -> {
                            if (link != null && cause.wasEvicted()) {
                                link.wipe();
                            }
                        })
                .build();
    }

    /** For accounts that begin to be watched from now on. */
    void settings(WatchSettings fresh) {
        settings = fresh;
    }

    /** Joins the account of these credentials; {@link #leave} has to follow. */
    synchronized AccountLink join(Credentials credentials, Origin origin) {
        Credentials.Identity identity = credentials.identity();
        AccountLink link = watched.get(identity);
        if (link == null) {
            link = lingering.asMap().remove(identity);
            if (link == null) {
                EventLoop loop = loops.next();
                link = new AccountLink(
                        identity, toWatchWith(credentials), loop, connector, limits, settings, telemetry);
                telemetry.watchers(1);
                link.pause(paused.contains(LogText.of(identity.user())));
            }
            watched.put(identity, link);
            inline(identity).forEach(SessionWatch::possible);
        }
        link.joined(origin);
        return link;
    }

    /** Ends what {@link #join} began. */
    synchronized void leave(AccountLink link) {
        if (link.left() == 0) {
            watched.remove(link.identity());
            lingering.put(link.identity(), link);
        }
    }

    /** A client has logged in: these are the account's freshest credentials. */
    synchronized void loggedIn(Credentials credentials, Origin origin) {
        AccountLink link = known(credentials.identity());
        if (link != null) {
            link.freshCredentials(toWatchWith(credentials), origin);
            inline(credentials.identity()).forEach(SessionWatch::possible);
        }
    }

    /** A session of this account looks at its mailboxes itself, until {@link #watchesInlineNoMore}. */
    synchronized void watchesInline(Credentials.Identity identity, SessionWatch session) {
        inline.computeIfAbsent(identity, any -> new LinkedHashSet<>()).add(session);
    }

    synchronized void watchesInlineNoMore(Credentials.Identity identity, SessionWatch session) {
        inline.computeIfPresent(identity, (any, sessions) -> {
            sessions.remove(session);
            return sessions.isEmpty() ? null : sessions;
        });
    }

    private Set<SessionWatch> inline(Credentials.Identity identity) {
        return inline.getOrDefault(identity, Set.of());
    }

    private List<SessionWatch> inlineBut(Credentials.Identity identity, SessionWatch from) {
        return inline(identity).stream()
                .filter(session -> !session.equals(from))
                .toList();
    }

    /** A command of some session of this account may have changed the mailbox. */
    synchronized void hint(Credentials.Identity identity, MailboxName mailbox, SessionWatch from) {
        AccountLink link = watched.get(identity);
        if (link != null) {
            link.hint(mailbox);
        }
        inlineBut(identity, from).forEach(session -> session.hinted(mailbox));
    }

    /** A command of some session of this account may have changed which mailboxes there are. */
    synchronized void hintNames(Credentials.Identity identity, SessionWatch from) {
        AccountLink link = watched.get(identity);
        if (link != null) {
            link.hintNames();
        }
        inlineBut(identity, from).forEach(SessionWatch::namesHinted);
    }

    /** A session of this account has set annotations of the mailbox. */
    synchronized void hintMetadata(Credentials.Identity identity, MailboxName mailbox, SessionWatch from) {
        AccountLink link = watched.get(identity);
        if (link != null) {
            link.hintMetadata(mailbox);
        }
        inlineBut(identity, from).forEach(session -> session.metadataHinted(mailbox));
    }

    /**
     * Lets the watchers of this user, as log lines show the name, rest or work, those that come later too.
     *
     * @return how many sessions this touches now
     */
    synchronized int pause(String user, boolean on) {
        if (on) {
            paused.add(user);
        } else {
            paused.remove(user);
        }
        int sessions = 0;
        for (AccountLink link : watched.values()) {
            if (user.equals(LogText.of(link.identity().user()))) {
                link.pause(on);
                sessions += link.sessions();
            }
        }
        lingering.asMap().values().stream()
                .filter(link -> user.equals(LogText.of(link.identity().user())))
                .forEach(link -> link.pause(on));
        if (!on) {
            inline.entrySet().stream()
                    .filter(each -> user.equals(LogText.of(each.getKey().user())))
                    .forEach(each -> each.getValue().forEach(SessionWatch::possible));
        }
        return sessions;
    }

    synchronized List<String> paused() {
        return paused.stream().sorted().toList();
    }

    /** The accounts that somebody watches now, without those that do not answer in time. */
    List<ProxyStatus.Account> status(Duration patience) {
        List<CompletableFuture<ProxyStatus.Account>> asked = ask();
        long end = System.nanoTime() + patience.toNanos();
        List<ProxyStatus.Account> answers = new ArrayList<>();
        for (CompletableFuture<ProxyStatus.Account> answer : asked) {
            try {
                answers.add(answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS));
            } catch (ExecutionException | TimeoutException late) {
                answer.cancel(false);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return answers;
            }
        }
        return answers;
    }

    private synchronized List<CompletableFuture<ProxyStatus.Account>> ask() {
        return watched.values().stream().map(AccountLink::status).toList();
    }

    /** Ends all watching. */
    synchronized void close() {
        watched.values().forEach(AccountLink::wipe);
        watched.clear();
        lingering.asMap().values().forEach(AccountLink::wipe);
        lingering.invalidateAll();
    }

    /** The watcher wipes its own copy, the session its own. */
    private Credentials toWatchWith(Credentials credentials) {
        return connector
                .options()
                .extras()
                .master()
                .map(master -> master.inPlaceOf(credentials))
                .orElseGet(credentials::copy);
    }

    private @Nullable AccountLink known(Credentials.Identity identity) {
        AccountLink link = watched.get(identity);
        return link == null ? lingering.getIfPresent(identity) : link;
    }
}
