package org.imapnotify.netty;

/** Why a client is turned away, as metrics call it and as the client is told. */
enum Refusal {
    PER_ADDRESS("limit-address", "* BYE [LIMIT] too many connections from your address\r\n"),
    CONNECTIONS("limit-connections", "* BYE [UNAVAILABLE] too many connections, try again later\r\n");

    private final String reason;
    private final String bye;

    Refusal(String reason, String bye) {
        this.reason = reason;
        this.bye = bye;
    }

    String reason() {
        return reason;
    }

    String bye() {
        return bye;
    }
}
