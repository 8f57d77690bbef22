/**
 * RFC 5465 itself: the grammar of NOTIFY, what a registration asks for, when a STATUS is news, and how it is written.
 * Knows neither connections nor where a mailbox's state comes from.
 */
@NullMarked
package org.imapnotify.notify;

import org.jspecify.annotations.NullMarked;
