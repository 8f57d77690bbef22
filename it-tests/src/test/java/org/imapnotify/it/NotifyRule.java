package org.imapnotify.it;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A difference that shows so often that no scenario lists it: once rewritten, Dovecot's response and the proxy's are the same, or
 * Dovecot's is none. One that explains nothing any more fails the test like a listed difference that does not show.
 */
record NotifyRule(String name, String reason, UnaryOperator<String> ofNative, UnaryOperator<String> ofProxy) {
    static final List<NotifyRule> ALL = List.of(
            new NotifyRule(
                    "first UIDVALIDITY",
                    "Dovecot adds UIDVALIDITY to the first STATUS of a mailbox whose numbers its list index did not have. Sections 5.2"
                            + " and 5.3 ask for UIDNEXT and MESSAGES; UIDVALIDITY is told when it changes (5.1).",
                    response -> isCount(response) ? response.replace(" UIDVALIDITY v", "") : response,
                    response -> response),
            new NotifyRule(
                    "unchanged UNSEEN",
                    "Dovecot adds UNSEEN to every STATUS; the proxy when it has changed (5.1 asks for it only in place of"
                            + " HIGHESTMODSEQ, 5.2 and 5.3 not at all).",
                    response -> isCount(response) ? response.replaceAll("( UIDVALIDITY v)? UNSEEN \\d+", "") : response,
                    response -> response),
            new NotifyRule(
                    "children",
                    "Section 5.4: the LIST SHOULD include \\HasChildren or \\HasNoChildren; section 5.5: all attributes MUST be"
                            + " accurately computed. Dovecot's LIST says nothing of children.",
                    response -> response,
                    response -> response.startsWith("* LIST ")
                            ? response.replaceAll("\\\\Has(No)?Children ?", "").replace(" )", ")")
                            : response),
            new NotifyRule(
                    "flags with UID",
                    "Section 5.1: the FETCH of a flag change MUST include UID. Dovecot 2.3 gives it only once QRESYNC is enabled.",
                    response -> response,
                    response -> response.matches("\\* \\d+ FETCH \\(FLAGS \\([^)]*\\)( MODSEQ m)? UID \\d+\\)")
                            ? response.replaceAll(" UID \\d+", "")
                            : response),
            new NotifyRule(
                    "flags with UIDVALIDITY",
                    "Section 5.1: HIGHESTMODSEQ of a flag change comes with UIDVALIDITY. Dovecot leaves it out.",
                    response -> response,
                    response -> response.contains("HIGHESTMODSEQ m UIDVALIDITY v")
                            ? response.replace(" UIDVALIDITY v", "")
                            : response));

    private static boolean isCount(String response) {
        return response.startsWith("* STATUS ") && response.contains("MESSAGES ");
    }

    /** Two responses that are the same but for this. */
    boolean explains(String direct, String proxied) {
        return !direct.equals(proxied) && ofNative.apply(direct).equals(ofProxy.apply(proxied));
    }

    /** What the proxy has said, in Dovecot's words where a rule explains the difference; {@code used} gets the rules. */
    static List<String> translated(List<String> direct, List<String> proxied, List<NotifyRule> used) {
        List<String> unmatched = new ArrayList<>(direct);
        proxied.forEach(unmatched::remove);
        List<String> left = new ArrayList<>(direct);
        List<String> translated = new ArrayList<>();
        for (String response : proxied) {
            translated.add(left.remove(response) ? response : translated(unmatched, response, used));
        }
        return translated;
    }

    private static String translated(List<String> unmatched, String response, List<NotifyRule> used) {
        for (NotifyRule rule : ALL) {
            for (String direct : unmatched) {
                if (rule.explains(direct, response)) {
                    used.add(rule);
                    unmatched.remove(direct);
                    return direct;
                }
            }
        }
        return response;
    }
}
