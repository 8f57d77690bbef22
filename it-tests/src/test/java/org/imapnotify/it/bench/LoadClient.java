package org.imapnotify.it.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One of thousands of IMAP clients. */
final class LoadClient extends ChannelInboundHandlerAdapter {
    /** A STATUS that was told, and when it was read. */
    record News(String user, String mailbox, long messages, long at) {}

    private static final Pattern STATUS = Pattern.compile("\\* STATUS \"?([^ \"]+)\"? \\(MESSAGES (\\d+).*");

    private final String user;
    private final Consumer<News> listener;
    private final LineCutter cutter = new LineCutter(this::onLine);
    private final Queue<CompletableFuture<String>> answers = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<String> greeting = new CompletableFuture<>();
    private final Channel channel;

    private LoadClient(EventLoopGroup loops, int port, String user, Consumer<News> listener) {
        this.user = user;
        this.listener = listener;
        ChannelFuture connecting = new Bootstrap()
                .group(loops)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(this)
                .connect("127.0.0.1", port);
        channel = connecting.channel();
        connecting.addListener(connected -> {
            if (!connected.isSuccess()) {
                greeting.completeExceptionally(connected.cause());
            }
        });
    }

    /** Connects, logs in and says these commands, one after the other. */
    static CompletableFuture<LoadClient> open(
            EventLoopGroup loops, int port, String user, Consumer<News> listener, String... commands) {
        LoadClient client = new LoadClient(loops, port, user, listener);
        CompletableFuture<String> last =
                client.greeting.thenCompose(hello -> client.command("LOGIN " + user + " pass"));
        for (String command : commands) {
            last = last.thenCompose(done -> client.command(command));
        }
        return last.thenApply(done -> client);
    }

    String user() {
        return user;
    }

    /** Completes with the tagged line, exceptionally when that is not OK. */
    CompletableFuture<String> command(String command) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        answers.add(answer);
        channel.writeAndFlush(Unpooled.copiedBuffer("c " + command + "\r\n", StandardCharsets.ISO_8859_1));
        return answer;
    }

    CompletableFuture<String> append(String mailbox) {
        return command("APPEND " + mailbox + " {5+}\r\nhello");
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf octets = (ByteBuf) message;
        try {
            cutter.cut(octets);
        } finally {
            octets.release();
        }
    }

    private void onLine(String line) {
        long now = System.nanoTime();
        if (!greeting.isDone()) {
            greeting.complete(line);
        } else if (line.startsWith("c ")) {
            CompletableFuture<String> answer = answers.remove();
            if (line.startsWith("c OK")) {
                answer.complete(line);
            } else {
                answer.completeExceptionally(new IOException(line));
            }
        } else {
            Matcher status = STATUS.matcher(line);
            if (status.matches()) {
                listener.accept(new News(user, status.group(1), Long.parseLong(status.group(2)), now));
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        IOException gone = new IOException("the connection of " + user + " was closed");
        greeting.completeExceptionally(gone);
        for (CompletableFuture<String> answer : new ArrayDeque<>(answers)) {
            answer.completeExceptionally(gone);
        }
    }

    void close() {
        channel.close();
    }
}
