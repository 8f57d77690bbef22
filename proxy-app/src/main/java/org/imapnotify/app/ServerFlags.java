package org.imapnotify.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.imapnotify.app.client.Inspection.Login;
import org.imapnotify.app.client.ServerAddress;
import org.imapnotify.app.client.ServerAddress.Security;
import org.imapnotify.netty.InvalidOptionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of commands that talk to a server by themselves. */
final class ServerFlags {
    @Option(names = "--user", paramLabel = "USER", description = "Who logs in.")
    private @Nullable String user;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "File whose first line is the password; - is standard input.")
    private @Nullable String passwordFile;

    @Option(names = "--ca", paramLabel = "PEM", description = "Certificates to trust in place of the Java runtime's.")
    private @Nullable Path ca;

    ServerAddress address(String url) {
        UpstreamUrl parsed = UpstreamUrl.parse(url);
        Security security = switch (parsed.tls()) {
            case PLAIN -> Security.NONE;
            case STARTTLS -> Security.STARTTLS;
            case IMPLICIT -> Security.TLS;
        };
        return new ServerAddress(parsed.address().host(), parsed.address().port(), security, Optional.ofNullable(ca));
    }

    Optional<Login> login() throws IOException {
        if (user == null && passwordFile == null) {
            return Optional.empty();
        }
        if (user == null || passwordFile == null) {
            throw new InvalidOptionException(user == null ? "user" : "password-file", "", "both of them, or neither");
        }
        return Optional.of(new Login(user, password(passwordFile)));
    }

    private static String password(String file) throws IOException {
        String text =
                file.equals("-") ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8) : read(Path.of(file));
        return text.lines().findFirst().orElse("");
    }

    private static String read(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new InvalidOptionException("password-file", file, "a file that exists and can be read");
        }
        return Files.readString(file);
    }
}
