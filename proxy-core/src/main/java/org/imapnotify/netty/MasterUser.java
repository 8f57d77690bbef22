package org.imapnotify.netty;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.imapnotify.upstream.Credentials;
import org.imapnotify.upstream.Secret;

/** A user who may log in for any other (RFC 4616's authorization identity): watch connections do so in place of clients. */
public record MasterUser(String name, Secret password) {
    static final String KEY = "watch-master-user";

    public MasterUser {
        if (name.isBlank() || name.indexOf('\0') >= 0) {
            throw new InvalidOptionException(KEY, name, "the name of a user");
        }
    }

    /** The first line of the file is the password. */
    public static MasterUser of(String name, Path passwordFile) {
        try {
            String line = Files.readString(passwordFile).lines().findFirst().orElse("");
            return new MasterUser(name, Secret.of(line.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException unreadable) {
            throw new InvalidOptionException(
                    "watch-master-password-file", passwordFile, "a file of text that can be read");
        }
    }

    /** For the account of this client; who that is the upstream has confirmed to the client itself. */
    Credentials inPlaceOf(Credentials client) {
        String account = client.authzid().isEmpty() ? client.user() : client.authzid();
        return new Credentials.Plain(account, name, password.copy());
    }
}
