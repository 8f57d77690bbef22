package org.imapnotify.upstream;

/**
 * What is known of an upstream besides what it says.
 *
 * @param quirks the rules that apply to it
 * @param pipelining what was seen of it by all accounts
 */
public record UpstreamProfile(QuirkChoice quirks, Pipelining.Verdict pipelining) {
    /** With the rules that fit, and nothing seen yet. */
    public static UpstreamProfile fresh() {
        return new UpstreamProfile(QuirkChoice.AUTO, Pipelining.Verdict.open());
    }
}
