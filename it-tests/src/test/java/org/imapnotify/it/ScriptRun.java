package org.imapnotify.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One conversation of a script with one server: commands in batches of random depth, octets in pieces of random length, and
 * what came back, response by response with its line ends.
 */
final class ScriptRun implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 15_000;
    private static final int LARGEST_BATCH = 12;
    private static final Pattern LITERAL = Pattern.compile(".*\\{(\\d+)\\}\r?\n", Pattern.DOTALL);
    private static final Pattern STATUS = Pattern.compile("(\\+|\\S+ (OK|NO|BAD|BYE|PREAUTH)) .*", Pattern.DOTALL);

    /** Octets that were sent in one go, and the responses that came until all of it was answered. */
    record Batch(String sent, List<String> received) {}

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final Random depths;
    private final Random cuts;
    private final List<Batch> batches = new ArrayList<>();
    private List<String> received = new ArrayList<>();
    private final StringBuilder said = new StringBuilder();
    private final StringBuilder heard = new StringBuilder();
    private boolean ended;
    private boolean refuses;

    ScriptRun(int port, long seed) {
        this.depths = new Random(seed);
        this.cuts = new Random(seed);
        try {
            socket = new Socket();
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5000);
            socket.setSoTimeout(PATIENCE_MILLIS);
            in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            out = socket.getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes the greeting. */
    void greeting() {
        receive();
        batches.add(new Batch("(connect)", received));
    }

    /** A command outside the script: its answers are not compared. */
    List<String> aside(String command) {
        received = new ArrayList<>();
        send("aside " + command + "\r\n", true);
        await(new HashSet<>(Set.of("aside")));
        List<String> answer = received;
        if (!answer.get(answer.size() - 1).startsWith("aside OK")) {
            throw new AssertionError(command + " was answered by " + answer);
        }
        return answer;
    }

    /** All octets that were sent. */
    String said() {
        return said.toString();
    }

    /** All octets that came. */
    String heard() {
        return heard.toString();
    }

    List<Batch> play(List<Script.Step> steps) {
        List<Script.Step> batch = new ArrayList<>();
        int depth = 1 + depths.nextInt(LARGEST_BATCH);
        for (Script.Step step : steps) {
            if (step.waits() && !batch.isEmpty()) {
                play(batch, batch.get(batch.size() - 1));
                batch.clear();
            }
            batch.add(step);
            if (!step.pipelines() || batch.size() == depth) {
                play(batch, step);
                batch.clear();
                depth = 1 + depths.nextInt(LARGEST_BATCH);
            }
        }
        if (!batch.isEmpty()) {
            play(batch, batch.get(batch.size() - 1));
        }
        return batches;
    }

    private void play(List<Script.Step> batch, Script.Step last) {
        if (ended) {
            return;
        }
        received = new ArrayList<>();
        StringBuilder octets = new StringBuilder();
        Set<String> open = new HashSet<>();
        for (Script.Step step : batch) {
            octets.append(step.octets());
            open.addAll(step.tags());
        }
        send(octets.toString(), batch.stream().noneMatch(Script.Step::whole));
        boolean refused = false;
        for (Script.Reply reply : last.replies()) {
            refused = refused || !awaitGoAhead(open, reply.asker());
            if (!refused) {
                octets.append("(+)").append(reply.octets());
                send(reply.octets(), true);
            }
        }
        if (refused) {
            open.removeAll(last.tags()); // what its replies would have said was never said
        }
        await(open);
        batches.add(new Batch(octets.toString(), received));
    }

    private boolean awaitGoAhead(Set<String> open, String asker) {
        while (!ended && open.contains(asker)) {
            String response = receive();
            if (response.startsWith("+")) {
                return true;
            }
            open.remove(tag(response));
        }
        return false;
    }

    private void await(Set<String> open) {
        while (!ended && !open.isEmpty()) {
            open.remove(tag(receive()));
        }
    }

    private static String tag(String response) {
        int space = response.indexOf(' ');
        return space < 0 ? response : response.substring(0, space);
    }

    /** In pieces of any length; the other side may see several as one. */
    private void send(String octets, boolean cut) {
        byte[] bytes = octets.getBytes(ISO_8859_1);
        said.append(octets);
        try {
            for (int from = 0; from < bytes.length && !refuses; ) {
                int piece = cut ? 1 + (int) Math.pow(bytes.length, cuts.nextDouble()) : bytes.length;
                int length = Math.min(bytes.length - from, piece);
                out.write(bytes, from, length);
                out.flush();
                from += length;
            }
        } catch (IOException closed) {
            refuses = true; // what it has said before it closed is still to be read
        }
    }

    private String receive() {
        String response;
        try {
            response = response();
            ended = response.isEmpty();
            received.add(ended ? "(closed)" : response);
            heard.append(response);
        } catch (SocketTimeoutException silent) {
            ended = true;
            response = "(no answer)";
            received.add(response);
        } catch (IOException reset) {
            ended = true;
            response = "";
            received.add("(closed)");
        }
        return response;
    }

    private String response() throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        while (true) {
            int octet = in.read();
            if (octet < 0) {
                return octets.toString(ISO_8859_1);
            }
            octets.write(octet);
            if (octet == '\n') {
                String text = octets.toString(ISO_8859_1);
                Matcher literal = LITERAL.matcher(text);
                if (STATUS.matcher(text).matches() || !literal.matches()) {
                    return text;
                }
                octets.writeBytes(in.readNBytes(Integer.parseInt(literal.group(1))));
            }
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
