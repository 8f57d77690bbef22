package org.imapnotify.netty;

/** Who answers NOTIFY. */
public enum NotifyMode {
    /** The upstream where it can, else the proxy. */
    AUTO,
    /** Always the proxy. */
    EMULATE,
    /** Nobody: the proxy adds nothing to what the upstream offers. */
    OFF
}
