package org.imapnotify.upstream;

import java.util.List;
import org.imapnotify.wire.ProtocolException;
import org.imapnotify.wire.Response;
import org.imapnotify.wire.ResponseName;

/**
 * From the greeting to a connection that is logged in:
 * {@link AwaitingGreeting} -> [{@link AskedStartTls} -> {@link Securing}] -> [{@link AskedCapability}] ->
 * [{@link Introducing}] -> [{@link AwaitingGoAhead}] -> {@link AskedLogin} [-> {@link AskedRefusal}] -> [{@link AskedCapabilityAgain}] -> [{@link AskedId}] ->
 * [{@link AskedCompress}] -> {@link Ready}.
 * PREAUTH leads from the greeting to {@link AskedCapabilityAgain}, but never where TLS is demanded.
 *
 * <p>Before the login is done nothing but status responses and CAPABILITY is taken: what a man in the middle puts in before
 * TLS must not reach the mailbox table.
 */
sealed interface Handshake extends Phase {

    @Override
    default Phase onUntagged(Response response, Talk talk) {
        talk.countBeforeLogin();
        switch (response.name()) {
            case CAPABILITY -> talk.capabilities(response.arguments().rest());
            case OK, NO, BAD -> {}
            case BYE -> throw new UpstreamFailed(Failure.of(response));
            default -> throw new ProtocolException("untagged " + response.name() + " before the login");
        }
        return this;
    }

    /** Connected; the upstream speaks first. */
    record AwaitingGreeting() implements Handshake {
        @Override
        public Phase onUntagged(Response greeting, Talk talk) {
            boolean preAuthenticated = greeting.name() == ResponseName.PREAUTH;
            talk.manner().recognition().greeting(greeting.text());
            if (greeting.name() != ResponseName.OK && !preAuthenticated) {
                throw new UpstreamFailed(Failure.of(greeting));
            }
            if (talk.settings().startTls()) {
                if (preAuthenticated) {
                    throw new UpstreamFailed(Failure.unreachable("PREAUTH makes STARTTLS impossible"));
                }
                return new AskedStartTls(talk.ask("STARTTLS"));
            }
            takeCapabilities(greeting, talk);
            return preAuthenticated ? authenticated(talk) : beforeLogin(talk);
        }

        @Override
        public Phase onDeadline(Talk talk) {
            throw new UpstreamFailed(Failure.unreachable("no greeting"));
        }
    }

    /** STARTTLS is sent whether it was offered or not, so that hiding the capability gains nothing. */
    record AskedStartTls(String tag) implements Handshake {
        @Override
        public Phase onTagged(Response response, Talk talk) {
            Phase.expect(tag, response);
            if (response.name() != ResponseName.OK) {
                throw new UpstreamFailed(Failure.unreachable("STARTTLS is refused"));
            }
            talk.forgetCapabilities();
            talk.awaitAnswer();
            talk.afterwards(talk.output()::startTls);
            return new Securing();
        }
    }

    /** Whatever comes before TLS is in place was injected. */
    record Securing() implements Handshake {
        @Override
        public Phase onUntagged(Response response, Talk talk) {
            throw new ProtocolException("a response between STARTTLS and TLS");
        }

        @Override
        public Phase onSecured(Talk talk) {
            return new AskedCapability(talk.ask("CAPABILITY"));
        }
    }

    /** What can be done before login decides how to log in. */
    record AskedCapability(String tag) implements Handshake {
        @Override
        public Phase onTagged(Response response, Talk talk) {
            Phase.expect(tag, response);
            return introduce(talk);
        }
    }

    /** The upstream is told who this is for; whatever it thinks of that, the login comes next. */
    record Introducing(String tag) implements Handshake {
        @Override
        public Phase onUntagged(Response response, Talk talk) {
            if (response.name() == ResponseName.ID) {
                talk.manner().recognition().identity(response.arguments().rest());
                return this;
            }
            return Handshake.super.onUntagged(response, talk);
        }

        @Override
        public Phase onTagged(Response response, Talk talk) {
            Phase.expect(tag, response);
            return LoginCommand.begin(talk);
        }
    }

    /** A part of the login waits for the upstream's "+"; {@code rest} is never empty. */
    record AwaitingGoAhead(String tag, List<byte[]> rest) implements Handshake {
        @Override
        public Phase onContinuation(Talk talk) {
            talk.output().send(rest.get(0));
            talk.awaitAnswer();
            return afterPart(tag, rest.subList(1, rest.size()));
        }

        @Override
        public Phase onTagged(Response response, Talk talk) {
            return new AskedLogin(tag).onTagged(response, talk);
        }
    }

    /** All of the login is sent. */
    record AskedLogin(String tag) implements Handshake {
        @Override
        public Phase onContinuation(Talk talk) {
            talk.send(LoginCommand.answerToError(talk.credentials()));
            talk.awaitAnswer();
            return new AskedRefusal(tag);
        }

        @Override
        public Phase onTagged(Response response, Talk talk) {
            Phase.expect(tag, response);
            if (response.name() != ResponseName.OK) {
                throw new UpstreamFailed(Failure.ofLogin(response));
            }
            takeCapabilities(response, talk);
            return authenticated(talk);
        }
    }

    /** The upstream has said as a challenge what is wrong, and owes its NO. */
    record AskedRefusal(String tag) implements Handshake {
        @Override
        public Phase onTagged(Response response, Talk talk) {
            return new AskedLogin(tag).onTagged(response, talk);
        }
    }

    /** Behind the login, where the upstream may say anything. */
    sealed interface LoggedIn extends Handshake {
        @Override
        default Phase onUntagged(Response response, Talk talk) {
            if (response.name() == ResponseName.BYE) {
                throw new UpstreamFailed(Failure.of(response));
            }
            if (response.name() == ResponseName.CAPABILITY) {
                talk.capabilities(response.arguments().rest());
            }
            if (response.name() == ResponseName.ID) {
                talk.manner().recognition().identity(response.arguments().rest());
            }
            return this;
        }
    }

    /** Capabilities may change with the login, and the upstream has not said them on its own. */
    record AskedCapabilityAgain(String tag) implements LoggedIn {
        @Override
        public Phase onTagged(Response response, Talk talk) {
            Phase.expect(tag, response);
            return identify(talk);
        }
    }

    /** Some providers want ID before a mailbox is opened (NetEase); some advertise it and answer BAD (mail.de). */
    record AskedId(String tag) implements LoggedIn {
        @Override
        public Phase onTagged(Response response, Talk talk) {
            Phase.expect(tag, response);
            return compress(talk);
        }
    }

    /** An upstream that refuses to compress is spoken to as before. */
    record AskedCompress(String tag) implements LoggedIn {
        @Override
        public Phase onTagged(Response response, Talk talk) {
            Phase.expect(tag, response);
            if (response.name() == ResponseName.OK) {
                talk.output().compress();
            }
            return ready(talk);
        }
    }

    static Phase afterPart(String tag, List<byte[]> rest) {
        return rest.isEmpty() ? new AskedLogin(tag) : new AwaitingGoAhead(tag, rest);
    }

    private static Phase beforeLogin(Talk talk) {
        return talk.capabilitiesKnown() ? introduce(talk) : new AskedCapability(talk.ask("CAPABILITY"));
    }

    private static Phase introduce(Talk talk) {
        String introduction = talk.output().introduction();
        return introduction.isEmpty() || !talk.capabilities().has("ID")
                ? LoginCommand.begin(talk)
                : new Introducing(talk.ask(introduction));
    }

    private static Phase authenticated(Talk talk) {
        return talk.capabilitiesKnown() ? identify(talk) : new AskedCapabilityAgain(talk.ask("CAPABILITY"));
    }

    private static Phase identify(Talk talk) {
        return talk.capabilities().has("ID")
                ? new AskedId(talk.ask("ID (\"name\" \"imap-notify-proxy\")"))
                : compress(talk);
    }

    private static Phase compress(Talk talk) {
        return talk.settings().compress() && talk.capabilities().has("COMPRESS=DEFLATE")
                ? new AskedCompress(talk.ask("COMPRESS DEFLATE"))
                : ready(talk);
    }

    private static Phase ready(Talk talk) {
        talk.afterwards(talk.listener()::onReady);
        return new Ready(new InFlight(talk));
    }

    private static void takeCapabilities(Response response, Talk talk) {
        response.code("CAPABILITY").ifPresent(talk::capabilities);
    }
}
