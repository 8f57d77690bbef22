package org.imapnotify.it.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One connection of a {@link LoadServer}. The proxy quotes what it logs in with to watch, the clients here do not. */
final class LoadConnection extends ChannelInboundHandlerAdapter {
    private final LoadServer server;
    private final LineCutter cutter = new LineCutter(this::serve);
    private @Nullable ChannelHandlerContext context;
    private @Nullable LoadAccount account;
    private boolean watching;
    private String selected = "";
    private long shown;
    private String idleTag = "";
    private String appendTag = "";
    private String appendTo = "";

    LoadConnection(LoadServer server) {
        this.server = server;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        say("* OK [CAPABILITY " + server.capabilities() + "] ready\r\n");
        ctx.flush();
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

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (account != null) {
            account.leave(this);
            if (watching) {
                account.watchConnection(-1);
                server.watchConnection(-1);
            }
        }
        server.left(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    private void serve(String line) {
        if (!appendTag.isEmpty()) {
            account().deliver(appendTo);
            say(appendTag + " OK appended\r\n");
            appendTag = "";
            return;
        }
        if (!idleTag.isEmpty()) { // DONE
            account().leave(this);
            say(idleTag + " OK done\r\n");
            idleTag = "";
            return;
        }
        String[] words = line.split(" ", 3);
        String command = words[1].toUpperCase(Locale.ROOT);
        if (watching) {
            account().countWatching(command);
        }
        answer(words[0], command, words.length > 2 ? words[2] : "");
    }

    private void answer(String tag, String command, String arguments) {
        switch (command) {
            case "LOGIN" -> {
                logIn(arguments);
                say(tag + " OK [CAPABILITY " + server.capabilities() + "] in\r\n");
                return;
            }
            case "CAPABILITY" -> say("* CAPABILITY " + server.capabilities() + "\r\n");
            case "NAMESPACE" -> say("* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n");
            case "LIST" -> say(account().list(arguments.contains("STATUS"), arguments.contains("HIGHESTMODSEQ")));
            case "STATUS" -> status(arguments);
            case "SELECT", "EXAMINE" -> select(command, arguments.replace("\"", ""));
            case "NOOP" -> show();
            case "IDLE" -> {
                idleTag = tag;
                account().idle(this);
                show();
                say("+ idling\r\n");
                return;
            }
            case "APPEND" -> {
                append(tag, arguments);
                return;
            }
            case "LOGOUT" -> say("* BYE out\r\n");
            default -> {}
        }
        say(tag + " OK done\r\n");
    }

    private void logIn(String arguments) {
        watching = arguments.startsWith("\"");
        account = server.account(arguments.split(" ", 2)[0].replace("\"", ""));
        if (watching) {
            account.watchConnection(1);
            server.watchConnection(1);
        }
    }

    private void status(String arguments) {
        String name = arguments.substring(0, arguments.indexOf(' ')).replace("\"", "");
        if (name.equals(selected)) {
            server.fault("STATUS of the selected mailbox");
        }
        say(account().status(name, arguments.contains("HIGHESTMODSEQ")));
    }

    private void select(String command, String name) {
        if (watching && command.equals("SELECT")) {
            server.fault("SELECT to watch takes \\Recent");
        }
        selected = name;
        shown = account().messages(name);
        say("* " + shown + " EXISTS\r\n* OK [UIDVALIDITY 1] valid\r\n");
    }

    /** What has come since the last look. */
    private void show() {
        if (!selected.isEmpty()) {
            long messages = account().messages(selected);
            if (messages != shown) {
                shown = messages;
                say("* " + messages + " EXISTS\r\n");
            }
        }
    }

    private void append(String tag, String arguments) {
        int brace = arguments.lastIndexOf('{');
        appendTag = tag;
        appendTo = arguments.substring(0, arguments.indexOf(' ')).replace("\"", "");
        cutter.skip(Long.parseLong(arguments.substring(brace + 1).replaceAll("[+}]", "")));
        if (!arguments.endsWith("+}")) {
            say("+ go on\r\n");
        }
    }

    /** Called by whoever delivers. */
    void onDelivered(String mailbox) {
        ChannelHandlerContext open = context;
        if (open != null) {
            open.executor().execute(() -> {
                if (!idleTag.isEmpty() && selected.equals(mailbox)) {
                    show();
                    open.flush();
                }
            });
        }
    }

    /** Ends the connection without a word, if it is one that watches. */
    void cutWatching() {
        if (watching && context != null) {
            context.close();
        }
    }

    private LoadAccount account() {
        if (account == null) {
            throw new IllegalStateException("not logged in");
        }
        return account;
    }

    private void say(String text) {
        if (context != null) {
            context.write(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1), context.voidPromise());
        }
    }
}
