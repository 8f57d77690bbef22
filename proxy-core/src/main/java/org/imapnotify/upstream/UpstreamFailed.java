package org.imapnotify.upstream;

/** Ends a connection of our own for a reason that its owner must know; has no stack, because the upstream is at fault. */
final class UpstreamFailed extends RuntimeException {
    private final transient Failure failure;

    UpstreamFailed(Failure failure) {
        super(failure.why(), null, false, false);
        this.failure = failure;
    }

    Failure failure() {
        return failure;
    }
}
