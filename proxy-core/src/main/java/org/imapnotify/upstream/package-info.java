@NullMarked
package org.imapnotify.upstream;

import org.jspecify.annotations.NullMarked;
