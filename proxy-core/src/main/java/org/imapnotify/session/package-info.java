/**
 * The client's conversation: which state it is in, which commands are in flight, what of both streams goes on unchanged and
 * what the proxy answers, drops or adds. Joins wire, notify, upstream and watch; knows no channel, clock or thread.
 */
@NullMarked
package org.imapnotify.session;

import org.jspecify.annotations.NullMarked;
