package org.imapnotify.it.bench;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * When the watch connections of 200 accounts come back: after they alone were cut, and after the upstream was killed and started
 * again, with clients that come back at once. Prints how the first logins for watching are spread over time. Arguments behind the
 * jar are the proxy's.
 */
public final class Reconnects {
    private static final int ACCOUNTS = 200;
    private static final long DOWN_MILLIS = 3_000;
    private static final long PATIENCE_SECONDS = 180;
    private static final String SET = "NOTIFY SET (personal (MessageNew MessageExpunge))";

    /** Who logged in to watch, and when; the proxy writes its own LOGIN with quotes. */
    private final Map<String, Long> logins = new ConcurrentHashMap<>();

    private Reconnects() {}

    /** @param arguments the proxy's jar, and flags for the proxy */
    public static void main(String[] arguments) throws Exception {
        new Reconnects().run(arguments);
        System.exit(0);
    }

    private void run(String... arguments) throws Exception {
        StubUpstream stub = new StubUpstream(0, this::loggedIn);
        Peer proxy = Peer.proxy(
                arguments[0],
                stub.port(),
                List.of(arguments).subList(1, arguments.length).toArray(String[]::new));
        try {
            for (int i = 0; i < ACCOUNTS; i++) {
                String user = "user" + i;
                Thread client = new Thread(() -> follow(proxy.port(), user), user);
                client.setDaemon(true);
                client.start();
            }
            await(() -> logins.size() == ACCOUNTS);
            TimeUnit.SECONDS.sleep(5); // for the first rounds, and the IDLE connections behind them

            logins.clear();
            long cutAt = System.nanoTime();
            stub.cut(Reconnects::isToWatch);
            await(() -> logins.size() == ACCOUNTS);
            print("watch connections cut", cutAt, logins.values());
            TimeUnit.SECONDS.sleep(5);

            int port = stub.port();
            stub.close();
            stub.cut(any -> true);
            TimeUnit.MILLISECONDS.sleep(DOWN_MILLIS);
            logins.clear();
            long upAt = System.nanoTime();
            StubUpstream again = new StubUpstream(port, this::loggedIn);
            await(() -> logins.size() == ACCOUNTS);
            print("upstream down for " + DOWN_MILLIS / 1000 + " s", upAt, logins.values());
            again.close();
        } finally {
            proxy.close();
        }
    }

    private static boolean isToWatch(String login) {
        return login.startsWith("\"");
    }

    private void loggedIn(String login) {
        if (isToWatch(login)) {
            logins.putIfAbsent(login, System.nanoTime());
        }
    }

    /** A mail client that comes back at once when it has lost its connection. */
    private static void follow(int port, String user) {
        while (true) {
            try (Client client = new Client(port, user)) {
                client.command(SET);
                client.untilClosed();
            } catch (IOException lost) {
                pause();
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(BooleanSupplier done) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!done.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("not all accounts came back");
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private static void print(String what, long begin, Collection<Long> logins) {
        long[] millis = logins.stream()
                .mapToLong(at -> TimeUnit.NANOSECONDS.toMillis(at - begin))
                .sorted()
                .toArray();
        System.out.printf(
                "%-24s first %5d  10%% %5d  50%% %5d  90%% %5d  last %5d ms;  most in 100 ms %3d, in 1 s %3d%n",
                what,
                millis[0],
                millis[millis.length / 10],
                millis[millis.length / 2],
                millis[millis.length * 9 / 10],
                millis[millis.length - 1],
                most(millis, 100),
                most(millis, 1000));
    }

    private static int most(long[] sorted, long window) {
        int most = 0;
        int from = 0;
        for (int to = 0; to < sorted.length; to++) {
            while (sorted[to] - sorted[from] >= window) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        return most;
    }
}
