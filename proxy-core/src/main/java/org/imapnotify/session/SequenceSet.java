package org.imapnotify.session;

import java.util.Locale;

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
