package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The servers are what the other tests take them for, asked directly. */
class LegacyServerIT {
    /** Images are built here, where no test's time limit runs. */
    @BeforeAll
    static void start() {
        for (Variant variant : Variant.values()) {
            LegacyServer.shared(variant);
        }
    }

    @ParameterizedTest
    @EnumSource
    void letsAUserInWhoThenGetsWhatWasAppended(Variant variant) {
        try (ImapTestClient client = ImapTestClient.loggedIn(port(variant), "user1")) {
            client.append("INBOX", Messages.withSubject("hello"));
            client.ok("SELECT INBOX");
            String found = client.ok("SEARCH SUBJECT hello").get(0); // others leave messages in this mailbox too
            String number = found.replaceFirst("\\* SEARCH.* (\\d+)\\s*", "$1");
            assertThat(client.ok("FETCH " + number + " (BODY.PEEK[HEADER.FIELDS (SUBJECT)])"))
                    .anySatisfy(line -> assertThat(line).containsIgnoringCase("Subject: hello"));
            client.ok("STORE " + number + " +FLAGS (\\Deleted)");
            client.ok("EXPUNGE");
        }
    }

    @Test
    void dovecotLegacyNeitherOffersNorTakesNotify() {
        try (ImapTestClient client = ImapTestClient.loggedIn(port(Variant.DOVECOT_LEGACY), "user1")) {
            assertThat(client.ok("CAPABILITY").get(0)).contains(" IDLE ").doesNotContain("NOTIFY");
            client.completed(client.send("NOTIFY NONE"), "BAD");
        }
    }

    @Test
    void dovecotNativeTakesNotify() {
        try (ImapTestClient client = ImapTestClient.loggedIn(port(Variant.DOVECOT_NATIVE), "user1")) {
            assertThat(client.ok("CAPABILITY").get(0)).contains(" NOTIFY");
            client.ok("NOTIFY NONE");
        }
    }

    @Test
    void dovecotBareHasNoIdle() {
        try (ImapTestClient client = ImapTestClient.loggedIn(port(Variant.DOVECOT_BARE), "user1")) {
            assertThat(client.ok("CAPABILITY").get(0)).isEqualTo("* CAPABILITY IMAP4rev1 UIDPLUS CHILDREN UNSELECT");
            client.ok("SELECT INBOX");
            client.completed(client.send("IDLE"), "BAD");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DOVECOT_WITHOUT_IDLE, IDLE",
        "DOVECOT_WITHOUT_CONDSTORE, CONDSTORE",
        "DOVECOT_WITHOUT_CONDSTORE, QRESYNC",
        "DOVECOT_WITHOUT_LIST_STATUS, LIST-STATUS"
    })
    void dovecotWithoutDoesNotOfferIt(Variant variant, String capability) {
        try (ImapTestClient client = ImapTestClient.loggedIn(port(variant), "user1")) {
            assertThat(client.ok("CAPABILITY").get(0).split(" ", -1))
                    .contains("LIST-EXTENDED")
                    .doesNotContain(capability, "NOTIFY");
        }
    }

    @Test
    void greenMailIdles() {
        int port = port(Variant.GREENMAIL);
        try (ImapTestClient idler = ImapTestClient.loggedIn(port, "user1");
                ImapTestClient writer = ImapTestClient.loggedIn(port, "user1")) {
            idler.ok("SELECT INBOX");
            String idle = idler.send("IDLE");
            idler.expect("\\+.*");
            writer.append("INBOX", Messages.withSubject("hello"));
            idler.expect("\\* \\d+ EXISTS");
            idler.raw("DONE\r\n");
            idler.completed(idle, "OK");
        }
    }

    @Test
    void dovecotSpeaksTlsBothWays(@TempDir Path folder) {
        Certificate certificate = Certificate.of(folder, "DNS:localhost");
        try (LegacyServer server = LegacyServer.startWithTls(Variant.DOVECOT_LEGACY, certificate);
                ImapTestClient implicit =
                        ImapTestClient.connectTls(server.tlsPort(), certificate.trusted(), "localhost");
                ImapTestClient upgraded = ImapTestClient.connect(server.port())) {
            upgraded.startTls(certificate.trusted(), "localhost");
            upgraded.ok("LOGIN user1 pass");
            implicit.ok("LOGIN user1 pass");
        }
    }

    private static int port(Variant variant) {
        return LegacyServer.shared(variant).port();
    }
}
