package org.imapnotify.app.client;

import java.util.Map;

/**
 * One thing that a server told.
 *
 * @param kind {@code status}, {@code list}, {@code exists}, {@code expunge}, {@code fetch}, {@code overflow}, {@code connected},
 *     {@code lost}
 * @param mailbox as Unicode; empty when it is about the connection
 * @param numbers by the names of STATUS items in lower case, and what they changed by as {@code messages-change}
 * @param text what there is to say besides
 */
public record MailboxNews(String kind, String mailbox, Map<String, Long> numbers, String text) {}
