package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A search whose result Dovecot keeps up to date (RFC 5267), with attributes that the proxy fetches (RFC 5465 section 7). */
class ContextIT {
    private static final LegacyServer DOVECOT = LegacyServer.shared(Variant.DOVECOT_LEGACY);

    @Test
    void newMembersOfASearchComeWithTheirAttributes() {
        try (ProxyProcess proxy = ProxyProcess.before(DOVECOT);
                ImapTestClient writer = ImapTestClient.loggedIn(DOVECOT.port(), "context1");
                ImapTestClient client = ImapTestClient.loggedIn(proxy.port(), "context1")) {
            writer.append("INBOX", Messages.withSubject("boss was here"));
            client.ok("SELECT INBOX");
            List<String> found =
                    client.ok("UID SEARCH RETURN (COUNT UPDATE (BODY[HEADER.FIELDS (SUBJECT)])) SUBJECT boss");
            assertThat(found.get(0)).endsWith("COUNT 1");
            client.ok("NOTIFY SET (selected (MessageNew (UID) MessageExpunge FlagChange))");
            EventCollector events = EventCollector.of(client);

            writer.append("INBOX", Messages.withSubject("of no importance"));
            events.await("\\* 2 EXISTS");
            events.await("\\* 2 FETCH \\(UID 2\\)");
            writer.append("INBOX", Messages.withSubject("boss again"));
            events.await("\\* 3 EXISTS");
            events.await("\\* ESEARCH \\(TAG \"?[^ ]+\"?\\) UID ADDTO \\(0 3\\)");
            events.await("\\* 3 FETCH \\(UID 3 BODY\\[HEADER.FIELDS \\(SUBJECT\\)\\] .*boss again.*");
            writer.ok("SELECT INBOX");
            writer.ok("UID STORE 1 +FLAGS (\\Deleted)");
            writer.ok("EXPUNGE");
            events.await("\\* ESEARCH \\(TAG \"?[^ ]+\"?\\) UID REMOVEFROM \\(0 1\\)");
            events.await("\\* 1 EXPUNGE");
        }
    }
}
