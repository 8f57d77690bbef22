package org.imapnotify.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.imapnotify.session.CloseCause;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An operator's commands to a whole proxy in this process. */
class OperationsTest {
    private final TinyUpstream upstream = new TinyUpstream();
    private final List<TinyClient> clients = new ArrayList<>();
    private final Map<CloseCause, Integer> closes = new ConcurrentHashMap<>();
    private final BlockingQueue<String> traced = new LinkedBlockingQueue<>();
    private ProxyServer proxy;

    @BeforeEach
    void start() throws Exception {
        proxy = ProxyServer.start(upstream.behind(2), new Telemetry() {
            @Override
            public void connectionClosed(String listener, CloseCause cause) {
                closes.merge(cause, 1, Integer::sum);
            }
        });
    }

    @AfterEach
    void close() throws Exception {
        clients.forEach(TinyClient::close);
        proxy.stop(Duration.ofSeconds(1)).get(10, TimeUnit.SECONDS);
        upstream.close();
    }

    private TinyClient loggedIn(String user) {
        TinyClient client = TinyClient.greeted(proxy.imapAddresses().get(0));
        clients.add(client);
        assertThat(client.ask("l1 LOGIN " + user + " secret")).isEqualTo("l1 OK done");
        return client;
    }

    /** The conversation up to the line that ends like this. */
    private List<String> tracedUntil(String end) throws InterruptedException {
        List<String> lines = new ArrayList<>();
        String line;
        do {
            line = traced.poll(20, TimeUnit.SECONDS);
            assertThat(line).as("a line that ends with %s after %s", end, lines).isNotNull();
            lines.add(line.replaceAll("^session=\\S+ user=ann ", ""));
        } while (!line.endsWith(end));
        return lines;
    }

    @Test
    void whoIsKickedHearsByeAndNobodyElse() {
        TinyClient ann = loggedIn("ann");
        TinyClient annToo = loggedIn("ann");
        TinyClient bob = loggedIn("bob");
        assertThat(proxy.operations().kick("ann")).isEqualTo(2);
        assertThat(ann.line()).isEqualTo("* BYE disconnected by the administrator");
        assertThat(annToo.line()).startsWith("* BYE");
        assertThat(ann.line()).isNull();
        assertThat(bob.noop()).isEqualTo("n1 OK done");
        assertThat(proxy.operations().kick("nobody")).isZero();
        assertThat(closes).isEqualTo(Map.of(CloseCause.KICKED, 2));
    }

    @Test
    void aTraceShowsBothSidesOfOneUserAlone() throws Exception {
        TinyClient ann = loggedIn("ann");
        TinyClient bob = loggedIn("bob");
        assertThat(proxy.operations().trace("ann", Duration.ofMinutes(1), traced::add))
                .isEqualTo(1);
        assertThat(ann.noop()).isEqualTo("n1 OK done"); // the trace may begin before or behind it
        assertThat(ann.noop()).isEqualTo("n1 OK done");
        assertThat(bob.ask("b1 CHECK")).isEqualTo("b1 OK done");
        assertThat(ann.ask("a2 CHECK")).isEqualTo("a2 OK done");
        List<String> lines = tracedUntil("S: a2 OK done");
        assertThat(lines).contains("C: a2 CHECK", "C: n1 NOOP").noneMatch(line -> line.contains("b1"));
    }

    @Test
    void neitherPasswordsNorMessagesAreTraced() throws Exception {
        proxy.operations().trace("ann", Duration.ofMinutes(1), traced::add);
        TinyClient ann = loggedIn("ann");
        assertThat(ann.ask("a1 LOGIN ann secret")).isEqualTo("a1 OK done");
        assertThat(ann.ask("a2 LOGIN {3+}\r\nann secret")).isEqualTo("a2 OK done");
        ann.line(); // the upstream takes the rest of that command for one of its own
        ann.ask("a3 APPEND INBOX {8+}\r\nx secret");
        List<String> lines = tracedUntil("[8 octets not shown]");
        assertThat(lines)
                .contains("C: a1 LOGIN [masked]", "C: a2 LOGIN [masked] [3 octets not shown]")
                .contains("C: [masked]", "C: a3 APPEND INBOX {8+} [8 octets not shown]")
                .noneMatch(line -> line.contains("secret"));
    }

    @Test
    void aTraceEndsByItselfAndByTheOperator() throws Exception {
        TinyClient ann = loggedIn("ann");
        proxy.operations().trace("ann", Duration.ofSeconds(1), traced::add);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        int before;
        do {
            before = traced.size();
            assertThat(ann.noop()).isEqualTo("n1 OK done");
            assertThat(System.nanoTime()).as("the trace goes on").isLessThan(end);
        } while (before == 0 || traced.size() > before);

        proxy.operations().trace("ann", Duration.ofMinutes(1), traced::add);
        assertThat(ann.noop()).isEqualTo("n1 OK done");
        proxy.operations().trace("ann", Duration.ZERO, traced::add);
        ann.noop();
        traced.clear();
        assertThat(ann.noop()).isEqualTo("n1 OK done");
        assertThat(traced).isEmpty();
    }

    @Test
    void aPauseIsRememberedByName() {
        assertThat(proxy.operations().pause("ann")).isZero();
        assertThat(proxy.operations().paused()).containsExactly("ann");
        proxy.operations().resume("ann");
        assertThat(proxy.operations().paused()).isEmpty();
    }
}
