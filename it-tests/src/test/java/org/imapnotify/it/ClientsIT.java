package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients of other people, which know nothing of NOTIFY, work as before. */
class ClientsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PYTHON = """
            import imaplib, sys
            c = imaplib.IMAP4('127.0.0.1', int(sys.argv[1]))
            print(c.login('user9', 'pass')[0], 'NOTIFY' in c.capability()[1][0].decode().split())
            c.create('py')
            print(c.append('py', None, None, b'Subject: from python\\r\\n\\r\\nbody\\r\\n')[0])
            print(c.select('py')[0], c.search(None, 'SUBJECT', '"from python"')[1])
            print(c.fetch('1', '(BODY.PEEK[TEXT])')[1][0][1])
            print(c.logout()[0])
            """;

    private static ProxyProcess proxy;

    @BeforeAll
    static void start() {
        proxy = ProxyProcess.before(LegacyServer.shared(Variant.DOVECOT_LEGACY));
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    @Test
    void curlUploadsListsAndFetches(@TempDir Path folder) throws IOException {
        Command.require("curl");
        String message = Messages.withSubject("from curl");
        Files.writeString(folder.resolve("message"), message);
        assertThat(curl(folder, "", "-X", "CREATE curl").exitCode()).isZero();
        assertThat(curl(folder, "curl", "-T", "message").exitCode()).isZero();
        assertThat(curl(folder, "").output()).contains("* LIST ").contains("curl");
        assertThat(curl(folder, "curl;MAILINDEX=1").output()).isEqualTo(message);
    }

    @Test
    void pythonsImaplibWorks(@TempDir Path folder) {
        Command.require("python3");
        Command python =
                Command.run(folder, PATIENCE, List.of("python3", "-c", PYTHON, Integer.toString(proxy.port())));
        assertThat(python.output().lines()).containsExactly("OK True", "OK", "OK [b'1']", "b'body\\r\\n'", "BYE");
        assertThat(python.exitCode()).isZero();
    }

    private static Command curl(Path folder, String path, String... arguments) {
        String url = "imap://127.0.0.1:" + proxy.port() + "/" + path;
        List<String> words = new ArrayList<>(List.of("curl", "-s", "-S", "--user", "user9:pass", url));
        words.addAll(List.of(arguments));
        return Command.run(folder, PATIENCE, words);
    }
}
