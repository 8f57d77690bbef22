package org.imapnotify.netty;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** A self-signed certificate in two PEM files, made by the JDK's keytool. */
final class TestCertificate {
    private static final char[] PASSWORD = "secret".toCharArray();

    private TestCertificate() {}

    /** Writes, or replaces, {@code name.pem} and {@code name-key.pem}. */
    static TlsFiles write(Path directory, String name, int days) throws IOException, InterruptedException {
        Path store = directory.resolve(name + ".p12");
        Files.deleteIfExists(store);
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "it",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-validity",
                        Integer.toString(days),
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD);
            pem(
                    directory.resolve(name + ".pem"),
                    "CERTIFICATE",
                    keys.getCertificate("it").getEncoded());
            pem(
                    directory.resolve(name + "-key.pem"),
                    "PRIVATE KEY",
                    keys.getKey("it", PASSWORD).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return new TlsFiles(directory.resolve(name + ".pem"), directory.resolve(name + "-key.pem"));
    }

    private static void pem(Path file, String what, byte[] der) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.writeString(file, "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n");
    }
}
