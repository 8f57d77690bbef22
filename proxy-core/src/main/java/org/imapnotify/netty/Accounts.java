package org.imapnotify.netty;

import com.github.benmanes.caffeine.cache.Ticker;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.imapnotify.upstream.Credentials;
import org.imapnotify.watch.WatchSettings;
import org.imapnotify.wire.MailboxName;

/**
 * The accounts that are watched, across all event loops: thread-safe. A session may join only with credentials that the upstream
 * has just accepted from its own client. An account that nobody watches any more lingers, so that a client that comes back
 * finds its table, and is then wiped.
 */
final class Accounts {
    private final UpstreamConnector connector;
    private final UpstreamLimits limits;
    private volatile WatchSettings settings;
    private final EventLoopGroup loops;
    private final Telemetry telemetry;
    private final Map<Credentials.Identity, AccountLink> watched = new HashMap<>();
    private final Map<Credentials.Identity, Set<SessionWatch>> hearing = new HashMap<>();
    private final Set<String> paused = new HashSet<>();
    private final Lingering<Credentials.Identity, AccountLink> lingering;

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
        this.lingering = new Lingering<>(Ticker.systemTicker(), AccountLink::wipe);
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
            link = lingering.take(identity).orElseGet(() -> begin(credentials));
            watched.put(identity, link);
            hearing(identity).forEach(SessionWatch::possible);
        }
        link.joined(origin);
        return link;
    }

    private AccountLink begin(Credentials credentials) {
        Credentials.Identity identity = credentials.identity();
        EventLoop loop = loops.next();
        AccountLink link =
                new AccountLink(identity, toWatchWith(credentials), loop, connector, limits, settings, telemetry);
        telemetry.watchers(1);
        link.pause(paused.contains(LogText.of(identity.user())));
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
        known(credentials.identity()).ifPresent(link -> {
            link.freshCredentials(toWatchWith(credentials), origin);
            hearing(credentials.identity()).forEach(SessionWatch::possible);
        });
    }

    /** A session of this account looks for news itself, until {@link #hearNoMore}. */
    synchronized void hear(Credentials.Identity identity, SessionWatch session) {
        hearing.computeIfAbsent(identity, any -> new LinkedHashSet<>()).add(session);
    }

    synchronized void hearNoMore(Credentials.Identity identity, SessionWatch session) {
        hearing.computeIfPresent(identity, (any, sessions) -> {
            sessions.remove(session);
            return sessions.isEmpty() ? null : sessions;
        });
    }

    private Set<SessionWatch> hearing(Credentials.Identity identity) {
        return hearing.getOrDefault(identity, Set.of());
    }

    private List<SessionWatch> othersThan(Credentials.Identity identity, SessionWatch from) {
        return hearing(identity).stream()
                .filter(session -> !session.equals(from))
                .toList();
    }

    /** A command of some session of this account may have changed the mailbox. */
    synchronized void hint(Credentials.Identity identity, MailboxName mailbox, SessionWatch from) {
        AccountLink link = watched.get(identity);
        if (link != null) {
            link.hint(mailbox);
        }
        othersThan(identity, from).forEach(session -> session.hinted(mailbox));
    }

    /** A command of some session of this account may have changed which mailboxes there are. */
    synchronized void hintNames(Credentials.Identity identity, SessionWatch from) {
        AccountLink link = watched.get(identity);
        if (link != null) {
            link.hintNames();
        }
        othersThan(identity, from).forEach(SessionWatch::namesHinted);
    }

    /** A session of this account has set annotations of the mailbox. */
    synchronized void hintMetadata(Credentials.Identity identity, MailboxName mailbox, SessionWatch from) {
        AccountLink link = watched.get(identity);
        if (link != null) {
            link.hintMetadata(mailbox);
        }
        othersThan(identity, from).forEach(session -> session.metadataHinted(mailbox));
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
        lingering.all().stream()
                .filter(link -> user.equals(LogText.of(link.identity().user())))
                .forEach(link -> link.pause(on));
        if (!on) {
            hearing.entrySet().stream()
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
        lingering.all().forEach(AccountLink::wipe);
        lingering.clear();
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

    private Optional<AccountLink> known(Credentials.Identity identity) {
        return Optional.ofNullable(watched.get(identity)).or(() -> lingering.find(identity));
    }
}
