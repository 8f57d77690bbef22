package org.imapnotify.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LingeringTest {
    private long nanos;
    private final List<String> ended = new ArrayList<>();
    private final Lingering<String, String> lingering = new Lingering<>(() -> nanos, ended::add);

    private void seconds(long seconds) {
        nanos += seconds * 1_000_000_000L;
        lingering.tidy();
    }

    @Test
    void isEndedOnceWhenItsTimeIsOver() {
        lingering.put("anna", "watcher");
        seconds(59);
        assertThat(ended).isEmpty();
        assertThat(lingering.find("anna")).contains("watcher");
        seconds(2);
        assertThat(ended).containsExactly("watcher");
        assertThat(lingering.take("anna")).isEmpty();
        seconds(120);
        assertThat(ended).hasSize(1);
    }

    @Test
    void whoIsTakenIsNotEndedAndWaitsTheWholeTimeAnew() {
        lingering.put("anna", "watcher");
        seconds(59);
        assertThat(lingering.take("anna")).contains("watcher");
        seconds(120);
        assertThat(ended).isEmpty();
        lingering.put("anna", "watcher");
        seconds(59);
        assertThat(ended).isEmpty();
        assertThat(lingering.all()).containsExactly("watcher");
        seconds(2);
        assertThat(ended).containsExactly("watcher");
    }

    @Test
    void whatIsForgottenIsNotEnded() {
        lingering.put("anna", "watcher");
        lingering.clear();
        seconds(120);
        assertThat(ended).isEmpty();
        assertThat(lingering.all()).isEmpty();
    }
}
