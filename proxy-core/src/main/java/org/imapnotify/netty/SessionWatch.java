package org.imapnotify.netty;

import java.util.List;
import org.imapnotify.notify.Registration;
import org.imapnotify.session.Session;
import org.imapnotify.upstream.Credentials;
import org.imapnotify.watch.MailboxChange;
import org.imapnotify.watch.MailboxRow;
import org.imapnotify.watch.MetadataChange;
import org.imapnotify.watch.Subscriber;
import org.imapnotify.wire.MailboxName;
import org.jspecify.annotations.Nullable;

/** A session's part in its account's watcher: what it asks on its own loop, and what it is told on the watcher's, which hops. */
final class SessionWatch {
    /** Runs an event of the session on the session's loop. */
    interface Events {
        void later(Runnable event);
    }

    private final Accounts accounts;
    private final Session session;
    private final SessionBooks books;
    private final Origin origin;
    private final Events events;
    private @Nullable AccountLink account;
    private Subscription subscription = new Subscription();
    private Credentials.@Nullable Identity identity;
    /** As whom it is known among those that look themselves. */
    private Credentials.@Nullable Identity inlineIn;

    SessionWatch(Accounts accounts, Session session, SessionBooks books, Origin origin, Events events) {
        this.accounts = accounts;
        this.session = session;
        this.books = books;
        this.origin = origin;
        this.events = events;
    }

    /** The upstream has just accepted these from this session's client. */
    void authenticated(Credentials credentials) {
        identity = credentials.identity();
        accounts.loggedIn(credentials, origin);
    }

    void unauthenticated() {
        identity = null;
    }

    void watch(Credentials credentials, Registration registration) {
        if (account == null) {
            account = accounts.join(credentials, origin);
        }
        account.register(subscription, registration);
    }

    void unwatch() {
        if (account != null) {
            account.leave(subscription);
            accounts.leave(account);
            account = null;
            subscription.over = true;
            subscription = new Subscription();
        }
    }

    /** What others do in the account is heard by its watcher; without one, by each session that looks itself. */
    void watchesInline(boolean on) {
        if (on && identity != null) {
            inlineIn = identity;
            accounts.watchesInline(identity, this);
        } else if (!on && inlineIn != null) {
            accounts.watchesInlineNoMore(inlineIn, this);
            inlineIn = null;
        }
    }

    /** Another session of the account has done something there. Called on any loop. */
    void hinted(MailboxName mailbox) {
        events.later(() -> session.onHint(mailbox));
    }

    /** As {@link #hinted}. */
    void namesHinted() {
        events.later(session::onNamesHint);
    }

    /** As {@link #hinted}. */
    void metadataHinted(MailboxName mailbox) {
        events.later(() -> session.onMetadataHint(mailbox));
    }

    /** As {@link #hinted}: the account may be watched again. */
    void possible() {
        events.later(session::onWatchPossible);
    }

    void hint(MailboxName mailbox) {
        if (identity != null) {
            accounts.hint(identity, mailbox, this);
        }
    }

    void hintNames() {
        if (identity != null) {
            accounts.hintNames(identity, this);
        }
    }

    void hintMetadata(MailboxName mailbox) {
        if (identity != null) {
            accounts.hintMetadata(identity, mailbox, this);
        }
    }

    /** What an account's watcher tells, up to the moment the session leaves it: the next may be another identity's. */
    private final class Subscription implements Subscriber {
        private boolean over;

        @Override
        public void armed(List<MailboxRow> rows) {
            later(() -> session.onArmed(rows));
        }

        @Override
        public void changed(MailboxRow row, MailboxChange change) {
            long seenAt = System.nanoTime();
            later(() -> {
                books.newsSeen(seenAt);
                session.onMailboxChanged(row, change);
            });
        }

        @Override
        public void unchanged(MailboxName mailbox) {
            later(() -> session.onUnchanged(mailbox));
        }

        @Override
        public void metadataChanged(MetadataChange change) {
            later(() -> session.onMetadataChanged(change));
        }

        @Override
        public void crowded() {
            later(session::onWatchCrowded);
        }

        @Override
        public void lost(String why) {
            later(() -> session.onWatchLost(why));
        }

        private void later(Runnable event) {
            events.later(() -> {
                if (!over) {
                    event.run();
                }
            });
        }
    }
}
