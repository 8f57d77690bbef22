package org.imapnotify.wire;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The encoding of mailbox names of RFC 3501, 5.1.3: printable ASCII stands for itself, "&amp;" is "&amp;-", all else is UTF-16BE in
 * base64 with "," for "/" between "&amp;" and "-".
 */
final class ModifiedUtf7 {
    private ModifiedUtf7() {}

    static String encode(String text) {
        StringBuilder octets = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            int direct = i;
            while (direct < text.length() && isDirect(text.charAt(direct))) {
                direct++;
            }
            octets.append(text.substring(i, direct).replace("&", "&-"));
            i = direct;
            while (i < text.length() && !isDirect(text.charAt(i))) {
                i++;
            }
            if (i > direct) {
                octets.append('&').append(base64(text.substring(direct, i))).append('-');
            }
        }
        return octets.toString();
    }

    private static boolean isDirect(char c) {
        return c >= ' ' && c <= '~';
    }

    private static String base64(String text) {
        byte[] utf16 = text.getBytes(StandardCharsets.UTF_16BE);
        return Base64.getEncoder().withoutPadding().encodeToString(utf16).replace('/', ',');
    }

    /**
     * Empty unless {@code octets} is exactly what {@link #encode} makes of the result, so that decoding loses nothing. Names that
     * hide control characters are not decoded either: they would become line ends on the wire.
     */
    static Optional<String> decode(String octets) {
        return decodeLoosely(octets)
                .filter(text -> text.chars().noneMatch(c -> c < ' ' || c == 0x7f))
                .filter(text -> encode(text).equals(octets));
    }

    private static Optional<String> decodeLoosely(String octets) {
        StringBuilder text = new StringBuilder(octets.length());
        int i = 0;
        while (i < octets.length()) {
            char c = octets.charAt(i++);
            if (c != '&') {
                text.append(c);
                continue;
            }
            int end = octets.indexOf('-', i);
            Optional<String> shifted = end < 0 ? Optional.empty() : shifted(octets.substring(i, end));
            if (shifted.isEmpty()) {
                return Optional.empty();
            }
            text.append(shifted.get());
            i = end + 1;
        }
        return Optional.of(text.toString());
    }

    private static Optional<String> shifted(String base64) {
        if (base64.isEmpty()) {
            return Optional.of("&");
        }
        try {
            byte[] utf16 = Base64.getDecoder().decode(base64.replace(',', '/'));
            return Optional.of(new String(utf16, StandardCharsets.UTF_16BE));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
