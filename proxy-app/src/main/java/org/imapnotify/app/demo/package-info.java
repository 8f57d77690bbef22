/**
 * The demo: GreenMail as a server without NOTIFY, the proxy in front of it, a client that prints its conversation, and another
 * that causes the events. Nothing here runs in production; GreenMail is on the class path of {@code demo} alone.
 */
@NullMarked
package org.imapnotify.app.demo;

import org.jspecify.annotations.NullMarked;
