package org.imapnotify.netty;

/** Whether clients come by way of load balancers that begin a connection with a PROXY protocol header. */
public enum ProxyHeaderUse {
    /** Never: a client is who its socket says. */
    OFF,
    /** From the trusted networks with a header, always; from elsewhere without. */
    ALLOWED,
    /** From the trusted networks with a header; from elsewhere not at all. */
    REQUIRED
}
