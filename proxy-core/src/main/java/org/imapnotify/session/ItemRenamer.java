package org.imapnotify.session;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.imapnotify.notify.FetchAtt;
import org.imapnotify.wire.Fragmenter;
import org.imapnotify.wire.Octets;

/**
 * Gives the items of a FETCH response the names that the client asked for: RFC822 is asked as BODY.PEEK[] so that it does not
 * set \Seen (N-106), is answered as BODY[] and has to reach the client as RFC822. Literals and quoted strings stay as they are.
 */
final class ItemRenamer {
    private final List<FetchAtt> asked;
    private boolean open;
    private boolean quoted;
    private boolean escaped;

    ItemRenamer(List<FetchAtt> asked) {
        this.asked = asked;
    }

    /** True inside a response whose items are renamed. */
    boolean isOpen() {
        return open;
    }

    Verdict start(ByteBuf buf, Fragmenter fragment, SessionOutput out) {
        quoted = false;
        escaped = false;
        return more(buf, fragment, out);
    }

    Verdict more(ByteBuf buf, Fragmenter fragment, SessionOutput out) {
        open = !fragment.endsMessage();
        if (fragment.kind() == Fragmenter.Kind.LITERAL) {
            return Verdict.FORWARD;
        }
        int from = buf.readerIndex();
        String line = Octets.latin1(buf, from, from + fragment.length());
        out.toClient(UpstreamSide.octets(rename(line)));
        return Verdict.TAKE;
    }

    private String rename(String line) {
        StringBuilder renamed = new StringBuilder(line.length());
        int word = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted) {
                follow(c);
            } else if (c == '"') {
                quoted = true;
            } else if (c == ' ' || c == '(') {
                renamed.append(nameOf(line.substring(word, i))).append(c);
                word = i + 1;
                continue;
            }
        }
        return renamed.append(line, word, line.length()).toString();
    }

    private void follow(char c) {
        if (escaped) {
            escaped = false;
        } else if (c == '\\') {
            escaped = true;
        } else if (c == '"') {
            quoted = false;
        }
    }

    private String nameOf(String word) {
        return FetchAtt.clientName(asked, word).orElse(word);
    }
}
