package org.imapnotify.upstream;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.imapnotify.wire.Capabilities;
import org.imapnotify.wire.MailboxName;

/** Writes one command of ours; strings are quoted where that is safe, and literals where it is not. */
public final class CommandWriter {
    /** RFC 7888 section 5: the longest non-synchronising literal under LITERAL-. */
    private static final int LITERAL_MINUS_MAX = 4096;

    private final Capabilities capabilities;
    private final List<byte[]> parts = new ArrayList<>();
    private final ByteArrayOutputStream part = new ByteArrayOutputStream();

    public CommandWriter(Capabilities capabilities) {
        this.capabilities = capabilities;
    }

    /** Octets as they are; no line ends. */
    public CommandWriter raw(String latin1) {
        part.writeBytes(latin1.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    public CommandWriter mailbox(MailboxName name) {
        return astring(name.octets());
    }

    /** RFC 3501 section 9, string: quoted for printable US-ASCII; all else, a line end above all, only as a literal. */
    public CommandWriter astring(String latin1) {
        return latin1.chars().allMatch(octet -> octet >= ' ' && octet < 0x7f) ? quoted(latin1) : literal(latin1);
    }

    public OwnCommand toCommand() {
        raw("\r\n");
        endPart();
        return new OwnCommand(parts);
    }

    private CommandWriter quoted(String printable) {
        return raw("\"" + printable.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
    }

    private CommandWriter literal(String latin1) {
        boolean synchronising = !capabilities.has("LITERAL+")
                && !(capabilities.has("LITERAL-") && latin1.length() <= LITERAL_MINUS_MAX);
        raw("{" + latin1.length() + (synchronising ? "}\r\n" : "+}\r\n"));
        if (synchronising) {
            endPart();
        }
        return raw(latin1);
    }

    private void endPart() {
        parts.add(part.toByteArray());
        part.reset();
    }
}
