package org.imapnotify.session.transcript;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** All octets that were written, by stream: {@code S} to the client, {@code up C} to the upstream, {@code w1 C} to a watch connection. */
final class Streams {
    private final Map<String, StringBuilder> written = new TreeMap<>();

    void write(String stream, byte[] octets) {
        written.computeIfAbsent(stream, name -> new StringBuilder())
                .append(new String(octets, StandardCharsets.ISO_8859_1));
    }

    Iterable<String> names() {
        return written.keySet();
    }

    int length(String stream) {
        StringBuilder octets = written.get(stream);
        return octets == null ? 0 : octets.length();
    }

    String from(String stream, int index) {
        StringBuilder octets = written.get(stream);
        return octets == null ? "" : octets.substring(index);
    }

    Map<String, Integer> lengths() {
        Map<String, Integer> lengths = new TreeMap<>();
        written.forEach((name, octets) -> lengths.put(name, octets.length()));
        return lengths;
    }

    Map<String, String> whole() {
        Map<String, String> whole = new TreeMap<>();
        written.forEach((name, octets) -> whole.put(name, octets.toString()));
        return whole;
    }
}
