package org.imapnotify.upstream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.imapnotify.wire.Capabilities;
import org.imapnotify.wire.ProtocolException;

/** What the states of one connection share: the way out, the tags, and what the upstream says it can. */
final class Talk {
    private static final int MOST_BEFORE_LOGIN = 100;

    private final ConnectionSettings settings;
    private final Supplier<Credentials> credentials;
    private final UpstreamListener listener;
    private final UpstreamOutput output;
    private final String tagPrefix;
    private final Manner manner;
    private final Deque<Runnable> afterwards = new ArrayDeque<>();
    private Capabilities capabilities = Capabilities.none();
    private int tags;
    private int beforeLogin;

    Talk(
            ConnectionSettings settings,
            Supplier<Credentials> credentials,
            UpstreamListener listener,
            UpstreamOutput output,
            Manner manner,
            String tagPrefix) {
        this.settings = settings;
        this.credentials = credentials;
        this.listener = listener;
        this.output = output;
        this.tagPrefix = tagPrefix;
        this.manner = manner;
    }

    ConnectionSettings settings() {
        return settings;
    }

    Credentials credentials() {
        return credentials.get();
    }

    UpstreamListener listener() {
        return listener;
    }

    UpstreamOutput output() {
        return output;
    }

    Capabilities capabilities() {
        return capabilities;
    }

    void capabilities(String words) {
        capabilities = Capabilities.of(words);
        manner.recognition().capabilities(capabilities);
    }

    void forgetCapabilities() {
        capabilities = Capabilities.none();
    }

    Manner manner() {
        return manner;
    }

    boolean capabilitiesKnown() {
        return !capabilities.isEmpty();
    }

    /** An upstream that talks without end before the login is none. */
    void countBeforeLogin() {
        beforeLogin++;
        if (beforeLogin > MOST_BEFORE_LOGIN) {
            throw new ProtocolException("too many responses before the login");
        }
    }

    String nextTag() {
        tags++;
        return tagPrefix + tags;
    }

    /** Sends one command that has no literals and waits for its answer; gives its tag. */
    String ask(String command) {
        String tag = nextTag();
        send(tag + " " + command + "\r\n");
        awaitAnswer();
        return tag;
    }

    void send(String latin1) {
        output.send(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    void awaitAnswer() {
        output.deadline(settings.answer());
    }

    /** Runs when the state that the present event leads to is in force, so that it may send commands. */
    void afterwards(Runnable action) {
        afterwards.add(action);
    }

    void runAfterwards() {
        for (Runnable action = afterwards.poll(); action != null; action = afterwards.poll()) {
            action.run();
        }
    }
}
