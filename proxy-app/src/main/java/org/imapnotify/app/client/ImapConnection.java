package org.imapnotify.app.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocket;
import org.imapnotify.app.client.ServerAddress.Security;
import org.imapnotify.wire.Capabilities;
import org.imapnotify.wire.ProtocolException;
import org.imapnotify.wire.Response;
import org.imapnotify.wire.Response.Kind;
import org.imapnotify.wire.ResponseAssembler;
import org.imapnotify.wire.ResponseName;

/** One connection to a server, one command at a time; every wait ends with an answer or with {@link ImapFailure}. */
public final class ImapConnection implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int LARGEST_RESPONSE = 1 << 20;

    private final ServerAddress address;
    private final Deque<Response> arrived = new ArrayDeque<>();
    private final ResponseAssembler assembler = new ResponseAssembler(LARGEST_RESPONSE, arrived::add);
    private final byte[] buffer = new byte[16 * 1024];
    private Socket socket;
    private Capabilities capabilities = Capabilities.none();
    private Response greeting = Response.parse("* OK\r\n".getBytes(StandardCharsets.ISO_8859_1));
    private String tlsVersion = "";
    private int tags;

    private ImapConnection(ServerAddress address, Socket socket) {
        this.address = address;
        this.socket = socket;
    }

    /** Connects, reads the greeting, and asks for the capabilities; TLS as the address says. */
    public static ImapConnection open(ServerAddress address) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(address.host(), address.port()), (int) CONNECT.toMillis());
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            ImapConnection connection = new ImapConnection(address, socket);
            connection.begin();
            return connection;
        } catch (UnknownHostException e) {
            socket.close();
            throw new ImapFailure(address.host() + ": unknown host");
        } catch (ConnectException | SocketTimeoutException e) {
            socket.close();
            throw new ImapFailure(address + ": " + e.getMessage());
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private void begin() throws IOException {
        if (address.security() == Security.TLS) {
            secure();
        }
        greeting = await(PATIENCE)
                .orElseThrow(() -> new ImapFailure(address + ": no greeting within " + PATIENCE.toSeconds() + " s"));
        if (greeting.name() == ResponseName.BYE) {
            throw new ImapFailure(address + ": " + greeting.text());
        }
        askCapabilities();
    }

    private void secure() throws IOException {
        SSLSocket secured = ClientTls.over(socket, address);
        tlsVersion = secured.getSession().getProtocol();
        socket = secured;
    }

    /** What was said before TLS counts for nothing. */
    public void startTls() throws IOException {
        command("STARTTLS", response -> {});
        if (!arrived.isEmpty() || assembler.pending() > 0) {
            throw new ImapFailure("data behind the answer to STARTTLS");
        }
        secure();
        askCapabilities();
    }

    public void askCapabilities() throws IOException {
        command("CAPABILITY", response -> {
            if (response.name() == ResponseName.CAPABILITY) {
                capabilities = Capabilities.of(response.arguments().rest().strip());
            }
        });
    }

    /** Proves who the user is and asks for the capabilities again. */
    public void login(String user, String password) throws IOException {
        Response done = capabilities.has("AUTH=PLAIN") ? plain(user, password) : legacy(user, password);
        if (done.name() != ResponseName.OK) {
            throw new ImapFailure("the login was refused: " + done.text(), true);
        }
        askCapabilities();
    }

    private Response plain(String user, String password) throws IOException {
        byte[] message = ("\0" + user + "\0" + password).getBytes(StandardCharsets.UTF_8);
        String tag = send("AUTHENTICATE PLAIN");
        Response answer = await(PATIENCE).orElseThrow(() -> silent("AUTHENTICATE"));
        if (answer.kind() != Kind.CONTINUATION) {
            return answer.isTagged(tag) ? answer : completion(tag, "AUTHENTICATE", response -> {});
        }
        write(Base64.getEncoder().encodeToString(message) + "\r\n");
        return completion(tag, "AUTHENTICATE", response -> {});
    }

    private Response legacy(String user, String password) throws IOException {
        return completion(send("LOGIN " + quoted(user) + " " + quoted(password)), "LOGIN", response -> {});
    }

    private static String quoted(String text) throws IOException {
        if (text.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new ImapFailure("without AUTH=PLAIN only ASCII can be sent as user or password");
        }
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Sends a command that must be answered with OK; untagged responses are handed on. */
    public void command(String command, Consumer<Response> untagged) throws IOException {
        Response done = ask(command, untagged);
        if (done.name() != ResponseName.OK) {
            throw new ImapFailure(command + " was answered with " + done.word() + " " + done.text());
        }
    }

    /** Sends a command; its completion may be OK, NO or BAD. */
    public Response ask(String command, Consumer<Response> untagged) throws IOException {
        return completion(send(command), command, untagged);
    }

    /** Sends a command and waits for nothing. */
    public String send(String command) throws IOException {
        String tag = "w" + ++tags;
        write(tag + " " + command + "\r\n");
        return tag;
    }

    public void write(String line) throws IOException {
        socket.getOutputStream().write(line.getBytes(StandardCharsets.ISO_8859_1));
    }

    public Response completion(String tag, String what, Consumer<Response> untagged) throws IOException {
        while (true) {
            Response response = await(PATIENCE).orElseThrow(() -> silent(what));
            if (response.isTagged(tag)) {
                return response;
            }
            untagged.accept(response);
        }
    }

    private static ImapFailure silent(String command) {
        int space = command.indexOf(' ');
        return new ImapFailure((space < 0 ? command : command.substring(0, space)) + " was not answered");
    }

    /** The next response of any kind; empty when none comes in this time. */
    public Optional<Response> await(Duration patience) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        while (arrived.isEmpty()) {
            long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            if (left <= 0) {
                return Optional.empty();
            }
            read((int) Math.min(left, Integer.MAX_VALUE));
        }
        return Optional.of(arrived.remove());
    }

    private void read(int millis) throws IOException {
        socket.setSoTimeout(millis);
        int count;
        try {
            count = socket.getInputStream().read(buffer);
        } catch (SocketTimeoutException e) {
            return;
        }
        if (count < 0) {
            throw new ImapFailure("the server closed the connection");
        }
        ByteBuf octets = Unpooled.wrappedBuffer(buffer, 0, count);
        try {
            assembler.feed(octets);
        } catch (ProtocolException e) {
            throw new ImapFailure("the server broke the protocol: " + e.getMessage());
        }
    }

    /** All that comes until nothing has come for this long. */
    public List<Response> drain(Duration silence) throws IOException {
        List<Response> all = new ArrayList<>();
        Optional<Response> next = await(silence);
        while (next.isPresent()) {
            all.add(next.get());
            next = await(silence);
        }
        return all;
    }

    public Response greeting() {
        return greeting;
    }

    public Capabilities capabilities() {
        return capabilities;
    }

    /** Empty without TLS. */
    public String tlsVersion() {
        return tlsVersion;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
