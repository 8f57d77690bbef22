package org.imapnotify.upstream;

/** What a client proved its identity with, in the mechanism it used; our own connections log in the same way. */
public sealed interface Credentials {
    /** The authentication identity, octets as a Latin-1 string. */
    String user();

    /** The identity to act as; empty when it is the user itself. */
    String authzid();

    Secret password();

    /** Who this is: equal for all credentials of one account, whatever the secret or the mechanism. */
    default Identity identity() {
        return new Identity(user(), authzid());
    }

    /** The same identity and the same secret. */
    default boolean sameAs(Credentials other) {
        return identity().equals(other.identity()) && password().equals(other.password());
    }

    /** The key of an account on one upstream; never holds a secret. */
    record Identity(String user, String authzid) {}

    /** The LOGIN command, RFC 3501 section 6.2.3. */
    record Login(String user, Secret password) implements Credentials {
        @Override
        public String authzid() {
            return "";
        }
    }

    /** AUTHENTICATE PLAIN, RFC 4616. */
    record Plain(String authzid, String user, Secret password) implements Credentials {}
}
