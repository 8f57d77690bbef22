package org.imapnotify.it;

/** A whole response, literals included and the closing CRLF left out, and when its last octet had come. */
record Arrival(String text, long nanos) {
    private static final String END = "[connection closed]";

    static Arrival end() {
        return new Arrival(END, System.nanoTime());
    }

    boolean isEnd() {
        return text.equals(END);
    }
}
