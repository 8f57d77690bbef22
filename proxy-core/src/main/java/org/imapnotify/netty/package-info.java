@NullMarked
package org.imapnotify.netty;

import org.jspecify.annotations.NullMarked;
