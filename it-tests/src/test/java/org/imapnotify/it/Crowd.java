package org.imapnotify.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Many connections that all say the same as far as it is taken, and read nothing. */
final class Crowd implements AutoCloseable {
    private static final int SMALLEST = 4096;
    private static final int MUCH = 64 * 1024;

    private final List<SocketChannel> members = new ArrayList<>();
    private final List<ByteBuffer> unsaid = new ArrayList<>();

    Crowd(int port, int size, String saying) throws IOException {
        ByteBuffer octets = ByteBuffer.wrap(saying.getBytes(ISO_8859_1));
        for (int i = 0; i < size; i++) {
            SocketChannel member = SocketChannel.open();
            member.setOption(StandardSocketOptions.SO_RCVBUF, SMALLEST);
            member.setOption(StandardSocketOptions.SO_SNDBUF, MUCH);
            member.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            member.configureBlocking(false);
            members.add(member);
            unsaid.add(octets.duplicate());
        }
    }

    /** Says what is taken now; gives how many octets that were. One that was sent away has said all it had to say. */
    long speak() {
        long said = 0;
        for (int i = 0; i < members.size(); i++) {
            try {
                said += unsaid.get(i).hasRemaining() ? members.get(i).write(unsaid.get(i)) : 0;
            } catch (IOException gone) {
                unsaid.get(i).position(unsaid.get(i).limit());
            }
        }
        return said;
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel member : members) {
            member.close();
        }
    }
}
