package org.imapnotify.watch;

import java.time.Duration;
import java.util.Optional;
import org.imapnotify.wire.MailboxName;

/**
 * How a mailbox is watched at this moment.
 *
 * @param idle somebody idles there
 * @param notified the upstream's own NOTIFY tells of it
 * @param interval from one look at it to the next, which is longer for what is quiet, told otherwise, or asked too much of
 * @param hinted how long ago a session of the proxy, IDLE or NOTIFY gave reason for a look out of turn
 */
public record WatchedMailbox(
        MailboxName name, boolean idle, boolean notified, Duration interval, Optional<Duration> hinted) {}
