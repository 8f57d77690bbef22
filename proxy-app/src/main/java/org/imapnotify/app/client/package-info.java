/**
 * An IMAP client for operators, who want to know what a server can do and what it tells. Knows the grammar and the words of
 * NOTIFY; knows no command line and nothing of the proxy.
 */
@NullMarked
package org.imapnotify.app.client;

import org.jspecify.annotations.NullMarked;
