package org.imapnotify.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.imapnotify.netty.SiteOptions;
import org.imapnotify.netty.UpstreamAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteFlagsTest {
    private static final String HEAD = "upstream: imap://127.0.0.1:143\nlisten: [127.0.0.1:0]\n";

    @TempDir
    private Path folder;

    private String checked(String yaml, int code) throws IOException {
        Path file = Files.writeString(folder.resolve("config.yaml"), HEAD + yaml);
        StringWriter said = new StringWriter();
        assertThat(Main.execute(new PrintWriter(said, true), "check-config", file.toString()))
                .as(said.toString())
                .isEqualTo(code);
        return said.toString();
    }

    @Test
    void sectionsOfAFileAndWordsOfAFlagAreTheSame() throws IOException {
        checked("site:\n  - names: [a.example, '*.a.example']\n    upstream: imap://127.0.0.1:144\n", 0);
        checked("site: names=a.example upstream=imap://127.0.0.1:144\n", 0);
        Path file = Files.writeString(folder.resolve("sites.yaml"), HEAD + """
                site:
                  - names: [a.example, '*.a.example']
                    upstream: [imap://127.0.0.1:144, imap://127.0.0.2:144]
                  - names: b.example
                    upstream: imap://127.0.0.1:145
                """);
        var sites =
                Main.runSettings("run", "--config", file.toString()).options().sites();
        assertThat(sites.get(0).names()).containsExactly("a.example", "*.a.example");
        assertThat(sites.get(0).upstream().addresses())
                .containsExactly(new UpstreamAddress("127.0.0.1", 144), new UpstreamAddress("127.0.0.2", 144));
        assertThat(sites).extracting(SiteOptions::names).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "names=a.example | upstream=URL",
                "upstream=imap://h | names=NAME",
                "names=a.example upstream=imap://h tls-cert=/a.pem | tls-key=PEM",
                "names=a.example upstream=imap://h color=red | names=NAME",
                "names=a..example upstream=imap://h | a host name",
                "names=a.example,A.example upstream=imap://h | each name once",
                "names=a.example upstream=pop://h | imap://HOST",
                "names=a.example upstream=imap://h,imaps://i | same scheme"
            })
    void whatIsWrongIsNamed(String site, String expected) throws IOException {
        assertThat(checked("site: \"" + site + "\"\n", 2)).contains(expected);
    }
}
