package org.imapnotify.session;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.TreeSet;

/** What little the proxy wants to know of sequence sets as servers write them: numbers and ranges, no {@code *}. */
final class SequenceSet {
    private SequenceSet() {}

    static boolean holds(String set, long number) {
        for (String part : set.split(",", -1)) {
            int colon = part.indexOf(':');
            long from = number(colon < 0 ? part : part.substring(0, colon));
            long to = colon < 0 ? from : number(part.substring(colon + 1));
            if (Math.min(from, to) <= number && number <= Math.max(from, to)) {
                return true;
            }
        }
        return false;
    }

    /** The numbers of a set that are in a range, in order. */
    static List<Long> within(String set, long first, long last) {
        NavigableSet<Long> numbers = new TreeSet<>();
        for (String part : set.split(",", -1)) {
            int colon = part.indexOf(':');
            long one = number(colon < 0 ? part : part.substring(0, colon));
            long other = colon < 0 ? one : number(part.substring(colon + 1));
            for (long n = Math.max(first, Math.min(one, other)); n <= Math.min(last, Math.max(one, other)); n++) {
                numbers.add(n);
            }
        }
        return List.copyOf(numbers);
    }

    /** The set of these numbers, which are in order: runs are written as ranges. */
    static String of(Collection<Long> numbers) {
        StringBuilder set = new StringBuilder();
        long from = -1;
        long to = -1;
        for (long number : numbers) {
            if (number == to + 1 && to > 0) {
                to = number;
                continue;
            }
            append(set, from, to);
            from = number;
            to = number;
        }
        append(set, from, to);
        return set.toString();
    }

    private static void append(StringBuilder set, long from, long to) {
        if (from > 0) {
            set.append(set.isEmpty() ? "" : ",").append(from);
            if (to > from) {
                set.append(':').append(to);
            }
        }
    }

    /** How many numbers are in the set of {@code VANISHED}; those of {@code (EARLIER)} were never counted (RFC 7162, 3.2.10). */
    static long size(String vanished) {
        String set = vanished.strip();
        if (set.toUpperCase(Locale.ROOT).startsWith("(EARLIER)")) {
            return 0;
        }
        long size = 0;
        for (String part : set.split(",", -1)) {
            int colon = part.indexOf(':');
            size += colon < 0 ? 1 : Math.abs(number(part.substring(colon + 1)) - number(part.substring(0, colon))) + 1;
        }
        return size;
    }

    /** The largest number in the set. */
    static long max(String set) {
        long max = -1;
        for (String number : set.split("[,:]", -1)) {
            max = Math.max(max, number(number));
        }
        return max;
    }

    private static long number(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException none) {
            return -1;
        }
    }
}
