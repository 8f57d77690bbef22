package org.imapnotify.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Has a connection to the upstream from its first moment, and waits for the greeting before anybody takes it: for servers that accept
 * and then stay silent, close or say something else. It reads nothing into the greeting but whether it is one; all octets go to the
 * handler that replaces this one.
 */
final class AwaitedGreeting extends ChannelInboundHandlerAdapter {
    /** Dovecot's is about 150 octets, with all capabilities of Cyrus it is 600: what is longer is for the session to judge. */
    private static final int LONGEST = 8 * 1024;

    /** How it ended; one of the two is called, once. */
    interface Outcome {
        /**
         * A first line came.
         *
         * @param obstacle why clients cannot be served here, as far as that line tells; empty when they can
         * @return whether this handler was replaced and the connection is in use; it is closed otherwise
         */
        boolean greeted(Channel channel, String obstacle);

        void failed(String why);
    }

    private final Duration patience;
    private final Outcome outcome;
    private @Nullable ChannelHandlerContext context;
    private @Nullable ByteBuf read;
    private @Nullable ScheduledFuture<?> deadline;
    private boolean begun;
    private boolean over;

    AwaitedGreeting(Duration patience, Outcome outcome) {
        this.patience = patience;
        this.outcome = outcome;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    /** The connection stands, with its TLS; whoever has made it was told before of what could go wrong with that. */
    void begin() {
        ChannelHandlerContext ctx = context;
        if (ctx == null || over) {
            return;
        }
        begun = true;
        deadline = ctx.executor()
                .schedule(
                        () -> fail(
                                ctx,
                                "no greeting within "
                                        + patience.toString().substring(2).toLowerCase(Locale.ROOT)),
                        patience.toNanos(),
                        TimeUnit.NANOSECONDS);
        ctx.channel().config().setAutoRead(true);
        look(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        if (over) {
            in.release();
            return;
        }
        read = read == null ? in : joined(ctx, read, in);
        look(ctx);
    }

    private void look(ChannelHandlerContext ctx) {
        ByteBuf octets = read;
        if (!begun || octets == null) {
            return;
        }
        int end = octets.indexOf(octets.readerIndex(), octets.writerIndex(), (byte) '\n');
        if (end >= 0 || octets.readableBytes() >= LONGEST) {
            greeted(ctx, octets, end < 0 ? octets.writerIndex() : end);
        }
    }

    private static ByteBuf joined(ChannelHandlerContext ctx, ByteBuf first, ByteBuf second) {
        ByteBuf both = ctx.alloc().buffer(first.readableBytes() + second.readableBytes());
        both.writeBytes(first).writeBytes(second);
        first.release();
        second.release();
        return both;
    }

    private void greeted(ChannelHandlerContext ctx, ByteBuf octets, int end) {
        finish();
        read = null;
        String line = octets.toString(octets.readerIndex(), end - octets.readerIndex(), StandardCharsets.ISO_8859_1);
        if (outcome.greeted(ctx.channel(), obstacle(line)) && ctx.channel().isOpen()) {
            ctx.fireChannelRead(octets);
        } else {
            octets.release();
            ctx.close();
        }
    }

    /** {@code greeting = "*" SP (resp-cond-auth / resp-cond-bye)}, resp-cond-auth being OK or PREAUTH (RFC 3501 section 9). */
    private static String obstacle(String line) {
        String[] words = line.strip().toUpperCase(Locale.ROOT).split(" ", 3);
        if (words.length < 2 || !words[0].equals("*")) {
            return "it does not speak IMAP";
        }
        return switch (words[1]) {
            case "OK", "PREAUTH" -> "";
            case "BYE" -> LogText.text("it says " + line.strip().substring(2));
            default -> "it does not speak IMAP";
        };
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail(ctx, "it closed the connection before its greeting");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(ctx, LogText.reason(cause));
    }

    private void fail(ChannelHandlerContext ctx, String why) {
        ctx.close();
        if (!over) {
            finish();
            if (read != null) {
                read.release();
                read = null;
            }
            if (begun) {
                outcome.failed(why);
            }
        }
    }

    private void finish() {
        over = true;
        if (deadline != null) {
            deadline.cancel(false);
        }
    }
}
