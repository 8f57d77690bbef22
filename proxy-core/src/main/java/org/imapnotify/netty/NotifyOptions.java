package org.imapnotify.netty;

/** How NOTIFY is served. */
public record NotifyOptions(NotifyMode mode) {
    public static final NotifyOptions DEFAULT = new NotifyOptions(NotifyMode.AUTO);
}
