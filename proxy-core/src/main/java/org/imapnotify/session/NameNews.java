package org.imapnotify.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.imapnotify.notify.Event;
import org.imapnotify.notify.ListResponse;
import org.imapnotify.notify.Registration;
import org.imapnotify.watch.MailboxChange;
import org.imapnotify.watch.MailboxChange.Kind;
import org.imapnotify.watch.MailboxRow;
import org.imapnotify.wire.MailboxName;

/**
 * What is still to be told of names: created, deleted, renamed, subscribed, not accessible. Every step counts, so they are queued;
 * what the client did itself is found out when it would be told, because the watcher may see it before the upstream has answered.
 */
final class NameNews {
    /** More changes of names than this at once, unread: the client has to list its mailboxes anyway. */
    private static final int MAX = 1000;

    private static final String HAS_CHILDREN = "\\HasChildren";
    private static final String HAS_NO_CHILDREN = "\\HasNoChildren";

    /**
     * A change of a name.
     *
     * @param row as it is now
     * @param implied said already by what was told of the mailbox above
     */
    private record News(MailboxRow row, MailboxChange change, boolean implied) {
        boolean isBelow(News other) {
            char delimiter = row.delimiter();
            return row.name().isBelow(other.row.name(), delimiter)
                    && change.oldName().isBelow(other.change.oldName(), delimiter);
        }
    }

    private final Map<MailboxName, MailboxRow> rows = new LinkedHashMap<>();
    private final Deque<News> queue = new ArrayDeque<>();
    private final List<News> renames = new ArrayList<>(); // those just told of, whose children may follow
    private final Deque<byte[]> parents = new ArrayDeque<>();
    private final NameBeliefs beliefs = new NameBeliefs();
    private final ShownChildren shownChildren = new ShownChildren();
    /** What has just been told of mailboxes because one below them is gone. */
    private final Map<MailboxName, byte[]> bereft = new HashMap<>();

    void clear() {
        rows.clear();
        queue.clear();
        renames.clear();
        parents.clear();
        beliefs.clear();
        shownChildren.clear();
        bereft.clear();
    }

    /** The table of a new registration; what was not told of the one before is no difference to it. */
    void arm(Collection<MailboxRow> table) {
        clear();
        table.forEach(row -> rows.put(row.name(), row));
        table.forEach(shownChildren::shown);
    }

    NameBeliefs beliefs() {
        return beliefs;
    }

    Collection<MailboxRow> rows() {
        return rows.values();
    }

    Optional<MailboxRow> row(MailboxName name) {
        return Optional.ofNullable(rows.get(name));
    }

    boolean isPending() {
        return !queue.isEmpty() || !parents.isEmpty();
    }

    /** A row differs from what it was. True when that is said by what is told of a mailbox above, whose new name this has in its own. */
    boolean changed(Registration registration, MailboxRow row, MailboxChange change) {
        MailboxRow before = rows.get(change.oldName());
        boolean implied = change.kind() == Kind.RENAMED_WITH_PARENT && isImplied(registration, row, change);
        if (isWanted(registration, row, change) || (before != null && isWanted(registration, before, change))) {
            News news = new News(row, change, implied);
            queue.add(news);
            noteRename(news);
        }
        rows.remove(change.oldName());
        if (change.kind() != Kind.DELETED) {
            rows.put(row.name(), row);
        }
        return implied;
    }

    /** More has changed than can be kept. */
    boolean isTooMuch() {
        return queue.size() > MAX;
    }

    private void noteRename(News news) {
        switch (news.change().kind()) {
            case RENAMED -> renames.add(news);
            case RENAMED_WITH_PARENT, SUBSCRIBED, UNSUBSCRIBED -> {}
            default -> renames.clear();
        }
    }

    /**
     * RFC 5465 section 5.4: no events for the children of a renamed mailbox. That goes for a client that hears of the renamed one
     * and knew the child by its old name; of any other it would be news.
     */
    private boolean isImplied(Registration registration, MailboxRow row, MailboxChange change) {
        News child = new News(row, change, false);
        return isWanted(registration, row.named(change.oldName()), change)
                && renames.stream().anyMatch(child::isBelow);
    }

    private static boolean isWanted(Registration registration, MailboxRow row, MailboxChange change) {
        Set<Event> events = registration.eventsFor(row);
        return switch (change.kind()) {
            case CREATED, DELETED, RENAMED, RENAMED_WITH_PARENT, ATTRIBUTES -> events.contains(Event.MAILBOX_NAME);
            case SUBSCRIBED, UNSUBSCRIBED -> events.contains(Event.SUBSCRIPTION_CHANGE);
            case ACCESS ->
                events.contains(Event.MAILBOX_NAME) || events.stream().anyMatch(Event::isMessageEvent);
            case STATUS -> false;
        };
    }

    /** The next response to give, if any. */
    Optional<byte[]> next(Registration registration, boolean utf8) {
        while (isPending()) {
            byte[] parent = parents.poll();
            if (parent != null) {
                return Optional.of(parent);
            }
            News news = queue.remove();
            boolean own = beliefs.explain(news.row(), news.change());
            noteParent(registration, news, own, utf8);
            if (own) {
                noteDone(news);
            } else if (isNews(news)) {
                noteDone(news);
                noteShown(news);
                return Optional.of(line(news, utf8));
            }
        }
        return Optional.empty();
    }

    private boolean isNews(News news) {
        return !news.implied() && (news.change().kind() != Kind.ATTRIBUTES || shownChildren.isNews(news.row()));
    }

    /** The client knows of it: it was told, or has done it itself. */
    private void noteDone(News news) {
        switch (news.change().kind()) {
            case CREATED -> shownChildren.shown(news.row());
            case DELETED -> shownChildren.gone(news.row().name());
            case RENAMED, RENAMED_WITH_PARENT ->
                shownChildren.renamed(news.change().oldName(), news.row());
            default -> {}
        }
    }

    private void noteShown(News news) {
        if (news.change().kind() != Kind.DELETED) {
            shownChildren.shown(news.row());
        }
    }

    private static byte[] line(News news, boolean utf8) {
        MailboxRow row = news.row();
        return switch (news.change().kind()) {
            case DELETED -> new ListResponse(List.of("\\NonExistent"), row.delimiter(), utf8).of(row.name());
            case RENAMED, RENAMED_WITH_PARENT ->
                news.change().oldName().isInbox() // RFC 5465 section 5.4: INBOX is still there
                        ? list(row, utf8).of(row.name())
                        : list(row, utf8).renamed(row.name(), news.change().oldName());
            default -> list(row, utf8).of(row.name());
        };
    }

    /** RFC 5465 section 5.4: creating and deleting affects the direct parent too, which may have got its first child or lost its last. */
    private void noteParent(Registration registration, News news, boolean own, boolean utf8) {
        Kind kind = news.change().kind();
        Optional<MailboxRow> known =
                news.row().name().parent(news.row().delimiter()).flatMap(this::row);
        if (known.isEmpty() || (kind != Kind.CREATED && kind != Kind.DELETED)) {
            return;
        }
        MailboxRow parent = known.get();
        if (kind == Kind.DELETED && parent.has(HAS_CHILDREN) && !hasKnownChild(parent)) {
            if (own) {
                shownChildren.shown(parent.name(), false);
            }
            return; // the watcher tells when it has lost its last
        }
        MailboxRow shown = kind == Kind.CREATED ? withChildren(parent) : parent;
        if (!own && registration.eventsFor(parent).contains(Event.MAILBOX_NAME)) {
            addParent(kind, shown, list(shown, utf8).of(parent.name()));
        }
        shownChildren.shown(shown);
    }

    /** A rename that cannot be seen to be one (Courier gives another UIDVALIDITY) leaves the mailbox above as it was. */
    private void addParent(Kind kind, MailboxRow parent, byte[] line) {
        byte[] justTold = bereft.remove(parent.name());
        boolean toldAlready = Arrays.equals(justTold, line) && !shownChildren.isNews(parent);
        if (kind == Kind.CREATED && toldAlready) {
            return;
        }
        parents.add(line);
        if (kind == Kind.DELETED) {
            bereft.put(parent.name(), line);
        }
    }

    /** True while {@link #windowEnded} is to be called when some time is over. */
    boolean keepsTime() {
        return !bereft.isEmpty();
    }

    void windowEnded() {
        bereft.clear();
    }

    private boolean hasKnownChild(MailboxRow parent) {
        return rows.values().stream().anyMatch(row -> row.name().isBelow(parent.name(), parent.delimiter()));
    }

    private static MailboxRow withChildren(MailboxRow row) {
        Set<String> attributes = new LinkedHashSet<>();
        row.attributes().forEach(a -> attributes.add(a.equalsIgnoreCase(HAS_NO_CHILDREN) ? HAS_CHILDREN : a));
        return new MailboxRow(row.name(), row.delimiter(), attributes, row.subscribed(), row.personal(), row.status());
    }

    static ListResponse list(MailboxRow row, boolean utf8) {
        Set<String> attributes = new LinkedHashSet<>();
        if (row.subscribed()) {
            attributes.add("\\Subscribed");
        }
        attributes.addAll(row.attributes());
        return new ListResponse(attributes, row.delimiter(), utf8);
    }
}
