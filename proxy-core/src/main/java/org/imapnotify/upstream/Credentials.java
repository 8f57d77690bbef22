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

    /** The same with a secret of its own, which may be wiped when this one may not. */
    Credentials copy();

    /** The LOGIN command, RFC 3501 section 6.2.3. */
    record Login(String user, Secret password) implements Credentials {
        @Override
        public String authzid() {
            return "";
        }

        @Override
        public Login copy() {
            return new Login(user, password.copy());
        }
    }

    /** AUTHENTICATE PLAIN, RFC 4616. */
    record Plain(String authzid, String user, Secret password) implements Credentials {
        @Override
        public Plain copy() {
            return new Plain(authzid, user, password.copy());
        }
    }

    /** AUTHENTICATE LOGIN: name and password as two answers. */
    record TwoAnswers(String user, Secret password) implements Credentials {
        @Override
        public String authzid() {
            return "";
        }

        @Override
        public TwoAnswers copy() {
            return new TwoAnswers(user, password.copy());
        }
    }

    /** Who the client is, by a mechanism that shows no secret: only somebody else's secret can log in for it. */
    record Named(String user, String authzid) implements Credentials {
        @Override
        public Secret password() {
            return Secret.of(new byte[0]);
        }

        @Override
        public Named copy() {
            return this;
        }
    }

    /**
     * AUTHENTICATE XOAUTH2 or OAUTHBEARER (RFC 7628): one message with a token in it, which works until the token expires.
     *
     * @param mechanism in upper case
     * @param user who the message says it is for
     * @param password the whole message
     */
    record Token(String mechanism, String user, Secret password) implements Credentials {
        @Override
        public String authzid() {
            return "";
        }

        @Override
        public Token copy() {
            return new Token(mechanism, user, password.copy());
        }
    }
}
