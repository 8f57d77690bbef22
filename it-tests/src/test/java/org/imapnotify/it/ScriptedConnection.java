package org.imapnotify.it;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.imapnotify.it.ScriptedProfile.Quirk;

/** One connection of a {@link ScriptedServer}; a thread reads it, others may tell it what was delivered. */
final class ScriptedConnection implements Runnable {
    private static final int MOST_LISTS = 25;

    private final ScriptedServer server;
    private final ScriptedProfile profile;
    private final Socket socket;
    private final InputStream in;
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private String selected = "";
    private long shown;
    private String idleTag = "";
    private String lastList = "";
    private int lists;

    ScriptedConnection(ScriptedServer server, Socket socket) throws IOException {
        this.server = server;
        this.profile = server.profile();
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        socket.setTcpNoDelay(true);
    }

    List<String> commands() {
        return commands;
    }

    boolean isOpen() {
        return !socket.isClosed();
    }

    synchronized boolean isIdlingOn(String mailbox) {
        return isOpen() && !idleTag.isEmpty() && selected.equals(mailbox);
    }

    @Override
    public void run() {
        try {
            say("* OK " + profile.greeting());
            for (String line = line(); !line.isEmpty(); line = line()) {
                serve(line);
            }
        } catch (IOException | UncheckedIOException gone) {
            close();
        }
        close();
    }

    /** Up to CRLF; empty at the end. */
    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
            line.write(octet);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    private void serve(String line) throws IOException {
        if (line.equals("DONE")) {
            done();
            return;
        }
        String[] words = line.split(" ", 3);
        String command = words[1].toUpperCase(Locale.ROOT);
        String arguments = words.length > 2 ? words[2] : "";
        commands.add(command + " " + arguments);
        if (in.available() > 0 && !command.equals("APPEND")) {
            together(command);
        }
        execute(words[0], command, arguments);
    }

    private void together(String command) throws IOException {
        if (profile.has(Quirk.DROPS_PIPELINED)) {
            server.fault("commands together: " + command);
            close();
            throw new IOException("closed");
        }
        if (profile.has(Quirk.LOSES_PIPELINED)) {
            server.fault("commands together: " + command);
            in.skipNBytes(in.available());
        }
    }

    private synchronized void execute(String tag, String command, String arguments) throws IOException {
        if (!command.equals("LIST")) {
            lists = 0;
        }
        switch (command) {
            case "CAPABILITY" -> say("* CAPABILITY " + profile.capabilities());
            case "ID" -> say("* ID " + (profile.identity().isEmpty() ? "NIL" : profile.identity()));
            case "NAMESPACE" -> say("* NAMESPACE ((\"\" \"/\")) NIL NIL");
            case "LIST" -> list(arguments);
            case "STATUS" -> {
                String name = arguments.substring(0, arguments.indexOf(" (")).replace("\"", "");
                if (!server.has(name)) {
                    say(tag + " NO no such mailbox");
                    return;
                }
                say(server.status(name));
            }
            case "SELECT", "EXAMINE" -> {
                selected = arguments.replace("\"", "");
                show();
                say("* OK [UIDVALIDITY 7] valid");
            }
            case "APPEND" -> append(arguments);
            case "NOOP" -> {
                if (!profile.has(Quirk.RAISES_UIDS)) { // imap4d's shows nothing
                    show();
                }
            }
            case "IDLE" -> {
                show();
                idleTag = tag;
                say("+ idling");
                return;
            }
            case "LOGOUT" -> say("* BYE bye");
            default -> {}
        }
        say(tag + " OK done");
        if (command.equals("LOGOUT")) {
            close();
        }
    }

    private void list(String arguments) throws IOException {
        if (arguments.equals("\"\" \"\"")) {
            say("* LIST (\\Noselect) \"/\" \"\"");
            return;
        }
        lists = arguments.equals(lastList) ? lists + 1 : 1;
        lastList = arguments;
        if (profile.has(Quirk.LIMITS_LIST) && lists > MOST_LISTS) {
            server.fault("throttled by repeat");
            say("* BYE Zimbra IMAP4rev1 server terminating connection");
            close();
            throw new IOException("closed");
        }
        boolean status = arguments.contains("STATUS") && !profile.has(Quirk.LIST_WITHOUT_STATUS);
        for (String name : server.mailboxes()) {
            say("* LIST () \"/\" \"" + name + "\"");
            if (status) {
                say(server.status(name));
            }
        }
    }

    private void append(String arguments) throws IOException {
        int brace = arguments.indexOf('{');
        if (!arguments.endsWith("+}")) {
            say("+ go on");
        }
        in.skipNBytes(Long.parseLong(arguments.substring(brace + 1).replaceAll("[+}]", "")));
        line();
        server.deliver(arguments.substring(0, arguments.indexOf(' ')).replace("\"", ""));
    }

    private synchronized void done() throws IOException {
        show();
        say(idleTag + " OK IDLE terminated");
        idleTag = "";
    }

    /** What the client has not seen of the selected mailbox. */
    private void show() throws IOException {
        if (!selected.isEmpty() && server.has(selected)) {
            long messages = server.messages(selected);
            if (messages != shown || commands.get(commands.size() - 1).startsWith("SELECT")) {
                say("* " + messages + " EXISTS");
            }
            shown = messages;
        }
    }

    /** Called by the thread that delivers. */
    void onDelivered(String mailbox, long messages) {
        new Thread(() -> tell(mailbox, messages), "scripted-tell").start();
    }

    private synchronized void tell(String mailbox, long messages) {
        try {
            if (isIdlingOn(mailbox) && !profile.has(Quirk.SILENT_IDLE) && messages > shown) {
                shown = messages;
                say("* " + messages + " EXISTS");
            }
        } catch (IOException gone) {
            close();
        }
    }

    private synchronized void say(String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
