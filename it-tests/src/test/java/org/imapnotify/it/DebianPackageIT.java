package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The Debian package in a clean container without a network of its own. There is no systemd at work in it, so what the unit says
 * is run by hand, as a user without rights.
 */
class DebianPackageIT {
    private static final String IMAGE = "imapnotify/it-debian";
    private static final Path DEB = Folders.PROJECT.resolve("proxy-app/target/imap-notify-proxy.deb");
    private static final String INSTALL = "apt-get install -y /imap-notify-proxy.deb";
    private static final String UNIT = "/usr/lib/systemd/system/imap-notify-proxy.service";
    private static final String CONFIG = "/etc/imap-notify-proxy/config.yaml";
    private static final String START =
            "setpriv --reuid=nobody --regid=nogroup --groups=$(getent group ssl-cert | cut -d: -f3)"
                    + " --no-new-privs $(sed -n 's/^ExecStart=//p' " + UNIT + ") >/tmp/log 2>&1 & echo $! >/tmp/pid";
    /** Ten times what systemd-analyze prints; 2.0 and below is "OK", and no stranger's services get there. */
    private static final int EXPOSURE = 20;

    private final String name = "it-deb-" + LegacyServer.freePort();

    @BeforeAll
    static void build() {
        Docker.require();
        if (Files.notExists(DEB)) {
            throw new IllegalStateException(DEB + " is missing; a build without -Dqa=false makes it");
        }
        Docker.build(IMAGE, "it-tests/servers/debian.Dockerfile", "it-tests/servers", "BASE");
    }

    @BeforeEach
    void start() {
        Docker.run("run", "-d", "--network=none", "--name", name, IMAGE);
        Docker.run("cp", DEB.toString(), name + ":/imap-notify-proxy.deb");
    }

    @AfterEach
    void remove() {
        Docker.tried("rm", "-f", name);
    }

    private String shell(String script) {
        return Docker.run("exec", name, "bash", "-eo", "pipefail", "-c", script).output();
    }

    @Test
    void installsRunsAndLeavesNothingBehind() {
        shell("find / -xdev | sort >/tmp/before");
        shell(INSTALL);
        assertThat(shell("dpkg --audit; dpkg --verify imap-notify-proxy")).isBlank();
        shell("test -s /var/cache/imap-notify-proxy/classes.jsa");
        assertThat(shell("imap-notify-proxy --version")).startsWith("imap-notify-proxy ");

        shell(START);
        await().atMost(Duration.ofSeconds(30)).until(() -> shell("cat /tmp/log").contains(" listening "));
        shell("imap-notify-proxy ready");
        assertThat(shell("exec 3<>/dev/tcp/127.0.0.1/1143; read -r -t 5 line <&3; echo \"$line\""))
                .startsWith("* BYE [UNAVAILABLE]"); // no mail server here
        assertThat(shell("tr '\\0' '\\n' </proc/$(cat /tmp/pid)/cmdline; grep ^Uid: /proc/$(cat /tmp/pid)/status"))
                .contains("-XX:SharedArchiveFile=/var/cache/imap-notify-proxy/classes.jsa")
                .contains("65534");
        shell(
                "setpriv --reuid=nobody --regid=nogroup --clear-groups grep -q /usr/lib/imap-notify-proxy/libnetty_transport_native_epoll /proc/$(cat /tmp/pid)/maps");
        shell("kill -TERM $(cat /tmp/pid)");
        await().atMost(Duration.ofSeconds(20)).until(() -> shell("cat /tmp/log").contains(" stopped "));
        assertThat(shell("cat /tmp/log")).doesNotContain("ERROR");

        shell("apt-get purge -y imap-notify-proxy && rm -f /tmp/log /tmp/pid");
        assertThat(shell("find / -xdev | sort >/tmp/after; comm -13 /tmp/before /tmp/after"
                        + " | grep -v -e ^/proc -e ^/tmp -e ^/var/log -e ^/var/cache/apt -e ^/var/cache/debconf -e '^/var/lib/dpkg/.*-old$'"
                        + " -e ^/var/lib/apt || true"))
                .isBlank();
    }

    @Test
    void keepsAChangedConfigurationOverRemovalAndUpgrade() {
        shell(INSTALL);
        shell("echo 'poll-interval: 7s' >>" + CONFIG);
        shell("apt-get install --reinstall -y /imap-notify-proxy.deb");
        shell("grep -q 'poll-interval: 7s' " + CONFIG);
        shell("apt-get remove -y imap-notify-proxy");
        shell("test ! -e /usr/bin/imap-notify-proxy -a ! -e " + UNIT);
        shell("grep -q 'poll-interval: 7s' " + CONFIG);
        shell(INSTALL + " && imap-notify-proxy check-config " + CONFIG);
        shell("grep -q 'poll-interval: 7s' " + CONFIG);
        shell(
                "apt-get purge -y imap-notify-proxy && test ! -e /etc/imap-notify-proxy -a ! -e /etc/default/imap-notify-proxy");
    }

    @Test
    void theUnitIsRightAndExposesLittle() {
        shell(INSTALL);
        assertThat(shell("systemd-analyze verify --man=no " + UNIT + " 2>&1 || true"))
                .doesNotContain("imap-notify-proxy.service:");
        String exposure = shell("systemd-analyze security --offline=true --threshold=" + EXPOSURE + " " + UNIT
                + " | sed -n 's/^.*Overall exposure level for/exposure of/p'");
        System.out.println("[it] systemd-analyze security: " + exposure.strip());
        assertThat(exposure).contains("imap-notify-proxy.service");
        shell("! systemd-analyze security --offline=true --threshold=1 " + UNIT); // the bar can be missed
    }
}
