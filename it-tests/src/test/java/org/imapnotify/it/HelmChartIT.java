package org.imapnotify.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chart: what helm makes of it is valid for Kubernetes, and the proxy in its pod can be run with it and answers its probes. */
class HelmChartIT {
    private static final String LITTLE = "config: {upstream: {url: 'imaps://mail.example.org'}}\n";
    private static final String EVERYTHING = LITTLE + """
            tls: {secretName: mail-tls}
            upstreamCa: {secretName: mail-ca}
            masterUser: {name: watcher, secretName: mail-master}
            managementToken: {secretName: mail-token}
            service: {type: LoadBalancer, externalTrafficPolicy: Local, annotations: {a: b}}
            serviceMonitor: {enabled: true, labels: {release: prometheus}}
            networkPolicy: {enabled: true, managementFrom: [{namespaceSelector: {}}]}
            imagePullSecrets: [{name: registry}]
            podAnnotations: {c: d}
            podLabels: {e: f}
            nodeSelector: {disk: fast}
            tolerations: [{key: mail, operator: Exists}]
            affinity: {podAntiAffinity: {}}
            topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule}]
            """;

    @TempDir
    private Path folder;

    @Test
    void lintHasNothingAgainstIt() {
        LintResult lint = HelmChart.helm().lint().strict().call();
        assertThat(lint.isFailed()).as(lint.getMessages().toString()).isFalse();
        assertThat(lint.getMessages()).noneMatch(line -> line.startsWith("[WARNING]") || line.startsWith("[ERROR]"));
    }

    @Test
    void withoutAnUpstreamThereIsNone() {
        assertThatThrownBy(() -> HelmChart.with("")).hasMessageContaining("config.upstream.url: missing");
    }

    @Test
    void littleIsADeploymentOfWhatMayDoNothing() {
        HelmChart chart = HelmChart.with(LITTLE);
        assertThat(chart.all(ServiceMonitor.class)).isEmpty();
        assertThat(chart.all(NetworkPolicy.class)).isEmpty();
        assertThat(chart.one(PodDisruptionBudget.class).getSpec().getSelector().getMatchLabels())
                .isEqualTo(podLabels(chart));
        PodSpec pod = pod(chart);
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        var rights = container(chart).getSecurityContext();
        assertThat(rights.getReadOnlyRootFilesystem()).isTrue();
        assertThat(rights.getAllowPrivilegeEscalation()).isFalse();
        assertThat(rights.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(servicePorts(chart)).containsExactly("imap");
    }

    @Test
    void everythingIsValidAndFitsTogether() {
        HelmChart chart = HelmChart.with(EVERYTHING);
        List<String> ports =
                container(chart).getPorts().stream().map(port -> port.getName()).toList();
        assertThat(ports).contains("imap", "imaps", "management").containsAll(servicePorts(chart));
        for (Service service : chart.all(Service.class)) {
            assertThat(service.getSpec().getSelector()).isEqualTo(podLabels(chart));
        }
        assertThat(chart.one(ServiceMonitor.class).getSpec().getSelector().getMatchLabels())
                .containsEntry("app.kubernetes.io/component", "metrics");
        assertThat(chart.one(NetworkPolicy.class).getSpec().getIngress()).hasSize(2);
        List<String> volumes =
                pod(chart).getVolumes().stream().map(volume -> volume.getName()).toList();
        assertThat(container(chart).getVolumeMounts().stream().map(VolumeMount::getName))
                .containsExactlyElementsOf(volumes);
    }

    @Test
    void theGraceIsLongerThanTheDrain() {
        HelmChart chart = HelmChart.with(LITTLE + "drain: {delaySeconds: 20, spreadSeconds: 100}\n");
        assertThat(chart.configuration()).contains("20s", "100s");
        assertThat(pod(chart).getTerminationGracePeriodSeconds()).isEqualTo(140);
    }

    @Test
    void aPodRunsAndAnswersItsProbes() throws IOException {
        HelmChart chart = HelmChart.with(EVERYTHING);
        Path config = secrets(chart);
        List<String> check = List.of("java", "-jar", ProxyProcess.jar().toString(), "check-config", config.toString());
        Command checked = Command.run(folder, Duration.ofSeconds(30), check);
        assertThat(checked.exitCode()).as(checked.output()).isZero();

        List<String> arguments = container(chart).getArgs();
        assertThat(arguments).startsWith("run", "--config");
        try (ProxyProcess proxy = ProxyProcess.before(
                LegacyServer.shared(Variant.DOVECOT_LEGACY),
                "--config",
                config.toString(),
                "--log-format=text",
                "--listen-tls=127.0.0.1:0")) {
            for (HTTPGetAction probe : probes(chart)) {
                assertThat(probe.getPort().getStrVal()).isEqualTo("management");
                assertThat(status(proxy, probe.getPath())).isEqualTo(200);
            }
            ImapTestClient.connect(proxy.port()).close();
        }
    }

    @Test
    void theImagesOwnAddressesAreOverridden() {
        assertThat(container(HelmChart.with(LITTLE)).getEnv().stream().map(EnvVar::getName))
                .contains("IMAPNOTIFY_LISTEN", "IMAPNOTIFY_MANAGEMENT");
    }

    /** The mounted folders, below the test's own; gives the configuration file that is in one of them. */
    private Path secrets(HelmChart chart) throws IOException {
        Certificate certificate = Certificate.of(folder, "DNS:localhost");
        String mounted = "/etc/imap-notify-proxy";
        for (VolumeMount mount : container(chart).getVolumeMounts()) {
            assertThat(mount.getMountPath()).startsWith(mounted);
            Files.createDirectories(folder.resolve(mount.getName()));
        }
        Files.copy(certificate.chain(), folder.resolve("tls/tls.crt"));
        Files.copy(certificate.key(), folder.resolve("tls/tls.key"));
        Files.copy(certificate.chain(), folder.resolve("upstream-ca/ca.crt"));
        Files.writeString(folder.resolve("master/password"), "secret\n");
        Files.writeString(folder.resolve("token/token"), "0123456789abcdef\n");
        return Files.writeString(
                folder.resolve("config/config.yaml"), chart.configuration().replace(mounted, folder.toString()));
    }

    private static int status(ProxyProcess proxy, String path) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + proxy.managementPort() + path);
        return ((HttpURLConnection) uri.toURL().openConnection()).getResponseCode();
    }

    private static List<HTTPGetAction> probes(HelmChart chart) {
        Container container = container(chart);
        return Stream.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe())
                .map(probe -> probe.getHttpGet())
                .toList();
    }

    private static List<String> servicePorts(HelmChart chart) {
        return chart.all(Service.class).get(0).getSpec().getPorts().stream()
                .map(port -> port.getTargetPort().getStrVal())
                .toList();
    }

    private static Map<String, String> podLabels(HelmChart chart) {
        return chart.one(Deployment.class).getSpec().getSelector().getMatchLabels();
    }

    private static PodSpec pod(HelmChart chart) {
        return chart.one(Deployment.class).getSpec().getTemplate().getSpec();
    }

    private static Container container(HelmChart chart) {
        return pod(chart).getContainers().get(0);
    }
}
