@NullMarked
package org.imapnotify.session;

import org.jspecify.annotations.NullMarked;
