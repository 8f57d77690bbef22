package org.imapnotify.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SequenceSetTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"1;1;true", "1:3;2;true", "3:1;2;true", "1,5:7;6;true", "1,5:7;4;false", "'';1;false", "x;1;false"
            })
    void holds(String set, long number, boolean expected) {
        assertThat(SequenceSet.holds(set, number)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"41;1", "41,43:116,118;76", "310:300;11", "(EARLIER) 41,43:116;0", "(earlier) 1;0"})
    void countsWhatVanished(String set, long size) {
        assertThat(SequenceSet.size(set)).isEqualTo(size);
    }
}
