package org.imapnotify.watch;

import java.util.Optional;
import java.util.function.LongSupplier;
import org.imapnotify.wire.MailboxName;

/** What looks at the upstream find: told to those who want to know, and learnt from. */
final class Findings {
    private final Demand demand;
    private final MailboxTable table;
    private final Activity activity;
    private final Listeners listeners;
    private final LongSupplier nanoTime;

    Findings(Demand demand, MailboxTable table, Activity activity, Listeners listeners, LongSupplier nanoTime) {
        this.demand = demand;
        this.table = table;
        this.activity = activity;
        this.listeners = listeners;
        this.nanoTime = nanoTime;
    }

    /**
     * @param lastAskedAt when the same mailbox was asked for before, when that is how the difference was found
     */
    void difference(Difference difference, Optional<Long> lastAskedAt) {
        demand.tell(difference);
        listeners.reconsider();
        followMetadata(difference);
        if (difference.change().kind() == MailboxChange.Kind.STATUS) {
            MailboxName name = difference.row().name();
            activity.changed(name, nanoTime.getAsLong());
            lastAskedAt.ifPresent(at -> listeners.onStatusChanged(name, at));
        }
    }

    private void followMetadata(Difference difference) {
        MetadataTable metadata = table.metadata();
        MailboxRow row = difference.row();
        switch (difference.change().kind()) {
            case CREATED -> {
                if (demand.watchesMetadataOf(row)) {
                    metadata.created(row.name());
                }
            }
            case DELETED -> metadata.deleted(row.name());
            case RENAMED, RENAMED_WITH_PARENT ->
                metadata.renamed(difference.change().oldName(), row.name());
            default -> {}
        }
    }

    /** A mailbox was looked at because of a hint, and there was nothing new. */
    void unchanged(MailboxRow row) {
        demand.tellUnchanged(row);
    }

    void metadata(MetadataChange change) {
        demand.tell(change, table);
    }
}
