package org.imapnotify.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.imapnotify.app.ReferenceCommand.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema says of files what the program says of them, as far as a schema can. */
class ReferenceSchemaTest {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final Schema schema = REGISTRY.getSchema(Kind.SCHEMA.text());

    @Test
    void isASchema() {
        Schema metaSchema = REGISTRY.getSchema(
                com.networknt.schema.SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        assertThat(metaSchema.validate(Kind.SCHEMA.text(), InputFormat.JSON)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"packaging/deb/config.yaml", "docs/reference/imap-notify-proxy.yaml"})
    void takesTheFilesThatAreShipped(String shipped) throws IOException {
        assertThat(schema.validate(Files.readString(Path.of("..").resolve(shipped)), InputFormat.YAML))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "upstream: imap://h",
                "upstream: [imap://h, imap://i]",
                "upstream: {url: imap://h, compress: true, proxy-protocol: v2}",
                "{upstream: imap://h, listeners: {listen: '127.0.0.1:0', listen-tls: ['127.0.0.1:0']}}",
                "{upstream: imap://h, watch: inline, poll-interval: 500ms}",
                "{upstream: imap://h, watch: {mode: inline, poll-interval: 500ms, connections: 3}}",
                "{upstream: imap://h, site: [{names: [a.example], upstream: imap://i}]}",
            })
    void takesBothForms(String yaml) {
        assertThat(schema.validate(yaml, InputFormat.YAML)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "watch: auto",
                "upstream: {compress: true}",
                "{upstream: imap://h, wach: {mode: auto}}",
                "{upstream: imap://h, watch: {conections: 3}}",
                "{upstream: imap://h, watch: {connections: many}}",
                "{upstream: imap://h, watch: sometimes}",
                "{upstream: imap://h, watch: {poll-interval: 30}}",
                "{upstream: imap://h, tls: yes please}",
                "{upstream: imap://h, listeners: {compress: 2}}",
            })
    void refusesWhatTheProgramRefuses(String yaml) {
        assertThat(schema.validate(yaml, InputFormat.YAML)).isNotEmpty();
    }
}
