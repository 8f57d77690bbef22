package org.imapnotify.watch;

import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.imapnotify.notify.Registration;
import org.imapnotify.upstream.Credentials;
import org.imapnotify.wire.MailboxName;

/** The watcher of one account. All calls come on one event loop. */
public final class AccountWatcher {
    public AccountWatcher(
            WatchSettings settings,
            Credentials credentials,
            WatchOutput output,
            LongSupplier nanoTime,
            RandomGenerator random,
            WatchEvents events) {}

    /**
     * Puts a registration in force, in the place of the subscriber's earlier one. Answered once, possibly before this
     * returns, by {@link Subscriber#armed} or {@link Subscriber#lost}.
     */
    public void register(Subscriber subscriber, Registration registration) {}

    /** Ends the subscriber's registration, if any; nothing is told to it any more. */
    public void leave(Subscriber subscriber) {}

    /** Something has happened in this mailbox: it is looked at now. */
    public void hint(MailboxName mailbox) {}

    /** A client has logged in with these; they are used from now on. The watcher owns them and wipes them. */
    public void freshCredentials(Credentials fresh) {}

    /** The time asked for by {@link WatchOutput#wakeAt} has come. */
    public void onTimer() {}

    /** Closes all connections, forgets all registrations without telling, and wipes the credentials: the watcher is dead. */
    public void wipe() {}
}
