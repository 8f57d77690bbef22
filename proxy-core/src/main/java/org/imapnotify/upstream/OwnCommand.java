package org.imapnotify.upstream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.imapnotify.wire.ImapReader;
import org.imapnotify.wire.MailboxName;
import org.imapnotify.wire.ProtocolException;

/** A command of ours without its tag; all parts but the first wait for a "+" of their own (synchronising literals). */
public record OwnCommand(List<byte[]> parts) {
    private static final byte[] STATUS = "STATUS ".getBytes(StandardCharsets.US_ASCII);

    public OwnCommand {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a command has at least one part");
        }
    }

    /** Asks for the status of this mailbox. */
    public boolean isStatusOf(MailboxName name) {
        byte[] whole = whole();
        if (!startsWithStatus(whole)) {
            return false;
        }
        try {
            return new ImapReader(whole, STATUS.length, whole.length)
                    .mailbox(false)
                    .equals(name);
        } catch (ProtocolException notOurs) {
            throw new IllegalStateException("a STATUS command of ours cannot be read", notOurs);
        }
    }

    private static boolean startsWithStatus(byte[] octets) {
        return octets.length > STATUS.length && Arrays.mismatch(octets, STATUS) == STATUS.length;
    }

    private byte[] whole() {
        int length = parts.stream().mapToInt(part -> part.length).sum();
        byte[] whole = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        return whole;
    }
}
