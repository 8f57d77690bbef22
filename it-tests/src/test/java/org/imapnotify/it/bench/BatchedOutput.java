package org.imapnotify.it.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Flushes only when no further command waits, as servers answer pipelined commands. */
final class BatchedOutput extends BufferedOutputStream {
    private final InputStream waiting;

    BatchedOutput(OutputStream out, InputStream waiting) {
        super(out, 64 * 1024);
        this.waiting = waiting;
    }

    @Override
    public synchronized void flush() throws IOException {
        if (waiting.available() == 0) {
            super.flush();
        }
    }
}
