package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.FetchProfile;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.UIDFolder;
import jakarta.mail.event.MessageCountAdapter;
import jakarta.mail.event.MessageCountEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Angus Mail (Jakarta Mail): it reads the same, and it hears of a new message in IDLE whether NOTIFY is in force or not. */
class AngusMailIT {
    private static final String USER = "angus";
    private static final String NOTIFY =
            "NOTIFY SET (selected (MessageNew MessageExpunge)) (personal (MessageNew MessageExpunge))";

    @RegisterExtension
    static final ServedAccount ACCOUNT = new ServedAccount(USER);

    @Test
    void readsTheSame() throws MessagingException, IOException {
        List<String> direct = read(ACCOUNT.direct());
        assertThat(direct).hasSize(6).anySatisfy(message -> assertThat(message).contains("second in work"));
        assertThat(read(ACCOUNT.proxied())).isEqualTo(direct);
    }

    private static List<String> read(int port) throws MessagingException, IOException {
        List<String> messages = new ArrayList<>();
        try (IMAPStore store = connected(port)) {
            for (Folder folder : store.getDefaultFolder().list("*")) {
                if (!folder.getName().equals("INBOX")) {
                    messages.addAll(messages(folder));
                }
            }
        }
        return messages;
    }

    private static List<String> messages(Folder folder) throws MessagingException, IOException {
        folder.open(Folder.READ_ONLY);
        FetchProfile profile = new FetchProfile();
        profile.add(FetchProfile.Item.ENVELOPE);
        profile.add(FetchProfile.Item.CONTENT_INFO);
        profile.add(FetchProfile.Item.FLAGS);
        profile.add(UIDFolder.FetchProfileItem.UID);
        Message[] all = folder.getMessages();
        folder.fetch(all, profile);
        List<String> messages = new ArrayList<>();
        for (Message message : all) {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            message.writeTo(text);
            messages.add(String.join(
                    " ",
                    folder.getFullName(),
                    Long.toString(((UIDFolder) folder).getUID(message)),
                    message.getSubject(),
                    message.getContentType(),
                    Arrays.toString(
                            message.getFlags().getSystemFlags().length == 0
                                    ? new String[0]
                                    : message.getFlags().toString().split(" ")),
                    text.toString(StandardCharsets.ISO_8859_1)));
        }
        folder.close();
        return messages;
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void hearsInIdleWithoutNotify() throws MessagingException {
        assertThat(heardInIdle(ACCOUNT.direct(), false)).isEqualTo("without");
        assertThat(heardInIdle(ACCOUNT.proxied(), false)).isEqualTo("without");
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void hearsInIdleWithNotify() throws MessagingException {
        assertThat(heardInIdle(ACCOUNT.proxied(), true)).isEqualTo("with");
    }

    /** The subject of a message that comes while the client is in IDLE. */
    private static String heardInIdle(int port, boolean notify) throws MessagingException {
        CompletableFuture<String> heard = new CompletableFuture<>();
        try (IMAPStore store = connected(port)) {
            IMAPFolder inbox = (IMAPFolder) store.getFolder("INBOX");
            inbox.open(Folder.READ_ONLY);
            if (notify) {
                inbox.doCommand(protocol -> {
                    protocol.simpleCommand(NOTIFY, null);
                    return null;
                });
            }
            inbox.addMessageCountListener(new MessageCountAdapter() {
                @Override
                public void messagesAdded(MessageCountEvent event) {
                    heard.complete(subject(event.getMessages()[0]));
                }
            });
            CompletableFuture<Void> idle = CompletableFuture.runAsync(() -> idle(inbox));
            append(notify ? "with" : "without");
            heard.orTimeout(30, TimeUnit.SECONDS).join();
            inbox.close(); // ends its IDLE
            idle.join();
        }
        return heard.join();
    }

    private static void idle(IMAPFolder folder) {
        try {
            while (folder.isOpen()) {
                folder.idle();
            }
        } catch (MessagingException | IllegalStateException closed) {
            return; // it was closed between two calls
        }
    }

    private static String subject(Message message) {
        try {
            return message.getSubject();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void append(String subject) {
        try (ImapTestClient writer = ImapTestClient.loggedIn(ACCOUNT.direct(), USER)) {
            writer.append("INBOX", Messages.withSubject(subject));
        }
    }

    private static IMAPStore connected(int port) throws MessagingException {
        Properties properties = new Properties();
        properties.setProperty("mail.imap.connectiontimeout", "10000");
        properties.setProperty("mail.imap.timeout", "30000");
        IMAPStore store = (IMAPStore) Session.getInstance(properties).getStore("imap");
        store.connect(LegacyServer.HOST, port, USER, LegacyServer.PASSWORD);
        return store;
    }
}
