package org.imapnotify.upstream;

import java.util.List;

/** A command of ours without its tag; all parts but the first wait for a "+" of their own (synchronising literals). */
public record OwnCommand(List<byte[]> parts) {
    public OwnCommand {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a command has at least one part");
        }
    }
}
