package org.imapnotify.session.transcript;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.imapnotify.notify.MailboxStatus;
import org.imapnotify.notify.MetadataEntry;
import org.imapnotify.notify.MetadataValue;
import org.imapnotify.notify.Registration;
import org.imapnotify.upstream.Credentials;
import org.imapnotify.watch.MailboxChange;
import org.imapnotify.watch.MailboxChange.Kind;
import org.imapnotify.watch.MailboxRow;
import org.imapnotify.watch.MetadataChange;
import org.imapnotify.wire.MailboxName;

/**
 * The script is the watcher: it gives the rows of the table and tells how they change. A row is a name and what is true of it,
 * {@code Work messages=3 uidnext=4 uidvalidity=1 unseen=2 modseq=9 subscribed foreign \HasNoChildren}; {@code refused}: its STATUS is.
 */
final class TableWatching implements Watching {
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    private final Stage stage;
    private final Map<MailboxName, MailboxRow> rows = new LinkedHashMap<>();
    private Registration registration;

    TableWatching(Stage stage) {
        this.stage = stage;
    }

    @Override
    public void loggedIn(Credentials credentials) {}

    @Override
    public void register(Credentials credentials, Registration asked) {
        registration = asked;
    }

    @Override
    public void leave() {
        registration = null;
    }

    @Override
    public void hint(MailboxName mailbox) {}

    @Override
    public void hintNames() {}

    @Override
    public void hintMetadata(MailboxName mailbox) {}

    @Override
    public void said(String connection, byte[] octets) {
        throw new IllegalArgumentException(connection + " belongs to transcripts with the header watch: real");
    }

    @Override
    public void closes(String connection) {
        throw new IllegalArgumentException(connection + " belongs to transcripts with the header watch: real");
    }

    @Override
    public void table(String what, List<String> arguments) {
        if (what.equals("hinted")) {
            stage.hinted(arguments.get(0));
            return;
        }
        if (what.equals("possible")) {
            stage.possible();
            return;
        }
        if (registration == null) {
            throw new IllegalStateException(what + ": nobody is watching");
        }
        List<String> words = words(arguments.get(0));
        switch (what) {
            case "table" -> table(arguments);
            case "crowded" -> stage.event(stage::crowded);
            case "lost" -> {
                registration = null;
                stage.event(() -> stage.lost(arguments.get(0)));
            }
            case "changed" -> change(Kind.STATUS, put(words), words.get(0));
            case "created" -> change(Kind.CREATED, put(words), words.get(0));
            case "access" -> change(Kind.ACCESS, put(words), words.get(0));
            case "subscribed" -> {
                words.add("subscribed");
                change(Kind.SUBSCRIBED, put(words), words.get(0));
            }
            case "unsubscribed" -> {
                words.add("unsubscribed");
                change(Kind.UNSUBSCRIBED, put(words), words.get(0));
            }
            case "attributes" -> change(Kind.ATTRIBUTES, put(words), words.get(0));
            case "deleted" -> change(Kind.DELETED, rows.remove(MailboxName.of(words.get(0))), words.get(0));
            case "renamed" -> rename(words);
            case "unchanged" -> stage.event(() -> stage.unchanged(MailboxName.of(words.get(0))));
            case "metadata" -> metadata(words);
            default -> throw new IllegalArgumentException(what);
        }
    }

    private void table(List<String> lines) {
        if (!lines.equals(List.of("same"))) {
            rows.clear();
            lines.stream().filter(line -> !line.equals("empty")).forEach(line -> put(words(line)));
        }
        Registration asked = registration;
        stage.event(() -> stage.armed(rows.values().stream()
                .filter(row -> !asked.eventsFor(row).isEmpty())
                .toList()));
    }

    /** {@code INBOX /shared/comment=new /private/gone=NIL}. */
    private void metadata(List<String> words) {
        List<MetadataEntry> entries = words.stream()
                .skip(1)
                .map(word -> word.split("=", 2))
                .map(pair -> new MetadataEntry(
                        pair[0], pair[1].equals("NIL") ? MetadataValue.NIL : MetadataValue.of(pair[1])))
                .toList();
        MailboxName mailbox = MailboxName.of(words.get(0));
        stage.event(() -> stage.metadataChanged(new MetadataChange(mailbox, entries)));
    }

    private void rename(List<String> words) {
        MailboxRow old = rows.remove(MailboxName.of(words.get(0)));
        MailboxRow row = old.named(MailboxName.of(words.get(1)));
        rows.put(row.name(), row);
        change(words.contains("below") ? Kind.RENAMED_WITH_PARENT : Kind.RENAMED, row, words.get(0));
    }

    private void change(Kind kind, MailboxRow row, String oldName) {
        stage.event(() -> stage.changed(row, new MailboxChange(kind, MailboxName.of(oldName))));
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find()) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        return words;
    }

    /** The row of that name, changed in what is said of it. */
    private MailboxRow put(List<String> words) {
        MailboxName name = MailboxName.of(words.get(0));
        MailboxRow row =
                rows.getOrDefault(name, new MailboxRow(name, '/', Set.of(), false, true, MailboxStatus.UNKNOWN));
        for (String word : words.subList(1, words.size())) {
            row = with(row, word);
        }
        rows.put(name, row);
        return row;
    }

    private static MailboxRow with(MailboxRow row, String word) {
        Set<String> attributes = new LinkedHashSet<>(row.attributes());
        boolean subscribed = row.subscribed();
        boolean personal = row.personal();
        MailboxStatus status = row.status();
        switch (word) {
            case "subscribed" -> subscribed = true;
            case "unsubscribed" -> subscribed = false;
            case "foreign" -> personal = false;
            case "nostatus" -> {
                attributes.remove("\\NoAccess");
                status = MailboxStatus.UNKNOWN;
            }
            case "refused" -> {
                attributes.add("\\NoAccess");
                status = MailboxStatus.UNKNOWN;
            }
            default -> {
                if (word.equals("\\HasChildren") || word.equals("\\HasNoChildren")) {
                    attributes.removeAll(Set.of("\\HasChildren", "\\HasNoChildren"));
                }
                if (word.startsWith("\\")) {
                    attributes.add(word);
                } else {
                    attributes.remove("\\NoAccess");
                    status = with(status, word);
                }
            }
        }
        return new MailboxRow(row.name(), row.delimiter(), attributes, subscribed, personal, status);
    }

    private static MailboxStatus with(MailboxStatus status, String word) {
        int equals = word.indexOf('=');
        String item = equals < 0 ? word : word.substring(0, equals);
        long number = equals < 0 ? -1 : Long.parseLong(word.substring(equals + 1));
        return new MailboxStatus(
                item.equals("messages") ? number : status.messages(),
                item.equals("uidnext") ? number : status.uidNext(),
                item.equals("uidvalidity") ? number : status.uidValidity(),
                item.equals("unseen") ? number : status.unseen(),
                item.equals("modseq") ? number : status.highestModSeq());
    }
}
