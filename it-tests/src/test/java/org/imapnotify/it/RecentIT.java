package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A message that arrives while the proxy alone looks, by STATUS and by IDLE, is \Recent still for the first session that really
 * selects its mailbox (RFC 3501 section 2.3.2), and unseen.
 */
class RecentIT {
    @ParameterizedTest
    @CsvSource({"DOVECOT_LEGACY, dedicated", "DOVECOT_LEGACY, inline", "CYRUS, dedicated", "CYRUS, inline"})
    void newMessagesStayRecent(Variant variant, String watch) {
        Conduct conduct = new Conduct();
        try (LegacyServer server = LegacyServer.startForOne(variant);
                Relay relay = new Relay(server.port(), conduct::ear);
                ProxyProcess proxy = ProxyProcess.beforeUrl("imap://127.0.0.1:" + relay.port(), "--watch", watch);
                ImapTestClient writer = ImapTestClient.loggedIn(server.port(), "user1");
                ImapTestClient client = ImapTestClient.loggedIn(proxy.port(), "user1")) {
            writer.ok("CREATE box");
            client.ok("NOTIFY SET (personal (MessageNew MessageExpunge FlagChange))");
            if (watch.equals("dedicated")) { // INBOX has the watch connection that idles
                Awaitility.await().until(() -> conduct.summary().matches(".*EXAMINE=\\d+, .*IDLE=\\d+.*"));
            }
            for (String mailbox : List.of("INBOX", "box")) {
                writer.append(mailbox, Messages.withSubject("first"));
                client.expect("\\* STATUS " + mailbox + " \\(.*MESSAGES 1 .*");
                writer.append(mailbox, Messages.withSubject("second"));
                client.expect("\\* STATUS " + mailbox + " \\(.*MESSAGES 2 .*");
            }

            for (String mailbox : List.of("INBOX", "box")) {
                List<String> answers = client.ok("SELECT " + mailbox);
                assertThat(answers).as(variant + " " + watch).contains("* 2 EXISTS", "* 2 RECENT");
                assertThat(client.ok("FETCH 1:2 (FLAGS)"))
                        .filteredOn(line -> line.startsWith("* "))
                        .allMatch(line -> line.contains("\\Recent") && !line.contains("\\Seen"));
            }
            System.out.println("[it] " + variant + " " + watch + ": " + conduct.summary());
            assertThat(conduct.breaches()).isEmpty();
        }
    }
}
