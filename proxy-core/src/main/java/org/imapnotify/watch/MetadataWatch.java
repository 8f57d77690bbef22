package org.imapnotify.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.imapnotify.notify.MetadataEntry;
import org.imapnotify.notify.MetadataResponse;
import org.imapnotify.upstream.CommandWriter;
import org.imapnotify.upstream.Exchange;
import org.imapnotify.upstream.UpstreamConnection;
import org.imapnotify.wire.MailboxName;
import org.imapnotify.wire.ProtocolException;
import org.imapnotify.wire.Response;
import org.imapnotify.wire.ResponseName;
import org.jspecify.annotations.Nullable;

/**
 * Asks for annotations (RFC 5464) on the poller's connection and compares values: at first, then in slow rounds, and at once
 * where a session of the account has set some. No server tells of changes by itself, so this is the only way to know.
 */
final class MetadataWatch {
    /** The watcher of the account. */
    interface Owner {
        void onMetadata(MetadataChange change);

        /** The upstream does not have what it advertises. */
        void onMetadataRefused();

        void onAnswered();
    }

    /** Commands in flight: STATUS of a mailbox in a hurry waits for no more than these. */
    private static final int WINDOW = 20;

    private final Demand demand;
    private final MailboxTable table;
    private final Duration interval;
    private final LongSupplier nanoTime;
    private final Pacing pacing;
    private final Purse purse;
    private final Owner owner;
    private final Set<MailboxName> due = new LinkedHashSet<>();
    private final Set<MailboxName> asking = new HashSet<>();
    private MetadataForm form = MetadataForm.GRAMMAR;
    private @Nullable UpstreamConnection connection;
    private long nextAt;

    MetadataWatch(
            Demand demand, MailboxTable table, Duration interval, LongSupplier nanoTime, Pacing pacing, Owner owner) {
        this.demand = demand;
        this.table = table;
        this.interval = interval;
        this.nanoTime = nanoTime;
        this.pacing = pacing;
        this.purse = new Purse(pacing, nanoTime);
        this.owner = owner;
    }

    /** What changed while there was no connection is found by a round at once. */
    void onUp(UpstreamConnection ready) {
        connection = ready;
        nextAt = nanoTime.getAsLong();
    }

    void onDown() {
        connection = null;
        due.clear();
        asking.clear();
        purse.forget();
    }

    /** When {@link #proceed} has something to do that no response will call for. */
    long dueAt() {
        return connection == null || !demand.wantsMetadata() ? Long.MAX_VALUE : Math.min(nextAt, purse.dueAt());
    }

    /** Somebody has set annotations of this mailbox. */
    void hint(MailboxName name) {
        if (connection != null && table.metadata().has(name)) {
            due.add(name);
            send();
        }
    }

    /** Asks for what is due. */
    void proceed() {
        if (connection == null || !demand.wantsMetadata()) {
            return;
        }
        if (!connection.capabilities().has("METADATA")
                && !connection.capabilities().has("METADATA-SERVER")) {
            owner.onMetadataRefused();
            return;
        }
        long now = nanoTime.getAsLong();
        boolean all = now - nextAt >= 0;
        if (all) {
            nextAt = now + pacing.stretch(interval.toNanos(), now);
        }
        demand.metadataNames(table).stream()
                .filter(name -> all || !table.metadata().has(name))
                .filter(name -> !asking.contains(name))
                .forEach(due::add);
        send();
    }

    private void send() {
        UpstreamConnection to = connection;
        int ready = (int) due.stream().filter(name -> !asking.contains(name)).count();
        int count = Math.min(ready, WINDOW - asking.size());
        if (count <= 0 || !purse.pay(count)) {
            return;
        }
        Iterator<MailboxName> next = due.iterator();
        boolean sent = false;
        while (to != null && next.hasNext() && asking.size() < WINDOW) {
            MailboxName name = next.next();
            if (asking.add(name)) {
                next.remove();
                purse.spend(1);
                ask(name, to);
                sent = true;
            }
        }
        if (to != null && sent) {
            to.flush();
        }
    }

    private void ask(MailboxName name, UpstreamConnection to) {
        MetadataForm asked = form;
        List<MetadataEntry> entries = new ArrayList<>();
        CommandWriter command = new CommandWriter(to.capabilities()).raw(asked.before());
        command.mailbox(name).raw(asked.behind(name.equals(MetadataResponse.SERVER)));
        to.submit(command.toCommand(), new Exchange() {
            @Override
            public boolean onUntagged(Response response) {
                return response.name() == ResponseName.METADATA && read(response, name, entries);
            }

            @Override
            public void onCompleted(Response tagged) {
                asking.remove(name);
                completed(name, asked, tagged, entries);
            }
        });
    }

    /** True when it is an answer about this mailbox; entries without values are news of something else (RFC 5464, 4.4.2). */
    private static boolean read(Response response, MailboxName name, List<MetadataEntry> entries) {
        try {
            var reader = response.arguments();
            if (!reader.mailboxThenList().equals(name)) {
                return false;
            }
            reader.spaces();
            entries.addAll(MetadataEntry.list(reader));
            return true;
        } catch (ProtocolException noValues) {
            return false;
        }
    }

    private void completed(MailboxName name, MetadataForm asked, Response tagged, List<MetadataEntry> entries) {
        if (tagged.name() == ResponseName.OK) {
            table.metadata().answered(name, entries).ifPresent(owner::onMetadata);
        } else if (tagged.name() == ResponseName.BAD) {
            again(name, asked);
        } else {
            table.metadata().refused(name);
        }
        send();
        owner.onAnswered();
    }

    private void again(MailboxName name, MetadataForm asked) {
        if (asked == form && form.isLast()) {
            due.clear();
            owner.onMetadataRefused();
        } else {
            form = asked == form ? form.next() : form;
            due.add(name);
        }
    }
}
