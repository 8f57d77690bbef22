@NullMarked
package org.imapnotify.notify;

import org.jspecify.annotations.NullMarked;
