package org.imapnotify.wire;

import io.netty.buffer.ByteBuf;
import java.util.List;

/** A set of upper-case ASCII keywords, looked up in a buffer in any case without allocating: a hash finds the one candidate chain, its octets decide. */
final class Keywords {
    private static final int SLOTS = 512; // four times the keywords of any set here, so that chains stay short

    private final int[] slots = new int[SLOTS]; // 0: empty, else index + 1
    private final List<String> words;
    private final int longest;

    Keywords(List<String> words) {
        this.words = List.copyOf(words);
        this.longest = words.stream().mapToInt(String::length).max().orElse(0);
        for (int index = 0; index < words.size(); index++) {
            int slot = slot(words.get(index));
            while (slots[slot] != 0) {
                slot = (slot + 1) % SLOTS;
            }
            slots[slot] = index + 1;
        }
    }

    /** Octets of the longest keyword. */
    int longest() {
        return longest;
    }

    /** The index of the keyword that the octets are, -1 when they are none. */
    int find(ByteBuf buf, int from, int to) {
        if (to - from > longest) {
            return -1;
        }
        int slot = slot(buf, from, to);
        while (slots[slot] != 0) {
            int index = slots[slot] - 1;
            if (Octets.equalsIgnoreCase(buf, from, to, words.get(index))) {
                return index;
            }
            slot = (slot + 1) % SLOTS;
        }
        return -1;
    }

    private static int slot(ByteBuf buf, int from, int to) {
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + Octets.upper(buf.getByte(i));
        }
        return fold(hash);
    }

    private static int slot(String word) {
        int hash = word.length();
        for (int i = 0; i < word.length(); i++) {
            hash = 31 * hash + word.charAt(i);
        }
        return fold(hash);
    }

    private static int fold(int hash) {
        return (hash ^ hash >>> 8 ^ hash >>> 16) & SLOTS - 1;
    }
}
