package org.imapnotify.it.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;

/**
 * A scripted IMAP server for thousands of connections: accounts with mailboxes that messages are delivered to, IDLE that tells of
 * them, LIST-STATUS if wanted. It counts what it is asked and notes what a proxy must never do.
 */
final class LoadServer implements AutoCloseable {
    static final String PLAIN = "IMAP4rev1 LITERAL+ IDLE NAMESPACE UNSELECT CONDSTORE ENABLE";
    static final String LIST_STATUS = PLAIN + " LIST-EXTENDED LIST-STATUS";

    private final String capabilities;
    private final ToIntFunction<String> mailboxes;
    private final Map<String, LoadAccount> accounts = new ConcurrentHashMap<>();
    private final Set<LoadConnection> connections = ConcurrentHashMap.newKeySet();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final AtomicInteger watchConnections = new AtomicInteger();
    private final Channel listener;

    /** @param mailboxes how many a user has */
    LoadServer(EventLoopGroup loops, String capabilities, ToIntFunction<String> mailboxes) {
        this.capabilities = capabilities;
        this.mailboxes = mailboxes;
        this.listener = new ServerBootstrap()
                .group(loops)
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 4096)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel client) {
                        LoadConnection connection = new LoadConnection(LoadServer.this);
                        connections.add(connection);
                        client.pipeline().addLast(connection);
                    }
                })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
    }

    int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    String capabilities() {
        return capabilities;
    }

    LoadAccount account(String user) {
        return accounts.computeIfAbsent(user, name -> new LoadAccount(mailboxes.applyAsInt(name)));
    }

    void left(LoadConnection connection) {
        connections.remove(connection);
    }

    void watchConnection(int more) {
        watchConnections.addAndGet(more);
    }

    int watchConnections() {
        return watchConnections.get();
    }

    /** What was asked on connections that watch, by all accounts. */
    CommandCounts watching() {
        return accounts.values().stream().map(LoadAccount::watching).reduce(CommandCounts.none(), CommandCounts::plus);
    }

    void cutWatching() {
        connections.forEach(LoadConnection::cutWatching);
    }

    void fault(String what) {
        faults.add(what);
    }

    List<String> faults() {
        return faults;
    }

    @Override
    public void close() {
        listener.close().syncUninterruptibly();
    }
}
