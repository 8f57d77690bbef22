package org.imapnotify.notify;

import java.util.stream.Collectors;
import org.imapnotify.wire.ImapWriter;
import org.imapnotify.wire.MailboxName;

/** Writes {@code * STATUS mailbox (items)}. */
public final class StatusResponse {
    private StatusResponse() {}

    /** @param utf8 the client's names are UTF-8 (RFC 6855), not modified UTF-7 */
    public static byte[] of(MailboxName mailbox, StatusNews news, boolean utf8) {
        String items = news.items().stream()
                .map(item -> item + " " + item.of(news.status()))
                .collect(Collectors.joining(" ", " (", ")"));
        return new ImapWriter()
                .raw("* STATUS ")
                .mailbox(mailbox, utf8)
                .raw(items)
                .crlf()
                .toBytes();
    }
}
