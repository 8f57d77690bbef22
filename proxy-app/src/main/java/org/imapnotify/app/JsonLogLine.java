package org.imapnotify.app;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
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
                object.put("imapnotify." + pair.key, String.valueOf(pair.value));
            }
        }
        if (event.getThrowableProxy() != null) {
            object.put("error.stack_trace", ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        return Json.of(object) + "\n";
    }
}
