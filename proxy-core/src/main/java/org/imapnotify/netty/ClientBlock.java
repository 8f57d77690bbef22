package org.imapnotify.netty;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/** The addresses that count as one client's: with IPv6 a whole network is given to each. */
record ClientBlock(ByteBuffer prefix) {
    static ClientBlock of(InetAddress address, int ipv4Prefix, int ipv6Prefix) {
        byte[] octets = address.getAddress();
        int bits = octets.length == 4 ? ipv4Prefix : ipv6Prefix;
        for (int i = 0; i < octets.length; i++) {
            int kept = Math.min(8, Math.max(0, bits - 8 * i));
            octets[i] &= (byte) (0xff << (8 - kept));
        }
        return new ClientBlock(ByteBuffer.wrap(octets).asReadOnlyBuffer());
    }
}
