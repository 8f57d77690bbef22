package org.imapnotify.watch;

import java.util.List;
import org.imapnotify.notify.MetadataEntry;
import org.imapnotify.notify.MetadataResponse;
import org.imapnotify.wire.MailboxName;

/**
 * Annotations that are not what they were.
 *
 * @param mailbox {@link MetadataResponse#SERVER} for those of the server
 * @param entries as they are now, NIL for what is gone; never empty
 */
public record MetadataChange(MailboxName mailbox, List<MetadataEntry> entries) {}
