package org.imapnotify.watch;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.imapnotify.notify.MailboxStatus;
import org.imapnotify.upstream.CommandWriter;
import org.imapnotify.upstream.Effect;
import org.imapnotify.upstream.Exchange;
import org.imapnotify.upstream.Failure;
import org.imapnotify.upstream.UpstreamConnection;
import org.imapnotify.wire.Capabilities;
import org.imapnotify.wire.MailboxName;
import org.imapnotify.wire.ProtocolException;
import org.imapnotify.wire.Response;
import org.imapnotify.wire.ResponseName;

/** What is asked on one connection, and how the answers come into the table. */
final class Questions {
    /** Whoever runs the round, to whom the differences go. */
    interface Asker {
        /** The status of a name that the table does not hold; true when it will do with it what is right. */
        boolean onUnlisted(StatusLine line);

        /**
         * @param lastAskedAt when the same mailbox was asked for before
         */
        void onDifference(Difference difference, Optional<Long> lastAskedAt);

        /** The upstream was too busy to answer about this mailbox. */
        void onPutOff(MailboxName name);
    }

    /** Commands in one write: enough to hide the way to the upstream, few enough for a hint to come in between. */
    private static final int WINDOW = 50;

    private final UpstreamConnection connection;
    private final MailboxTable table;
    private final Demand demand;
    private final Beliefs beliefs;
    private final Namespaces namespaces;
    private final LongSupplier nanoTime;
    private final Asker asker;

    Questions(
            UpstreamConnection connection,
            MailboxTable table,
            Demand demand,
            Beliefs beliefs,
            Namespaces namespaces,
            LongSupplier nanoTime,
            Asker asker) {
        this.connection = connection;
        this.table = table;
        this.demand = demand;
        this.beliefs = beliefs;
        this.namespaces = namespaces;
        this.nanoTime = nanoTime;
        this.asker = asker;
    }

    void ask(String command, Exchange exchange) {
        connection.submit(
                new CommandWriter(connection.capabilities()).raw(command).toCommand(), exchange);
    }

    /** Sends what was asked since the last time, in one write. */
    void flush() {
        connection.flush();
    }

    /** Asks for one mailbox; {@code completed} is told whether it must be asked for again. */
    void askStatus(MailboxName name, Consumer<Boolean> completed) {
        long askedAt = nanoTime.getAsLong();
        boolean modSeq = beliefs.modSeq(connection.capabilities());
        CommandWriter command = new CommandWriter(connection.capabilities())
                .raw("STATUS ")
                .mailbox(name)
                .raw(" (" + statusItems() + ")");
        connection.submit(command.toCommand(), new Exchange() {
            @Override
            public boolean onUntagged(Response response) {
                return onStatusLine(response, askedAt);
            }

            @Override
            public void onCompleted(Response tagged) {
                boolean again = modSeq && tagged.name() == ResponseName.BAD;
                if (again) {
                    beliefs.disbelieveModSeq();
                } else {
                    onAnswered(name, askedAt, tagged);
                }
                completed.accept(again);
            }
        });
    }

    /** A limit says nothing of the mailbox; any other refusal means that there is none, or none for us. */
    private void onAnswered(MailboxName name, long askedAt, Response tagged) {
        table.asked(name, askedAt);
        if (tagged.name() == ResponseName.OK) {
            return;
        }
        if (Failure.of(tagged).kind() == Failure.Kind.LIMIT) {
            asker.onPutOff(name);
        } else {
            if (demand.needsMailboxList()
                    || !table.row(name).map(MailboxRow::hasStatus).orElse(false)) {
                tell(table.refused(name), Optional.empty());
            } else {
                askWhetherListed(name);
            }
        }
    }

    /** A mailbox that had a status is refused, and nobody has the mailboxes listed: it may be gone, or not for us any more. */
    private void askWhetherListed(MailboxName name) {
        boolean[] listed = {false};
        CommandWriter command =
                new CommandWriter(connection.capabilities()).raw("LIST \"\" ").mailbox(name);
        connection.submit(command.toCommand(), new Exchange() {
            @Override
            public boolean onUntagged(Response response) {
                if (response.name() != ResponseName.LIST) {
                    return false;
                }
                ListedMailbox found = ListedMailbox.of(response);
                listed[0] |= found.name().equals(name) && !found.attributes().contains("\\NonExistent");
                return true;
            }

            @Override
            public void onCompleted(Response tagged) {
                boolean gone = tagged.name() == ResponseName.OK && !listed[0];
                tell(gone ? table.gone(name) : table.refused(name), Optional.empty());
            }
        });
        flush();
    }

    /** A line that cannot be read leaves that mailbox as it was; the others go on. */
    private boolean onStatusLine(Response response, long askedAt) {
        if (response.name() != ResponseName.STATUS) {
            return false;
        }
        try {
            onStatus(StatusLine.of(response), askedAt);
        } catch (ProtocolException e) {
            return true;
        }
        return true;
    }

    /** A STATUS line, whoever asked for it. */
    void onStatus(StatusLine line, long askedAt) {
        MailboxName name = line.name();
        Optional<Long> lastAskedAt = table.askedAt(name);
        if (table.has(name)) {
            table.asked(name, askedAt);
            tell(table.status(name, settled(line)), lastAskedAt);
        } else if (!asker.onUnlisted(line) && demand.named().contains(name)) {
            table.asked(name, askedAt);
            tell(table.appeared(name, line.status(), namespaces), lastAskedAt);
        }
    }

    /** Where looking alone changes UIDNEXT or UIDVALIDITY, that is no change. */
    private MailboxStatus settled(StatusLine line) {
        MailboxStatus status = line.status();
        if (!isUnstable(status)) {
            return status;
        }
        return table.row(line.name())
                .map(MailboxRow::status)
                .filter(before -> before.equals(status.withUids(before.uidNext(), before.uidValidity())))
                .filter(this::isUnstable)
                .orElse(status);
    }

    private boolean isUnstable(MailboxStatus status) {
        return beliefs.quirks().has(Effect.UIDS_RISE)
                || (beliefs.quirks().has(Effect.EMPTY_VALIDITY) && status.neverHadMessages());
    }

    private void tell(List<Difference> differences, Optional<Long> lastAskedAt) {
        differences.forEach(difference -> asker.onDifference(difference, lastAskedAt));
    }

    /** Only what RFC 3501 has, and HIGHESTMODSEQ where CONDSTORE is: an unknown item costs the whole command. */
    String statusItems() {
        return "MESSAGES UIDNEXT UIDVALIDITY UNSEEN"
                + (beliefs.modSeq(connection.capabilities()) ? " HIGHESTMODSEQ" : "");
    }

    boolean listStatus() {
        return beliefs.listStatus(connection.capabilities());
    }

    boolean listExtended() {
        return beliefs.listExtended(connection.capabilities());
    }

    void disbelieveListStatus() {
        beliefs.disbelieveListStatus();
    }

    /** Mailboxes to be asked for together. */
    int window() {
        return connection.isOneByOne() ? 1 : WINDOW;
    }

    /** Some upstreams count how often LIST is repeated with nothing in between. */
    void partLists() {
        if (beliefs.quirks().has(Effect.LIST_LIMITED)) {
            ask("NOOP", tagged -> {});
        }
    }

    void disbelieveListExtensions() {
        beliefs.disbelieveListExtensions();
    }

    Namespaces namespaces() {
        return namespaces;
    }

    Capabilities capabilities() {
        return connection.capabilities();
    }

    boolean notifies() {
        return connection.capabilities().has("NOTIFY");
    }

    boolean idle() {
        return beliefs.idle(connection.capabilities());
    }
}
