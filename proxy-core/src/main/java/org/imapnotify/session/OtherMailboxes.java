package org.imapnotify.session;

import java.time.Duration;
import java.util.Optional;
import org.imapnotify.notify.Registration;
import org.imapnotify.session.SessionOptions.WatchUse;
import org.imapnotify.upstream.Credentials;
import org.imapnotify.watch.Subscriber;

/**
 * Who watches the mailboxes that are not selected: the account's watcher where it can, else the session's own connection
 * ({@link InlineWatch}), until the watcher can again.
 */
final class OtherMailboxes {
    /** A session whose own connection watches asks so often whether it need not any more: the proxy's limits, or the server's, may have been the reason. */
    private static final Duration RETURN = Duration.ofMinutes(5);

    private final Session session;
    private final SetAnswer answer;
    private boolean returning;

    OtherMailboxes(Session session, SetAnswer answer) {
        this.session = session;
        this.answer = answer;
    }

    private Optional<Registration> registration() {
        return session.notifications().registration();
    }

    /** For this registration, in place of an earlier one; {@link Notifications#armed} follows. */
    void watch(Registration fresh) {
        Optional<Credentials> credentials = session.credentials();
        if (credentials.isPresent() && session.options().watchUse() != WatchUse.INLINE) {
            returned();
            session.inline().leave();
            session.out().watch(credentials.get(), fresh);
        } else if (session.options().watchUse() == WatchUse.DEDICATED) {
            session.notifications().inlineLost("this login cannot be used to watch other mailboxes");
        } else {
            watchInline(fresh);
        }
    }

    /** Nobody watches any more. */
    void unwatch() {
        returned();
        session.out().unwatch();
        session.inline().leave();
    }

    /** Who looks over the session's own connection wants to know when that is worth while. */
    void hearHints() {
        boolean looksGently = registration().filter(Registration::delayed).isPresent();
        session.out().hearHints(looksGently || session.inline().isOn());
    }

    /** No connection of its own watches: this session's is left, unless it may not or cannot serve for that. */
    void lost(String why) {
        Registration unchanged = registration().orElse(null);
        if (unchanged == null) {
            return;
        }
        returned();
        session.out().unwatch();
        if (session.options().watchUse() == WatchUse.DEDICATED) {
            session.notifications().inlineLost(why);
            return;
        }
        stayInline(unchanged);
        if (!why.equals(Subscriber.LOGIN_REFUSED)) {
            session.out().timer(SessionTimer.RETURN, RETURN);
        }
    }

    private void stayInline(Registration unchanged) {
        if (!session.inline().isOn()) {
            watchInline(unchanged);
        }
    }

    private void watchInline(Registration now) {
        answer.tableIsOwed();
        session.inline().register(now);
    }

    /** This session's own connection watches: perhaps it need not any more. It does until the other one has shown its table. */
    void tryToReturn() {
        Optional<Credentials> credentials = session.credentials();
        Optional<Registration> unchanged = registration();
        boolean wants =
                session.inline().isOn() && !returning && session.options().watchUse() != WatchUse.INLINE;
        if (wants && credentials.isPresent() && unchanged.isPresent()) {
            returning = true;
            session.out().watch(credentials.get(), unchanged.get());
        }
    }

    /** It is decided what watches. */
    void returned() {
        returning = false;
        session.out().cancel(SessionTimer.RETURN);
    }

    /** There is no watch connection for now: this session's serves until there is. */
    void crowded() {
        if (session.options().watchUse() != WatchUse.DEDICATED) {
            registration().ifPresent(this::stayInline);
        }
    }
}
