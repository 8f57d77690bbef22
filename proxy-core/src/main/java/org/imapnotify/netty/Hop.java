package org.imapnotify.netty;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.RejectedExecutionException;

/** From one event loop to another. When the proxy stops loops end one after the other, and who still runs owes nothing to who is gone. */
final class Hop {
    private Hop() {}

    /** Runs the task there, unless that loop has ended. */
    static void to(EventExecutor loop, Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            if (!loop.isShutdown()) {
                throw e;
            }
        }
    }
}
