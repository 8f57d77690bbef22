package org.imapnotify.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.imapnotify.notify.FetchAtt;

/**
 * Messages that have just come and belong to results of {@link SearchContexts}, with the attributes the client wants of them.
 * An update that does not come together with new messages is about flags, and then no attributes are due (RFC 5465 section 7).
 */
final class Arrivals {
    /** An update that comes later than this after EXISTS has another reason. */
    private static final long TOGETHER = Duration.ofSeconds(1).toNanos();

    private static final long NONE = Long.MAX_VALUE;

    /** Messages, all in one FETCH. */
    record Group(List<Long> numbers, Set<FetchAtt> atts) {}

    private record UidSet(String set, List<FetchAtt> atts) {}

    private final NavigableMap<Long, Set<FetchAtt>> members = new TreeMap<>();
    private final NavigableSet<Long> fetched = new TreeSet<>();
    private final List<UidSet> uidSets = new ArrayList<>();
    private final Map<Long, Long> numbers = new HashMap<>();
    private long from = NONE;
    private long learnFrom = NONE;
    private long at;

    /** Messages with these numbers and above are new. */
    void arrived(long first, long now) {
        if (from == NONE || now - at > TOGETHER) {
            from = first;
        }
        at = now;
    }

    /** A result has got more members; those of them that are new count. */
    void added(String set, boolean uid, List<FetchAtt> atts, long exists, long now) {
        if (from > exists || now - at > TOGETHER) {
            return;
        }
        if (uid) {
            uidSets.add(new UidSet(set, atts));
            learnFrom = Math.min(learnFrom, from);
        } else {
            SequenceSet.within(set, from, exists).forEach(number -> add(number, atts));
        }
    }

    private void add(long number, List<FetchAtt> atts) {
        members.computeIfAbsent(number, any -> new LinkedHashSet<>()).addAll(atts);
    }

    boolean isOwed() {
        return !members.isEmpty() || needsUids();
    }

    /** The numbers of the new messages are to be {@linkplain #learnt} before it is known which are members. */
    boolean needsUids() {
        return !uidSets.isEmpty();
    }

    /** The first message whose UID is needed. */
    long learnFrom() {
        return learnFrom;
    }

    void learnt(long number, long uid) {
        numbers.put(uid, number);
    }

    /** All that could be learnt is known. */
    void learntAll() {
        for (UidSet added : uidSets) {
            numbers.forEach((uid, number) -> {
                if (SequenceSet.holds(added.set(), uid)) {
                    add(number, added.atts());
                }
            });
        }
        uidSets.clear();
        numbers.clear();
        learnFrom = NONE;
    }

    /**
     * Takes messages that want the same.
     *
     * @param owedFrom the first message of which the client is also owed what NOTIFY asked for; with it in one FETCH
     */
    Group takeGroup(long owedFrom) {
        Map.Entry<Long, Set<FetchAtt>> first = members.firstEntry();
        boolean owed = first.getKey() >= owedFrom;
        List<Long> same = members.entrySet().stream()
                .filter(each -> each.getValue().equals(first.getValue()) && each.getKey() >= owedFrom == owed)
                .map(Map.Entry::getKey)
                .toList();
        members.keySet().removeAll(same);
        if (owed) {
            fetched.addAll(same);
        }
        return new Group(same, first.getValue());
    }

    boolean hasMembers() {
        return !members.isEmpty();
    }

    /** Those of the messages that were not in a {@linkplain #takeGroup group} already. */
    List<Long> takeOthers(long first, long last) {
        List<Long> others = new ArrayList<>();
        for (long number = first; number <= last; number++) {
            if (!fetched.contains(number)) {
                others.add(number);
            }
        }
        fetched.clear();
        return others;
    }

    /** Everything above moves down by one. */
    void onExpunge(long number) {
        from = from != NONE && number < from ? from - 1 : from;
        learnFrom = learnFrom != NONE && number < learnFrom ? learnFrom - 1 : learnFrom;
        members.remove(number);
        Map<Long, Set<FetchAtt>> above = new TreeMap<>(members.tailMap(number, false));
        members.keySet().removeAll(above.keySet());
        above.forEach((moved, atts) -> members.put(moved - 1, atts));
        fetched.remove(number);
        List<Long> told = List.copyOf(fetched.tailSet(number, false));
        fetched.removeAll(told);
        told.forEach(moved -> fetched.add(moved - 1));
    }

    /** Which numbers have moved nobody knows. */
    void onVanished() {
        members.clear();
        fetched.clear();
        uidSets.clear();
        from = NONE;
        learnFrom = NONE;
    }
}
