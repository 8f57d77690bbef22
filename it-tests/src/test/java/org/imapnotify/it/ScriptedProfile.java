package org.imapnotify.it;

import java.util.Set;

/**
 * What a {@link ScriptedServer} says of itself, and what is peculiar to it.
 *
 * @param greeting behind {@code * OK}
 * @param identity the answer to ID; empty for NIL
 */
record ScriptedProfile(String greeting, String capabilities, String identity, Set<Quirk> quirks) {
    /** How a server is unlike others. */
    enum Quirk {
        /** IDLE tells nothing until DONE. */
        SILENT_IDLE,
        /** Two commands in one packet end the connection. */
        DROPS_PIPELINED,
        /** Of several commands in one packet the first is answered alone. */
        LOSES_PIPELINED,
        /** More than 25 times the same LIST with nothing between ends the connection, as at Zimbra. */
        LIMITS_LIST,
        /** LIST-STATUS is offered and gives no STATUS. */
        LIST_WITHOUT_STATUS,
        /** Each STATUS raises UIDNEXT and UIDVALIDITY. */
        RAISES_UIDS
    }

    static ScriptedProfile gmail() {
        return new ScriptedProfile(
                "Gimap ready for requests from 127.0.0.1 x14",
                "IMAP4rev1 UNSELECT IDLE NAMESPACE QUOTA ID XLIST CHILDREN X-GM-EXT-1 UIDPLUS LIST-EXTENDED LIST-STATUS LITERAL+",
                "(\"name\" \"GImap\" \"vendor\" \"Google, Inc.\")",
                Set.of());
    }

    static ScriptedProfile exchange() {
        return new ScriptedProfile(
                "The Microsoft Exchange IMAP4 service is ready. [TABPADcAUAAyADYANQBDAEEA]",
                "IMAP4 IMAP4rev1 SASL-IR UIDPLUS MOVE ID UNSELECT CHILDREN IDLE NAMESPACE LITERAL+",
                "(\"name\" \"Microsoft.Exchange.Imap4.Imap4Server\" \"version\" \"15.20\")",
                Set.of());
    }

    static ScriptedProfile yahoo() {
        return new ScriptedProfile(
                "[CAPABILITY IMAP4rev1 ID NAMESPACE UIDPLUS LITERAL+ CHILDREN XYMHIGHESTMODSEQ] IMAP4rev1 imapgate-1.8.1_01.20166",
                "IMAP4rev1 ID NAMESPACE UIDPLUS LITERAL+ CHILDREN XYMHIGHESTMODSEQ",
                "",
                Set.of(Quirk.DROPS_PIPELINED));
    }

    static ScriptedProfile zimbra() {
        return new ScriptedProfile(
                "mail.example.com Zimbra IMAP4rev1 server ready",
                "IMAP4rev1 CHILDREN ENABLE ID LIST-EXTENDED LIST-STATUS LITERAL+ NAMESPACE UIDPLUS UNSELECT",
                "(\"NAME\" \"Zimbra\" \"VERSION\" \"8.8.15_GA_4059\" \"RELEASE\" \"20210709\")",
                Set.of(Quirk.LIMITS_LIST));
    }

    static ScriptedProfile courier() {
        return new ScriptedProfile(
                "Courier-IMAP ready. Copyright 1998-2019 Double Precision, Inc.",
                "IMAP4rev1 UIDPLUS CHILDREN NAMESPACE IDLE",
                "",
                Set.of(Quirk.SILENT_IDLE));
    }

    static ScriptedProfile imap4d() {
        return new ScriptedProfile(
                "IMAP4rev1",
                "IMAP4rev1 NAMESPACE IDLE LITERAL+ UNSELECT",
                "",
                Set.of(Quirk.SILENT_IDLE, Quirk.RAISES_UIDS));
    }

    /** A server that no rule knows. */
    static ScriptedProfile unknown(String capabilities, Quirk... quirks) {
        return new ScriptedProfile("IMAP server ready", capabilities, "", Set.of(quirks));
    }

    boolean has(Quirk quirk) {
        return quirks.contains(quirk);
    }
}
