/** Measures what the proxy costs, beside a bare Netty relay on the same machine in the same run; see docs/performance.md. */
@NullMarked
package org.imapnotify.it.bench;

import org.jspecify.annotations.NullMarked;
