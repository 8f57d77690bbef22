package org.imapnotify.it;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When the proxy logs in, for each account the first time, to watch it. */
final class Comebacks {
    /** Only its own LOGIN has such a tag. */
    private static final Pattern LOGIN = Pattern.compile("w\\d+ LOGIN (\\S+) .*");

    private final Map<String, Long> logins = new LinkedHashMap<>();
    private long begin = System.nanoTime();

    Relay.Ear ear() {
        MessageCutter fromProxy = new MessageCutter(this::said);
        return (byProxy, octets, count) -> {
            if (byProxy) {
                fromProxy.take(octets, count);
            }
        };
    }

    private void said(String line) {
        Matcher login = LOGIN.matcher(line);
        if (login.matches()) {
            synchronized (this) {
                logins.putIfAbsent(login.group(1), System.nanoTime());
            }
        }
    }

    /** Forgets what was, and counts time from now on. */
    synchronized void begin() {
        logins.clear();
        begin = System.nanoTime();
    }

    synchronized int count() {
        return logins.size();
    }

    /** How they are spread. */
    @Override
    public synchronized String toString() {
        long[] millis = logins.values().stream()
                .mapToLong(at -> TimeUnit.NANOSECONDS.toMillis(at - begin))
                .sorted()
                .toArray();
        return millis.length == 0
                ? "none"
                : String.format(
                        "%d, the first after %d ms, half after %d ms, the last after %d ms",
                        millis.length, millis[0], millis[millis.length / 2], millis[millis.length - 1]);
    }
}
