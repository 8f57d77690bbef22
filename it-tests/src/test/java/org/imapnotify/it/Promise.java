package org.imapnotify.it;

import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * What a registration promises to a client that never asks: which part of what the server has must be what the client was
 * told, when all is told.
 *
 * @param name of the client, for people
 * @param command the NOTIFY command
 * @param enable what it enables first, empty for nothing
 * @param flagAtts the fetch-atts of SELECTED hold FLAGS, so that flags are known of every message
 * @param selected message events of the selected mailbox are promised
 * @param counted mailboxes whose MESSAGES and UIDNEXT are promised; also asked whether they are subscribed
 * @param flags those of the counted mailboxes of which UNSEEN is promised too, and HIGHESTMODSEQ when that is enabled
 * @param named names of which existence is promised
 * @param subscriptions for existing named names \Subscribed is promised
 */
record Promise(
        String name,
        String command,
        String enable,
        boolean flagAtts,
        boolean selected,
        BiPredicate<String, Boolean> counted,
        Predicate<String> flags,
        Predicate<String> named,
        boolean subscriptions) {
    private static final String ALL = "(MessageNew MessageExpunge FlagChange)";

    /** Its line as Evolution sends it. */
    static Promise evolution() {
        return new Promise(
                "evolution",
                "NOTIFY SET (selected (MessageNew (UID RFC822.SIZE RFC822.HEADER FLAGS BODYSTRUCTURE) MessageExpunge"
                        + " FlagChange)) (personal (MessageNew MessageExpunge MailboxName SubscriptionChange))",
                "",
                true,
                true,
                (name, subscribed) -> true,
                name -> false,
                name -> true,
                true);
    }

    /** Its line as FairEmail sends it. */
    static Promise fairEmail() {
        return new Promise(
                "fairemail",
                "NOTIFY SET STATUS (selected (MessageNew (uid) MessageExpunge FlagChange))"
                        + " (subscribed (MessageNew MessageExpunge FlagChange))",
                "",
                false,
                true,
                (name, subscribed) -> subscribed,
                name -> true,
                name -> false,
                false);
    }

    static Promise everything() {
        return new Promise(
                "everything",
                "NOTIFY SET STATUS (personal (MessageNew MessageExpunge FlagChange MailboxName SubscriptionChange))",
                "CONDSTORE",
                false,
                false,
                (name, subscribed) -> true,
                name -> true,
                name -> true,
                true);
    }

    /** A subtree, and names of which some are yet to come. */
    static Promise subtree() {
        Set<String> names = Set.of("INBOX", "v1", "v2", "w1");
        Predicate<String> below = name -> name.equals("work") || name.startsWith("work/");
        return new Promise(
                "subtree",
                "NOTIFY SET (subtree work (MessageNew MessageExpunge FlagChange MailboxName))"
                        + " (mailboxes (INBOX v1 v2 w1) (MessageNew MessageExpunge))",
                "",
                false,
                false,
                (name, subscribed) -> below.test(name) || names.contains(name),
                below,
                below,
                false);
    }

    static Promise condstore() {
        return new Promise(
                "condstore",
                "NOTIFY SET (selected (MessageNew (UID FLAGS MODSEQ) MessageExpunge FlagChange)) (inboxes " + ALL + ")",
                "CONDSTORE",
                true,
                true,
                (name, subscribed) -> true,
                name -> true,
                name -> false,
                false);
    }

    static Promise qresync() {
        return new Promise(
                "qresync",
                "NOTIFY SET (selected (MessageNew (UID FLAGS) MessageExpunge FlagChange))"
                        + " (personal (MessageNew MessageExpunge))",
                "QRESYNC",
                true,
                true,
                (name, subscribed) -> true,
                name -> false,
                name -> false,
                false);
    }

    boolean qresyncEnabled() {
        return enable.equals("QRESYNC");
    }

    boolean condstoreEnabled() {
        return !enable.isEmpty();
    }
}
