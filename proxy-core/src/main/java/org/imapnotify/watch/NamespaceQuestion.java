package org.imapnotify.watch;

import java.util.function.Consumer;
import org.imapnotify.upstream.CommandWriter;
import org.imapnotify.upstream.Effect;
import org.imapnotify.upstream.Exchange;
import org.imapnotify.upstream.UpstreamConnection;
import org.imapnotify.wire.Response;
import org.imapnotify.wire.ResponseName;

/** The first question on a connection: RFC 2342, and where that is missing or fails the delimiter at least (RFC 3501 section 6.3.8). */
final class NamespaceQuestion implements Exchange {
    private static final String DELIMITER = "LIST \"\" \"\"";

    private final UpstreamConnection connection;
    private final boolean last;
    private final Consumer<Namespaces> answer;
    private Namespaces found = Namespaces.flat('\0');

    private NamespaceQuestion(UpstreamConnection connection, boolean last, Consumer<Namespaces> answer) {
        this.connection = connection;
        this.last = last;
        this.answer = answer;
    }

    static void ask(UpstreamConnection connection, Consumer<Namespaces> answer) {
        boolean known = connection.capabilities().has("NAMESPACE")
                && !connection.quirks().has(Effect.NAMESPACE_BROKEN);
        new NamespaceQuestion(connection, !known, answer).send(known ? "NAMESPACE" : DELIMITER);
    }

    private void send(String command) {
        connection.submit(
                new CommandWriter(connection.capabilities()).raw(command).toCommand(), this);
        connection.flush();
    }

    @Override
    public boolean onUntagged(Response response) {
        if (response.name() == ResponseName.NAMESPACE) {
            found = Namespaces.of(response);
        } else if (response.name() == ResponseName.LIST) {
            found = Namespaces.flat(ListedMailbox.of(response).delimiter());
        }
        return true;
    }

    @Override
    public void onCompleted(Response tagged) {
        if (!last && tagged.name() != ResponseName.OK) {
            new NamespaceQuestion(connection, true, answer).send(DELIMITER);
        } else {
            answer.accept(found);
        }
    }
}
