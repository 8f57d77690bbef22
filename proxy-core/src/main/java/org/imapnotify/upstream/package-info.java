/**
 * The server's side of the conversation on connections that are our own: greeting, TLS, capabilities, login and our own
 * tagged commands. Knows no mailbox table, no client session and no channel.
 */
@NullMarked
package org.imapnotify.upstream;

import org.jspecify.annotations.NullMarked;
