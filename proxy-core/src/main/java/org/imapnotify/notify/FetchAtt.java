package org.imapnotify.notify;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A FETCH attribute that the client wants of each new message. Telling of a message must not mark it as read, so what
 * would set \Seen is asked upstream as its PEEK form, and the item in the answer gets back the name the client knows.
 *
 * @param name the item's name in capitals, such as {@code UID} or {@code BODY.PEEK}
 * @param argument what follows it: section and partial, or {@code " (LAZY)"}; mostly empty
 */
public record FetchAtt(String name, String argument) {
    private static final String PEEK = ".PEEK";

    public FetchAtt {
        name = name.toUpperCase(Locale.ROOT);
    }

    static FetchAtt of(String name) {
        return new FetchAtt(name, "");
    }

    /** As the client wrote it, apart from capitals. */
    public String written() {
        return name + argument;
    }

    /** What to ask upstream: the same data without the effect on \Seen. */
    public String peekForm() {
        return switch (name) {
            case "RFC822" -> "BODY.PEEK[]";
            case "RFC822.TEXT" -> "BODY.PEEK[TEXT]";
            case "BODY", "BINARY" -> argument.isEmpty() ? name : name + PEEK + argument;
            default -> written();
        };
    }

    /** The name of the item in upstream's answer to {@link #peekForm}. */
    public String upstreamItem() {
        return switch (name) {
            case "RFC822" -> "BODY[]";
            case "RFC822.TEXT" -> "BODY[TEXT]";
            default -> clientItem();
        };
    }

    /** The name of the item in an answer to what the client wrote. A partial is answered with its origin alone. */
    public String clientItem() {
        String item = name.endsWith(PEEK) ? name.substring(0, name.length() - PEEK.length()) : name;
        if (!argument.startsWith("[")) {
            return item;
        }
        int dot = argument.endsWith(">") ? argument.lastIndexOf('.') : -1;
        return item + (dot < 0 ? argument : argument.substring(0, dot) + ">");
    }

    /** Upstream's name for the item is not the client's. */
    public boolean isRenamed() {
        return !clientItem().equals(upstreamItem());
    }

    /** Asking for mod-sequences enables CONDSTORE for the client (RFC 7162, section 3.1). */
    public boolean enablesCondstore() {
        return name.equals("MODSEQ");
    }

    /** The client's name for an item of upstream's answer, empty when it stays as it is. */
    public static Optional<String> clientName(List<FetchAtt> asked, String upstreamItem) {
        if (asked.stream().anyMatch(att -> att.clientItem().equalsIgnoreCase(upstreamItem))) {
            return Optional.empty();
        }
        return asked.stream()
                .filter(att -> att.isRenamed() && att.upstreamItem().equalsIgnoreCase(upstreamItem))
                .map(FetchAtt::clientItem)
                .findFirst();
    }

    /** The list to ask upstream: each item once, and UID always, which tells the messages apart. */
    public static String upstreamList(List<FetchAtt> asked) {
        Stream<String> items = Stream.concat(Stream.of("UID"), asked.stream().map(FetchAtt::peekForm));
        return items.distinct().collect(Collectors.joining(" ", "(", ")"));
    }
}
