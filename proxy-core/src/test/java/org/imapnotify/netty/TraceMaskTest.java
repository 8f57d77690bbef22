package org.imapnotify.netty;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TraceMaskTest {
    private final TraceMask mask = new TraceMask();

    @Test
    void whatIsNoLoginIsShownAsItIs() {
        assertThat(mask.command("a1 FETCH 1:* (FLAGS)")).isEqualTo("a1 FETCH 1:* (FLAGS)");
        assertThat(mask.response("a1 OK done")).isEqualTo("a1 OK done");
        assertThat(mask.response("+ idling")).isEqualTo("+ idling");
    }

    @Test
    void aLoginShowsNeitherUserNorPassword() {
        assertThat(mask.command("a1 login ann secret")).isEqualTo("a1 login [masked]");
        assertThat(mask.response("a1 BAD what is secret?")).isEqualTo("a1 BAD [masked]");
        assertThat(mask.command("a2 NOOP")).isEqualTo("a2 NOOP");
    }

    @Test
    void allLinesOfAnAuthenticateAreMaskedUntilItIsAnswered() {
        assertThat(mask.command("a1 AUTHENTICATE PLAIN AGFubgBzZWNyZXQ=")).isEqualTo("a1 AUTHENTICATE [masked]");
        assertThat(mask.response("+ Y2hhbGxlbmdl")).isEqualTo("+ [masked]");
        assertThat(mask.command("AGFubgBzZWNyZXQ=")).isEqualTo("[masked]");
        assertThat(mask.response("* 3 EXISTS")).isEqualTo("* 3 EXISTS");
        assertThat(mask.response("a1 NO secret is wrong")).isEqualTo("a1 NO [masked]");
        assertThat(mask.command("a2 NOOP")).isEqualTo("a2 NOOP");
    }

    @Test
    void aLoginOutOfFormIsALogin() {
        assertThat(mask.command("LOGIN ann secret")).doesNotContain("secret");
        assertThat(mask.command("a1   LOGIN \t ann secret")).doesNotContain("secret");
    }
}
