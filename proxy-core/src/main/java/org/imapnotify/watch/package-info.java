@NullMarked
package org.imapnotify.watch;

import org.jspecify.annotations.NullMarked;
