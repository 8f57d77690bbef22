package org.imapnotify.session.transcript;

import java.time.Duration;
import java.util.Locale;
import org.imapnotify.session.SessionOptions;
import org.imapnotify.session.SessionOptions.Compress;
import org.imapnotify.session.SessionOptions.NotifyUse;
import org.imapnotify.session.SessionOptions.WatchUse;
import org.imapnotify.upstream.ConnectionSettings;
import org.imapnotify.upstream.Pipelining;
import org.imapnotify.upstream.QuirkChoice;
import org.imapnotify.upstream.UpstreamProfile;
import org.imapnotify.watch.WatchSettings;
import org.imapnotify.watch.WatchSettings.Patience;

/** What the headers of a transcript say. */
final class Settings {
    private Settings() {}

    static SessionOptions session(Transcript transcript) {
        return new SessionOptions(
                transcript.isYes("upstream-starttls", false),
                transcript.isYes("starttls", false),
                transcript.isYes("implicit-tls", false),
                transcript.isYes("plaintext-auth", true),
                duration(transcript.header("upstream-patience", "30s")),
                NotifyUse.valueOf(transcript.header("notify", "auto").toUpperCase(Locale.ROOT)),
                WatchUse.valueOf(transcript.header("watch-use", "auto").toUpperCase(Locale.ROOT)),
                duration(transcript.header("poll-interval", "30s")),
                duration(transcript.header("metadata-interval", "5m")),
                duration(transcript.header("idle-reissue", "28m")),
                new Compress(transcript.isYes("compress", false), transcript.isYes("upstream-compress", false)),
                transcript.isYes("watch-by-name", false),
                transcript.header("introduction", ""),
                quirks(transcript));
    }

    static boolean watchesReally(Transcript transcript) {
        return transcript.header("watch", "table").equals("real");
    }

    static WatchSettings watch(Transcript transcript) {
        return new WatchSettings(
                new ConnectionSettings(
                        transcript.isYes("upstream-starttls", false),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30),
                        false,
                        profile(transcript)),
                duration(transcript.header("poll-interval", "30s")),
                Integer.parseInt(transcript.header("watch-connections", "2")),
                duration(transcript.header("idle-reissue", "28m")),
                duration(transcript.header("metadata-interval", "5m")),
                Patience.LONG);
    }

    private static UpstreamProfile profile(Transcript transcript) {
        return new UpstreamProfile(quirks(transcript), Pipelining.Verdict.open());
    }

    /** {@code auto}, {@code off} or keys of rules. */
    private static QuirkChoice quirks(Transcript transcript) {
        return QuirkChoice.parse(transcript.header("quirks", "auto"))
                .orElseThrow(() -> new IllegalArgumentException("no such quirks"));
    }

    /** {@code 500ms}, {@code 2s}, {@code 28m}, {@code 1h}. */
    static Duration duration(String written) {
        String unit = written.replaceAll("\\d+", "");
        long number = Long.parseLong(written.substring(0, written.length() - unit.length()));
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> throw new IllegalArgumentException("not a time: " + written);
        };
    }
}
