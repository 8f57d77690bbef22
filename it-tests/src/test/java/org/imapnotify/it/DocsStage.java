package org.imapnotify.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The world that the pages speak of, in a folder of its own: {@code imaps://mail.example.org} is a Dovecot without NOTIFY, ann has an
 * account on it, a proxy listens at 127.0.0.1:1143 and answers operators at 127.0.0.1:9143, and files lie where they lie in the pages.
 */
final class DocsStage implements AutoCloseable {
    private static final String MOUNTED = "/etc/imap-notify-proxy";
    private static final List<String> CERTIFICATES = List.of("mail", "example-org", "ca");

    private final Path folder = Folders.temporary("docs");
    private final LegacyServer server;
    private final ProxyProcess proxy;

    DocsStage() throws IOException {
        for (String linked : List.of("imap-notify-proxy", "docker", "docs", "proxy-app", "packaging")) {
            Files.createSymbolicLink(folder.resolve(linked), Folders.PROJECT.resolve(linked));
        }
        Path etc = Files.createDirectories(folder.resolve("etc"));
        Certificate certificate = Certificate.of(folder, "DNS:mail.example.org");
        for (String name : CERTIFICATES) {
            Files.copy(certificate.chain(), etc.resolve(name + ".pem"));
            Files.copy(certificate.key(), etc.resolve(name + "-key.pem"));
        }
        Files.writeString(
                folder.resolve("mail.pem"),
                Files.readString(certificate.chain()) + Files.readString(certificate.key()));
        Files.writeString(folder.resolve("password.txt"), LegacyServer.PASSWORD + "\n");
        Files.writeString(etc.resolve("master-password"), "master\n");
        Files.writeString(etc.resolve("management-token"), "0123456789abcdef\n");
        secretsOfPods(etc, certificate);
        server = LegacyServer.shared(Variant.DOVECOT_LEGACY);
        proxy = ProxyProcess.before(server, "--management-token-file=" + etc.resolve("management-token"));
    }

    private static void secretsOfPods(Path etc, Certificate certificate) throws IOException {
        Files.createDirectories(etc.resolve("tls"));
        Files.copy(certificate.chain(), etc.resolve("tls/tls.crt"));
        Files.copy(certificate.key(), etc.resolve("tls/tls.key"));
        Files.createDirectories(etc.resolve("token"));
        Files.writeString(etc.resolve("token/token"), "0123456789abcdef\n");
    }

    Path folder() {
        return folder;
    }

    ProxyProcess proxy() {
        return proxy;
    }

    LegacyServer server() {
        return server;
    }

    /** A configuration file of the pages, kept as the file that their commands name. */
    void keepConfiguration(String yaml) throws IOException {
        Files.writeString(folder.resolve("etc/config.yaml"), yaml);
    }

    /** What clients and operators say, to the proxy that runs. */
    String client(String text) {
        Map<String, String> words = common();
        words.put("127.0.0.1:1143", "127.0.0.1:" + proxy.port());
        words.put("127.0.0.1:9143", "127.0.0.1:" + proxy.managementPort());
        return replaced(text, words);
    }

    /** What starts a proxy of its own, on ports that are free. */
    String server(String text) {
        Map<String, String> words = common();
        for (String port : List.of("127.0.0.1:1143", "0.0.0.0:1143", "0.0.0.0:1993", "0.0.0.0:143", "0.0.0.0:993")) {
            words.put(port, "127.0.0.1:" + LegacyServer.freePort());
        }
        return replaced(text, words);
    }

    /** With the files where they lie here. */
    String mounted(String text) {
        return text.replace(MOUNTED, folder.resolve("etc").toString());
    }

    private Map<String, String> common() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("imaps://mail.example.org", "imap://127.0.0.1:" + server.port());
        words.put("--user ann", "--user user6");
        words.put(MOUNTED, folder.resolve("etc").toString());
        return words;
    }

    private static String replaced(String text, Map<String, String> words) {
        String result = text;
        for (Map.Entry<String, String> word : words.entrySet()) {
            result = result.replace(word.getKey(), word.getValue());
        }
        return result;
    }

    @Override
    public void close() {
        proxy.close();
        Folders.delete(folder);
    }
}
