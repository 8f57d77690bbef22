@NullMarked
package org.imapnotify.wire;

import org.jspecify.annotations.NullMarked;
