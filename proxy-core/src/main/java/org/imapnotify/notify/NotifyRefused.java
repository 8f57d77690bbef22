package org.imapnotify.notify;

import java.util.Collection;
import java.util.stream.Collectors;

/** A NOTIFY command that gets BAD or NO; the registration before it stays in force. */
public final class NotifyRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean bad;

    private NotifyRefused(boolean bad, String text) {
        super(text, null, false, false);
        this.bad = bad;
    }

    static NotifyRefused bad(String why) {
        return new NotifyRefused(true, "BAD NOTIFY: " + why.replace('\r', ' ').replace('\n', ' '));
    }

    /** RFC 5465, section 3.1: the code names all that is supported, not what was refused. */
    static NotifyRefused badEvent(Collection<Event> supported) {
        String names = supported.stream().map(Event::rfcName).collect(Collectors.joining(" "));
        return new NotifyRefused(false, "NO [BADEVENT (" + names + ")] Unsupported event in NOTIFY");
    }

    /** RFC 5530: an implementation limit was met. */
    static NotifyRefused limit(String what) {
        return new NotifyRefused(false, "NO [LIMIT] Too many " + what + " in NOTIFY");
    }

    static NotifyRefused overflow(String what) {
        return new NotifyRefused(false, "NO [NOTIFICATIONOVERFLOW] Too many " + what + " in NOTIFY");
    }

    /** The command itself is wrong, in form or in what it puts together. */
    public boolean bad() {
        return bad;
    }

    /** The response after the tag and its space, without the line end. */
    public String response() {
        return String.valueOf(getMessage());
    }
}
