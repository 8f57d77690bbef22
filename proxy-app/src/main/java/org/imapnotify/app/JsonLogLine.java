package org.imapnotify.app;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/** One JSON object a line, with the names of the Elastic Common Schema and ours below {@code imapnotify}. */
final class JsonLogLine extends LayoutBase<ILoggingEvent> {
    @Override
    public String doLayout(ILoggingEvent event) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("@timestamp", Instant.ofEpochMilli(event.getTimeStamp()));
        object.put("log.level", event.getLevel());
        object.put("log.logger", event.getLoggerName());
        object.put("message", event.getFormattedMessage());
        if (event.getKeyValuePairs() != null) {
            for (KeyValuePair pair : event.getKeyValuePairs()) {
                object.put("imapnotify." + pair.key, plain(pair.value));
            }
        }
        if (event.getThrowableProxy() != null) {
            object.put("error.stack_trace", ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        return Json.of(object) + "\n";
    }

    /** Numbers and truth stay what they are, so that they can be added up and searched. */
    private static Object plain(@Nullable Object value) {
        return value instanceof Number || value instanceof Boolean ? value : String.valueOf(value);
    }
}
