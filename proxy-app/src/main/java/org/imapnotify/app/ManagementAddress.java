package org.imapnotify.app;

import java.net.InetSocketAddress;
import org.imapnotify.netty.InvalidOptionException;
import org.jspecify.annotations.Nullable;

/**
 * Where management is served, if it is.
 *
 * @param address null when it is switched off
 * @param asked false for the default, whose port being taken must not keep a second proxy of this machine from starting
 * @param names whether the status page shows users' and mailboxes' names
 */
record ManagementAddress(@Nullable InetSocketAddress address, boolean asked, boolean names) {
    static final String DEFAULT = "127.0.0.1:9143";

    private static final String KEY = "management";

    static ManagementAddress parse(@Nullable String flag, boolean names) {
        if (flag != null && flag.equals("off")) {
            return new ManagementAddress(null, true, names);
        }
        String text = flag == null ? DEFAULT : flag;
        InetSocketAddress address =
                HostAndPort.parse(KEY, text, HostAndPort.NO_DEFAULT).resolve();
        if (address.isUnresolved()) {
            throw new InvalidOptionException(KEY, text, "a host name that resolves, an address, or off");
        }
        return new ManagementAddress(address, flag != null, names);
    }
}
