package org.imapnotify.it;

/** Small messages to append. */
final class Messages {
    private Messages() {}

    static String withSubject(String subject) {
        return "From: Writer <writer@example.org>\r\nTo: user@example.org\r\nSubject: " + subject + "\r\nMessage-ID: <"
                + subject.replace(' ', '.') + "@example.org>\r\n\r\nText of " + subject + ".\r\n";
    }
}
