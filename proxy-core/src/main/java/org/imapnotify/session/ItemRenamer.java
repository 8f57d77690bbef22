package org.imapnotify.session;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.imapnotify.notify.FetchAtt;
import org.imapnotify.notify.FetchItemNames;
import org.imapnotify.wire.Fragmenter;
import org.imapnotify.wire.Octets;

/** Gives the items of one streamed FETCH response the names that the client asked for; literals go by as they are. */
final class ItemRenamer {
    private final List<FetchAtt> asked;
    private FetchItemNames names;
    private boolean open;

    ItemRenamer(List<FetchAtt> asked) {
        this.asked = asked;
        this.names = new FetchItemNames(asked);
    }

    /** True inside a response whose items are renamed. */
    boolean isOpen() {
        return open;
    }

    Verdict start(ByteBuf buf, Fragmenter fragment, SessionOutput out) {
        names = new FetchItemNames(asked);
        return more(buf, fragment, out);
    }

    Verdict more(ByteBuf buf, Fragmenter fragment, SessionOutput out) {
        open = !fragment.endsMessage();
        if (fragment.kind() == Fragmenter.Kind.LITERAL) {
            return Verdict.FORWARD;
        }
        int from = buf.readerIndex();
        out.toClient(UpstreamSide.octets(names.rename(Octets.latin1(buf, from, from + fragment.length()))));
        return Verdict.TAKE;
    }
}
