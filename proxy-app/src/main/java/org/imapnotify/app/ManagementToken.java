package org.imapnotify.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Optional;
import org.imapnotify.netty.InvalidOptionException;
import org.jspecify.annotations.Nullable;

/** What shows an operator's right to command the proxy. It comes from a file or the environment, where no list of processes shows it. */
final class ManagementToken {
    static final String KEY = "management-token-file";
    static final String VARIABLE = "IMAPNOTIFY_MANAGEMENT_TOKEN";

    private static final int SHORTEST = 16;
    private static final String FORM =
            "a file whose first line has " + SHORTEST + " or more letters, digits or other visible ASCII characters";

    private final String token;

    private ManagementToken(String token) {
        this.token = token;
    }

    /** The file wins over the variable; empty when there is neither. */
    static Optional<ManagementToken> of(@Nullable Path file, Map<String, String> environment) {
        if (file != null) {
            return Optional.of(checked(KEY, file.toString(), read(file)));
        }
        return Optional.ofNullable(environment.get(VARIABLE)).map(text -> checked(VARIABLE, "***", text));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).lines().findFirst().orElse("");
        } catch (IOException e) {
            throw new InvalidOptionException(KEY, file, FORM);
        }
    }

    /** @param shown in place of the token when it cannot be used */
    private static ManagementToken checked(String key, String shown, String text) {
        if (text.length() < SHORTEST || !text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new InvalidOptionException(key, shown, FORM);
        }
        return new ManagementToken(text);
    }

    /** The value of HTTP's Authorization header. */
    String header() {
        return "Bearer " + token;
    }

    /** How long this takes tells nothing of the token. */
    boolean isShownBy(@Nullable String header) {
        return header != null && MessageDigest.isEqual(digest(header), digest(header()));
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
