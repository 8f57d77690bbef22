package org.imapnotify.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailboxNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"INBOX", "inbox", "InBoX"})
    void foldsInboxAloneInAnyCase(String octets) {
        assertThat(MailboxName.of(octets)).isEqualTo(MailboxName.INBOX);
        assertThat(MailboxName.ofUtf8(octets).isInbox()).isTrue();
    }

    @Test
    void keepsCaseEverywhereElse() {
        assertThat(MailboxName.of("Sent")).isNotEqualTo(MailboxName.of("sent"));
        assertThat(MailboxName.of("Inbox/a").octets()).isEqualTo("Inbox/a");
        assertThat(MailboxName.of("inboxes").isInbox()).isFalse();
    }

    /** The first is the example of RFC 3501, 5.1.3. */
    @ParameterizedTest
    @CsvSource({
        "'~peter/mail/&U,BTFw-/&ZeVnLIqe-', ~peter/mail/\u53f0\u5317/\u65e5\u672c\u8a9e",
        "&AOk-t&AOk-, \u00e9t\u00e9",
        "a&-b, a&b",
        "&2D3eAA-, \ud83d\ude00",
        "&-&AOk-&-, &\u00e9&",
        "plain, plain"
    })
    void translatesBetweenModifiedUtf7AndUtf8(String utf7, String unicode) {
        MailboxName name = MailboxName.of(utf7);
        assertThat(name.display()).isEqualTo(unicode);
        assertThat(name.utf8Octets()).isEqualTo(Utf8.encode(unicode));
        assertThat(MailboxName.ofUtf8(Utf8.encode(unicode))).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a&b",
                "&",
                "&AOk",
                "&!-",
                "&AO-",
                "&AOk=-",
                "&AGE-", // "a" has to stand for itself
                "&AOk-&AOk-", // has to be one run
                "&AOl-", // bits left over in the last base64 character
                "&2D0-", // half of a surrogate pair
                "&AAo-", // hides a line feed
                "&AAA-",
                "caf\u00e9", // raw Latin-1
                "caf\u00c3\u00a9" // raw UTF-8
            })
    void keepsWhatIsNoModifiedUtf7(String octets) {
        assertThat(MailboxName.of(octets).octets()).isEqualTo(octets);
        assertThat(MailboxName.of(octets).utf8Octets()).isEqualTo(octets);
    }

    @ParameterizedTest
    @ValueSource(strings = {"caf\u00e9", "\u00c0\u00af", "\u00ed\u00a0\u0080", "a\u00ff"})
    void keepsWhatIsNoUtf8(String octets) {
        assertThat(MailboxName.ofUtf8(octets).octets()).isEqualTo(octets);
    }

    @Test
    void showsRawUtf8AndLatin1AsMeant() {
        assertThat(MailboxName.of("caf\u00c3\u00a9").display()).isEqualTo("caf\u00e9");
        assertThat(MailboxName.of("caf\u00e9").display()).isEqualTo("caf\u00e9");
    }

    @Test
    void escapesWhatCouldForgeALogLine() {
        assertThat(MailboxName.of("a\r\nINFO b\u001b[0m")).hasToString("a\\u000d\\u000aINFO b\\u001b[0m");
        assertThat(MailboxName.ofUtf8(Utf8.encode("a\u202eb\u2028"))).hasToString("a\\u202eb\\u2028");
    }

    @Test
    void knowsItsDescendantsByWholeLevels() {
        MailboxName lists = MailboxName.of("Lists");
        assertThat(MailboxName.of("Lists/a").isBelow(lists, '/')).isTrue();
        assertThat(MailboxName.of("Lists/a/b").isBelow(lists, '/')).isTrue();
        assertThat(lists.isBelow(lists, '/')).isFalse();
        assertThat(MailboxName.of("Listserv/a").isBelow(lists, '/')).isFalse();
        assertThat(MailboxName.of("Lists.a").isBelow(lists, '/')).isFalse();
        assertThat(MailboxName.of("lists/a").isBelow(lists, '/')).isFalse();
        assertThat(MailboxName.of("Lists\0a").isBelow(lists, (char) 0)).isFalse();
    }

    @Test
    void findsWhatIsBelowInboxInAnyCase() {
        assertThat(MailboxName.of("inbox.a").isBelow(MailboxName.INBOX, '.')).isTrue();
        assertThat(MailboxName.of("inbox.a").parent('.')).contains(MailboxName.INBOX);
    }

    @Test
    void findsTheParent() {
        assertThat(MailboxName.of("a/b/c").parent('/')).contains(MailboxName.of("a/b"));
        assertThat(MailboxName.of("a").parent('/')).isEmpty();
        assertThat(MailboxName.of("/a").parent('/')).isEmpty();
        assertThat(MailboxName.of("a\0b").parent((char) 0)).isEmpty();
    }

    /** Whoever may name mailboxes could make a map of them a list (hash flooding); the same number of other names is the measure. */
    @Test
    void namesOfOneHashAreFoundAsQuicklyAsOthers() {
        List<MailboxName> flood = new ArrayList<>();
        List<MailboxName> others = new ArrayList<>();
        for (int i = 0; i < 1 << 15; i++) {
            StringBuilder name = new StringBuilder();
            for (int bit = 0; bit < 15; bit++) {
                name.append((i & 1 << bit) == 0 ? "Aa" : "BB");
            }
            flood.add(MailboxName.of(name.toString()));
            others.add(MailboxName.of(name.toString() + i));
        }
        assertThat(flood.stream().map(MailboxName::hashCode).distinct()).hasSize(1);
        timeToMap(others);
        assertThat(timeToMap(flood)).isLessThan(50 * timeToMap(others) + 50_000_000);
    }

    private static long timeToMap(List<MailboxName> names) {
        long begin = System.nanoTime();
        Map<MailboxName, Integer> map = new HashMap<>();
        names.forEach(name -> map.merge(name, 1, Integer::sum));
        assertThat(map).hasSize(names.size());
        return System.nanoTime() - begin;
    }
}
