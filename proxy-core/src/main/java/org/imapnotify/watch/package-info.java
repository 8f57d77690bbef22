/**
 * The watcher of one account: a table of its mailboxes, filled by connections of its own, and what changed in it. Knows
 * no client conversation, no channel and no clock; what a session is told of a change is the session's business.
 */
@NullMarked
package org.imapnotify.watch;

import org.jspecify.annotations.NullMarked;
