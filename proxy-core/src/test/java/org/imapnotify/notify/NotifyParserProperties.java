package org.imapnotify.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.imapnotify.Requirement;
import org.imapnotify.wire.ImapReader;
import org.imapnotify.wire.MailboxName;

class NotifyParserProperties {
    private static final Set<Event> MAILBOX_EVENTS = Set.of(Event.MAILBOX_NAME, Event.SUBSCRIPTION_CHANGE);

    @Property(edgeCases = EdgeCasesMode.NONE)
    @Requirement({"N-010", "N-014", "N-017", "N-021"})
    void readsBackEveryCommandHoweverItIsSpelled(@ForAll("commands") NotifyCommand command, @ForAll Random spelling) {
        String rendered = new NotifyRenderer(spelling).arguments(command);
        assertThat(Notify.parse(rendered)).as(rendered).isEqualTo(command);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @Requirement("N-012")
    void refusesEveryCommandThatIsCutShort(
            @ForAll("sets") NotifyCommand.Set command, @ForAll Random spelling, @ForAll Random place) {
        String rendered = new NotifyRenderer(spelling).arguments(command);
        String cut = rendered.substring(0, place.nextInt(rendered.length()));
        if (!cut.endsWith(")") || !isBalanced(cut)) {
            assertNoWorse(cut.getBytes(StandardCharsets.ISO_8859_1), true);
        }
    }

    /** A literal may hold parentheses; then the cut may be a whole command by chance, which is no failure. */
    private static boolean isBalanced(String cut) {
        return cut.chars().filter(c -> c == '(').count()
                        == cut.chars().filter(c -> c == ')').count()
                || cut.contains("{")
                || cut.contains("\"");
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @Requirement("N-027")
    void answersAnyOctetsWithACommandOrARefusal(@ForAll byte[] octets) {
        assertNoWorse(octets, false);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    @Requirement("N-027")
    void answersDamagedCommandsWithACommandOrARefusal(
            @ForAll("sets") NotifyCommand.Set command, @ForAll Random spelling, @ForAll Random damage) {
        byte[] octets = new NotifyRenderer(spelling).arguments(command).getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < 3; i++) {
            octets[damage.nextInt(octets.length)] = (byte) " ()\"{}[]<>.\\\r\n0Z\0".charAt(damage.nextInt(17));
        }
        assertNoWorse(octets, false);
    }

    private static void assertNoWorse(byte[] octets, boolean mustRefuse) {
        try {
            NotifyCommand command = NotifyParser.parse(new ImapReader(octets), Notify.having(Notify.EVERYTHING));
            if (mustRefuse) {
                fail("took " + command);
            }
        } catch (NotifyRefused refused) {
            assertThat(refused.response())
                    .startsWith(refused.bad() ? "BAD " : "NO [")
                    .doesNotContain("\r", "\n");
        }
    }

    @Provide
    Arbitrary<NotifyCommand> commands() {
        return Arbitraries.oneOf(Arbitraries.just(new NotifyCommand.None()), sets());
    }

    @Provide
    Arbitrary<NotifyCommand.Set> sets() {
        Arbitrary<List<EventGroup>> groups = Combinators.combine(
                        selectedGroup().list().ofMaxSize(1),
                        otherGroup().list().ofMinSize(1).ofMaxSize(5))
                .as((selected, others) -> {
                    List<EventGroup> all = new ArrayList<>(others);
                    all.addAll(others.size() / 2, selected);
                    return all;
                });
        return Combinators.combine(Arbitraries.of(true, false), groups).as(NotifyCommand.Set::new);
    }

    private static Arbitrary<EventGroup> selectedGroup() {
        Arbitrary<List<FetchAtt>> atts = fetchAtts().list().uniqueElements().ofMaxSize(4);
        return Combinators.combine(Arbitraries.of(Notify.SELECTED, Notify.DELAYED), messageEvents(), atts)
                .as((filter, events, list) -> new EventGroup(filter, events, events.isEmpty() ? List.of() : list));
    }

    private static Arbitrary<EventGroup> otherGroup() {
        Arbitrary<FilterMailboxes> filters = Arbitraries.oneOf(
                Arbitraries.of(Notify.INBOXES, Notify.PERSONAL, Notify.SUBSCRIBED),
                names().map(FilterMailboxes.Subtree::new),
                names().map(FilterMailboxes.Mailboxes::new));
        Arbitrary<Set<Event>> events = Combinators.combine(
                        messageEvents(), Arbitraries.of(MAILBOX_EVENTS).set())
                .as((some, more) -> {
                    some.addAll(more);
                    return some;
                });
        return Combinators.combine(filters, events).as((filter, set) -> new EventGroup(filter, set, List.of()));
    }

    private static Arbitrary<Set<Event>> messageEvents() {
        return Arbitraries.of(Set.<Event>of(), Notify.NEW_AND_EXPUNGE, Notify.WITH_FLAGS)
                .map(HashSet::new);
    }

    private static Arbitrary<List<MailboxName>> names() {
        return Arbitraries.oneOf(
                        Arbitraries.of("INBOX", "inbox", "NONE", "STATUS", "SELECTED", "a/b", "", "*", "%", "]", "{3}"),
                        Arbitraries.strings().withCharRange('\1', '\u00ff').ofMaxLength(12))
                .map(MailboxName::of)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }

    private static Arbitrary<FetchAtt> fetchAtts() {
        Arbitrary<String> parts = Arbitraries.of("", "1.", "1.2.", "10.3.1.");
        Arbitrary<String> texts =
                Arbitraries.of("TEXT", "HEADER", "HEADER.FIELDS (From)", "HEADER.FIELDS.NOT (X-A \"q(\" \"\\\"\")");
        Arbitrary<String> sections = Arbitraries.oneOf(
                Arbitraries.of("", "1", "2.30", "1.MIME"),
                Combinators.combine(parts, texts).as((part, text) -> part + text));
        Arbitrary<String> arguments = Combinators.combine(sections, Arbitraries.of("", "<0.1>", "<512.4294967295>"))
                .as((section, partial) -> "[" + section + "]" + partial);
        return Arbitraries.oneOf(
                Arbitraries.of("UID", "FLAGS", "BODY", "RFC822", "RFC822.TEXT", "MODSEQ", "PREVIEW", "X-GM-LABELS")
                        .map(FetchAtt::of),
                Arbitraries.just(new FetchAtt("PREVIEW", " (LAZY)")),
                Arbitraries.just(new FetchAtt("BINARY.SIZE", "[1.2]")),
                Combinators.combine(Arbitraries.of("BODY", "BODY.PEEK"), arguments)
                        .as(FetchAtt::new));
    }
}
