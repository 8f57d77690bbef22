/**
 * Octets of IMAP cut into lines and literals, and the grammar to read and write them. Knows RFC 3501's syntax; knows no state of
 * a conversation, and keeps every octet as it came: protocol strings are Latin-1, one char for one octet.
 */
@NullMarked
package org.imapnotify.wire;

import org.jspecify.annotations.NullMarked;
