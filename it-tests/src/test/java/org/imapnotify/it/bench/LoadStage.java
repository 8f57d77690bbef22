package org.imapnotify.it.bench;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/** A scripted server, the proxy in front of it, and clients. */
final class LoadStage implements AutoCloseable {
    static final String NEWS = "(MessageNew MessageExpunge)";
    static final String PERSONAL = "NOTIFY SET (personal " + NEWS + ")";

    private static final int LOGINS_AT_ONCE = 50;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, EpollIoHandler.newFactory());
    private final LoadServer server;
    private final Peer proxy;
    private final List<LoadClient> clients = new ArrayList<>();

    LoadStage(String jar, String capabilities, ToIntFunction<String> mailboxes, String... flags) throws IOException {
        server = new LoadServer(loops, capabilities, mailboxes);
        proxy = Peer.proxy(jar, server.port(), flags);
    }

    LoadServer server() {
        return server;
    }

    Peer proxy() {
        return proxy;
    }

    /** One session, served. */
    LoadClient open(String user, Consumer<LoadClient.News> listener, String... commands) throws Exception {
        return openAll(List.of(user), listener, commands).get(0);
    }

    /** A session for each of these users, all served. */
    List<LoadClient> openAll(List<String> users, Consumer<LoadClient.News> listener, String... commands)
            throws InterruptedException, ExecutionException {
        Semaphore places = new Semaphore(LOGINS_AT_ONCE);
        List<CompletableFuture<LoadClient>> opening = new ArrayList<>();
        for (String user : users) {
            if (!places.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("no login is answered any more");
            }
            opening.add(LoadClient.open(loops, proxy.port(), user, listener, commands)
                    .whenComplete((client, failure) -> places.release()));
        }
        List<LoadClient> open = new ArrayList<>();
        for (CompletableFuture<LoadClient> each : opening) {
            open.add(each.get());
        }
        clients.addAll(open);
        return open;
    }

    static List<String> users(String prefix, int count) {
        List<String> users = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            users.add(prefix + i);
        }
        return users;
    }

    static void await(String what, Duration patience, BooleanSupplier done) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("not within " + patience + ": " + what);
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    /** What a proxy must never do: printed, and the run's failure. */
    void expectNoFault() {
        System.out.println("STATUS of a connection's selected mailbox, or SELECT to watch: "
                + server.faults().size());
        if (!server.faults().isEmpty()) {
            throw new IllegalStateException(server.faults().toString());
        }
    }

    @Override
    public void close() {
        clients.forEach(LoadClient::close);
        proxy.close();
        server.close();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
