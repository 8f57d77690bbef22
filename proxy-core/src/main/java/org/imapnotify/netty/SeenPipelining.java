package org.imapnotify.netty;

import org.imapnotify.upstream.Pipelining;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the accounts of one upstream have found out of how it takes commands that come together; thread-safe. */
final class SeenPipelining implements Pipelining.Verdict {
    private static final Logger LOGGER = LoggerFactory.getLogger(SeenPipelining.class);

    private final UpstreamOptions upstream;
    private volatile boolean broken;

    SeenPipelining(UpstreamOptions upstream) {
        this.upstream = upstream;
    }

    @Override
    public boolean isBroken() {
        return broken;
    }

    @Override
    public void broken() {
        if (!broken) {
            broken = true;
            LOGGER.atWarn()
                    .addKeyValue("upstream", upstream.addresses().get(0))
                    .log("loses commands that are sent together: it is asked one by one from now on");
        }
    }
}
