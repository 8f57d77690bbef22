package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Annotations (RFC 5464) that somebody sets directly on a server are told by their names; what the client sets itself is not. */
class MetadataIT {
    @ParameterizedTest
    @EnumSource(names = {"DOVECOT_METADATA", "CYRUS"})
    void tellsOfAnnotationsOfOthersAndNotOfItsOwn(Variant variant) {
        LegacyServer server = LegacyServer.shared(variant);
        try (ProxyProcess proxy = ProxyProcess.before(server, "--metadata-interval", "300ms");
                ImapTestClient writer = ImapTestClient.loggedIn(server.port(), "user7");
                ImapTestClient other = ImapTestClient.loggedIn(proxy.port(), "user7");
                ImapTestClient client = ImapTestClient.loggedIn(proxy.port(), "user7")) {
            writer.ok("CREATE annotated");
            writer.ok("SETMETADATA INBOX (/private/comment \"before\")");
            client.ok("NOTIFY SET (personal (MailboxMetadataChange ServerMetadataChange MailboxName))");
            EventCollector events = EventCollector.of(client);

            writer.ok("SETMETADATA INBOX (/private/comment \"a \\\"quoted\\\" one\" /shared/comment \"x\")");
            events.await("\\* METADATA \"INBOX\" (/private/comment /shared/comment|/shared/comment /private/comment)");
            writer.ok("SETMETADATA annotated (/private/comment \"new\")");
            events.await("\\* METADATA \"annotated\" /private/comment");
            writer.ok("SETMETADATA annotated (/private/comment NIL)");
            events.await("\\* METADATA \"annotated\" /private/comment");
            writer.ok("SETMETADATA \"\" (/private/comment \"of the server\")");
            events.await("\\* METADATA \"\" /private/comment");
            other.ok("SETMETADATA annotated (/shared/comment \"through the proxy\")");
            events.await("\\* METADATA \"annotated\" /shared/comment");

            int told = events.texts().size();
            events.await(client.send("SETMETADATA annotated (/private/comment \"mine\")") + " OK.*");
            writer.append("INBOX", Messages.withSubject("changes what Cyrus computes"));
            writer.ok("SETMETADATA annotated (/shared/comment \"last\")");
            events.await("\\* METADATA \"annotated\" /shared/comment");
            assertThat(events.texts().stream().skip(told).filter(text -> text.startsWith("* METADATA")))
                    .containsExactly("* METADATA \"annotated\" /shared/comment");
        }
    }
}
