package org.imapnotify.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.imapnotify.wire.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThrottleTest {
    private static Optional<Throttle> of(String line) {
        return Throttle.of(Response.parse((line + "\r\n").getBytes(StandardCharsets.US_ASCII)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "w1 BAD Request is throttled. Suggested Backoff Time: 92415 milliseconds | 92415 | true",
                "w1 BAD Request is throttled. Suggested Backoff Time: 99999999999999 milliseconds | 7200000 | true",
                "w1 BAD Request is throttled. | 60000 | true",
                "* BYE Session invalidated - Throttled | 60000 | true",
                "w1 OK [THROTTLED] Success | 60000 | true",
                "* OK [throttled] slow down | 60000 | true",
                "w1 NO [LIMIT] Rate limit hit. | 60000 | true",
                "w1 NO [ALERT] Account exceeded command or bandwidth limits. (Failure) | 600000 | true",
                "* NO [ALERT] Too many simultaneous connections. (Failure) | 30000 | false",
                "w1 NO [LIMIT] Maximum number of connections from user+IP exceeded | 10000 | false",
                "w1 NO Too many open connections (4 of 4 for user3) | 10000 | false",
                "* BYE Too many connections from your address | 10000 | false",
                "w1 NO too many requests | 10000 | true",
                "w1 BAD User is authenticated but not connected. | 60000 | true",
                "w1 BAD Server Unavailable. 15 | 60000 | true",
                "w1 NO [LIMIT] Quota of commands | 10000 | true",
                "w1 NO [UNAVAILABLE] later | 10000 | false",
                "w1 NO [INUSE] locked | 10000 | false"
            })
    void whatUpstreamsSayIsUnderstood(String line, long millis, boolean work) {
        Throttle throttle = of(line).orElseThrow();
        assertThat(throttle.rest()).isEqualTo(Duration.ofMillis(millis));
        assertThat(throttle.work()).isEqualTo(work);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "w1 OK done, not too many, not throttled",
                "w1 NO no such mailbox",
                "* 12 FETCH (FLAGS () X \"too many\")",
                "* STATUS \"Too many\" (MESSAGES 1)",
                "w1 NO [AUTHENTICATIONFAILED] Too many invalid passwords",
                "w1 NO [EXPIRED] Too many days"
            })
    void othersAreNotTakenForIt(String line) {
        assertThat(of(line)).isEmpty();
    }

    @Test
    void aRefusedLoginStaysOneWhateverItsWords() {
        Response refused =
                Response.parse("w1 NO [AUTHENTICATIONFAILED] Too many tries\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(Failure.ofLogin(refused).kind()).isEqualTo(Failure.Kind.REFUSED);
    }
}
