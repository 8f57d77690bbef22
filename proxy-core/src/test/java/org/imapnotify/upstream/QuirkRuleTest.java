package org.imapnotify.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.imapnotify.wire.Capabilities;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuirkRuleTest {
    /** As the servers greet; those of others than Debian's are quoted from the sources of the rules. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Gimap ready for requests from 192.0.2.1 x14 | IMAP4rev1 IDLE X-GM-EXT-1 | | gmail",
                "ready | IMAP4rev1 X-GM-EXT-1 | | gmail",
                "The Microsoft Exchange IMAP4 service is ready. [TABP] | IMAP4 IMAP4rev1 IDLE | | exchange",
                "ready | IMAP4rev1 ID | (\"name\" \"Microsoft.Exchange.Imap4.Imap4Server\" \"version\" \"15.20\") | exchange",
                "Microsoft Exchange Server 2003 IMAP4rev1 server version 6.5.7638.1 (m.example) ready. | IMAP4rev1 | | exchange-2003",
                "IMAP4rev1 imapgate-1.8.1_01.20166 imap1012.mail.ir2.yahoo.com | IMAP4rev1 ID XYMHIGHESTMODSEQ | | yahoo",
                "ready | IMAP4rev1 NAMESPACE ENABLE OBJECTID UIDONLY PARTIAL MESSAGELIMIT=1000 | | yahoo",
                "mail.example.com Zimbra IMAP4rev1 server ready | IMAP4rev1 ID | | zimbra",
                "IMAP4 ready | IMAP4rev1 ID | (\"NAME\" \"Zimbra\" \"VERSION\" \"8.8.15\") | zimbra",
                "Courier-IMAP ready. Copyright 1998-2019 Double Precision, Inc. | IMAP4rev1 IDLE | | courier",
                "IMAP4rev1 | IMAP4rev1 IDLE LITERAL+ | | imap4d",
                "IMAP4rev1 Server GreenMail v2.1.8 ready | IMAP4rev1 IDLE | | greenmail",
                "Dovecot (Debian) ready. | IMAP4rev1 IDLE NOTIFY | | dovecot-2.3",
                "ready | IMAP4rev1 NOTIFY SNIPPET=FUZZY | | dovecot-2.3",
                "Dovecot ready. | IMAP4rev1 NOTIFY SNIPPET=FUZZY INPROGRESS | | dovecot",
                "cyrus.example.com Cyrus IMAP 3.6.1-Debian-3.6.1-4+deb12u3 server ready | IMAP4rev1 ID | | cyrus",
                "GroupWise IMAP4rev1 Server Ready | IMAP4rev1 | | groupwise",
                "Domino IMAP4 Server Release 9.0.1 ready | IMAP4REV1 | | domino",
                "IMAP4rev1 DavMail 6.2.2-3546 server ready | IMAP4REV1 IDLE | | davmail",
                "Twisted IMAP4rev1 Ready | IMAP4rev1 IDLE | | twisted",
                "m.example IMAP4rev1 2007f.404 at Mon | IMAP4REV1 IDLE | | uw",
                "Yandex IMAP4rev1 at imap.yandex.net:993 ready to talk | IMAP4rev1 IDLE | | yandex",
                "Mailtraq (2.17) IMAP4rev1 ready | IMAP4rev1 IDLE | | mailtraq",
                "IMAP server ready | IMAP4rev1 IDLE MESSAGELIMIT=1000 | | ''"
            })
    void recognises(String greeting, String capabilities, String identity, String keys) {
        Fingerprint seen = new Fingerprint(greeting, Capabilities.of(capabilities), identity == null ? "" : identity);
        assertThat(String.join(
                        " ", QuirkRule.of(seen).stream().map(QuirkRule::key).toList()))
                .isEqualTo(keys);
    }

    @Test
    void aRecognitionReadsGreetingsWithTheirCodesAndChangesItsMindAfterTheLogin() {
        Recognition recognition = new Recognition(QuirkChoice.AUTO);
        recognition.greeting("* OK [CAPABILITY IMAP4rev1 LITERAL+] Dovecot ready.\r\n");
        assertThat(recognition.quirks().has(Effect.NOTIFY_LOSES)).isTrue();
        recognition.capabilities(Capabilities.of("IMAP4rev1 NOTIFY INPROGRESS"));
        assertThat(recognition.quirks()).isEqualTo(Quirks.NONE);
        recognition.greeting("* OK IMAP4rev1\r\n");
        assertThat(recognition.quirks().has(Effect.UIDS_RISE)).isTrue();
    }

    @Test
    void ofSeveralRulesTheMoreCarefulCounts() {
        Quirks both = QuirkRule.GMAIL.quirks().and(QuirkRule.YAHOO.quirks());
        assertThat(both.poll(Duration.ofSeconds(1))).isEqualTo(Duration.ofMinutes(1));
        assertThat(both.poll(Duration.ofMinutes(5))).isEqualTo(Duration.ofMinutes(5));
        assertThat(both.idle(Duration.ofMinutes(28))).isEqualTo(Duration.ofMinutes(9));
        assertThat(both.idle(Duration.ofMinutes(2))).isEqualTo(Duration.ofMinutes(2));
        assertThat(both.connections(9)).isEqualTo(2);
        assertThat(both.connections(1)).isEqualTo(1);
        assertThat(both.has(Effect.ONE_BY_ONE)).isTrue();
    }

    @Test
    void choicesAreAutoOffOrRules() {
        assertThat(QuirkChoice.parse("auto")).contains(QuirkChoice.AUTO);
        assertThat(QuirkChoice.parse("off")).contains(QuirkChoice.OFF);
        assertThat(QuirkChoice.parse("gmail,zimbra"))
                .contains(QuirkChoice.of(List.of(QuirkRule.GMAIL, QuirkRule.ZIMBRA)));
        assertThat(QuirkChoice.parse("")).isEmpty();
        assertThat(QuirkChoice.parse("gmail,")).isEmpty();
        assertThat(QuirkChoice.parse("GMAIL")).isEmpty();
    }

    @Test
    void keysAreWordsAndDiffer() {
        assertThat(QuirkRule.values()).extracting(QuirkRule::key).doesNotHaveDuplicates();
        assertThat(QuirkRule.values()).allSatisfy(rule -> assertThat(rule.key()).matches("[a-z0-9][a-z0-9.-]*"));
    }

    @Test
    void eachRuleThatChangesSomethingHasATranscriptAndEachEffectARule() throws IOException {
        List<String> transcripts;
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/transcripts/quirks"))) {
            transcripts = files.map(file -> file.getFileName().toString()).toList();
        }
        assertThat(Arrays.stream(QuirkRule.values())
                        .filter(rule -> !rule.quirks().equals(Quirks.NONE)))
                .allSatisfy(rule -> assertThat(transcripts)
                        .anyMatch(name -> name.equals(rule.key() + ".imap") || name.startsWith(rule.key() + "-")));
        assertThat(Effect.values())
                .allSatisfy(effect -> assertThat(QuirkRule.values())
                        .anyMatch(rule -> rule.quirks().has(effect)));
    }
}
