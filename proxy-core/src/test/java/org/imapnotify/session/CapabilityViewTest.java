package org.imapnotify.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.imapnotify.Requirement;
import org.imapnotify.session.SessionOptions.NotifyUse;
import org.imapnotify.wire.Capabilities;
import org.junit.jupiter.api.Test;

@Requirement("N-001")
class CapabilityViewTest {
    private static final String UPSTREAM = "IMAP4rev1 STARTTLS AUTH=PLAIN AUTH=XOAUTH2 AUTH=SCRAM-SHA-1";

    private static String shown(CapabilityView view, String upstream, boolean authenticated) {
        return view.forClient(Capabilities.of(upstream), authenticated).words();
    }

    private static CapabilityView view(boolean startTls, boolean secured, boolean plaintextAuth, NotifyUse use) {
        SessionOptions options = TestOptions.with(startTls, secured, plaintextAuth, use);
        return new CapabilityView(options, new UpstreamQuirks(options));
    }

    private static boolean emulates(String greeting, String upstream) {
        SessionOptions options = TestOptions.with(false, true, false, NotifyUse.AUTO);
        UpstreamQuirks quirks = new UpstreamQuirks(options);
        quirks.recognition().greeting(greeting);
        quirks.recognition().capabilities(Capabilities.of(upstream));
        return new CapabilityView(options, quirks).emulates(Capabilities.of(upstream));
    }

    @Test
    void addsNotifyAndIdle() {
        CapabilityView view = view(false, true, false, NotifyUse.AUTO);
        assertThat(shown(view, "IMAP4rev1", true)).isEqualTo("IMAP4rev1 IDLE NOTIFY");
        assertThat(shown(view, "IMAP4rev1 IDLE X", true)).isEqualTo("IMAP4rev1 IDLE X NOTIFY");
    }

    @Test
    @Requirement("N-004")
    void leavesAnUpstreamWithNotifyAlone() {
        CapabilityView view = view(false, true, false, NotifyUse.AUTO);
        Capabilities upstream = Capabilities.of("IMAP4rev1 NOTIFY");
        assertThat(view.emulates(upstream)).isFalse();
        assertThat(view.forClient(upstream, true).words()).isEqualTo("IMAP4rev1 NOTIFY");
        assertThat(view(false, true, false, NotifyUse.EMULATE).emulates(upstream))
                .isTrue();
    }

    @Test
    @Requirement("N-004")
    void dovecotBefore24LosesEvents() {
        assertThat(emulates("* OK Dovecot ready.", "IMAP4rev1 NOTIFY")).isTrue();
        assertThat(emulates("* OK Dovecot ready.", "IMAP4rev1 NOTIFY INPROGRESS"))
                .isFalse();
        assertThat(emulates("* OK ready.", "IMAP4rev1 NOTIFY SNIPPET=FUZZY")).isTrue();
    }

    @Test
    void offAddsNothing() {
        assertThat(shown(view(false, true, false, NotifyUse.OFF), "IMAP4rev1 STARTTLS", true))
                .isEqualTo("IMAP4rev1");
    }

    @Test
    @Requirement("N-251")
    void hidesWhatDoesNotPassThroughTheProxy() {
        assertThat(shown(
                        view(false, true, false, NotifyUse.OFF),
                        "IMAP4rev1 starttls AUTH=SCRAM-SHA-256-PLUS AUTH=external X-PLUS",
                        true))
                .isEqualTo("IMAP4rev1 X-PLUS");
    }

    @Test
    void asksForNoPasswordWithoutTls() {
        CapabilityView view = view(false, false, false, NotifyUse.OFF);
        assertThat(shown(view, UPSTREAM, false)).isEqualTo("IMAP4rev1 AUTH=SCRAM-SHA-1 LOGINDISABLED");
        assertThat(shown(view, UPSTREAM, true)).isEqualTo("IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 AUTH=SCRAM-SHA-1");
        assertThat(view.passwordsAllowed()).isFalse();
    }

    @Test
    void startTlsEndsWithTls() {
        CapabilityView view = view(true, false, false, NotifyUse.OFF);
        assertThat(shown(view, UPSTREAM, false)).isEqualTo("IMAP4rev1 AUTH=SCRAM-SHA-1 STARTTLS LOGINDISABLED");
        view.clientSecured();
        assertThat(shown(view, UPSTREAM, false)).isEqualTo("IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 AUTH=SCRAM-SHA-1");
        assertThat(view.startTlsOffered()).isFalse();
        assertThat(view.passwordsAllowed()).isTrue();
    }
}
