package org.imapnotify.upstream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What is done otherwise with a server. The engine asks this, never which server it is.
 *
 * @param pollAtLeast a poll interval below this is raised to it
 * @param idleAtMost an IDLE that would last longer is renewed after this
 * @param connectionsAtMost watch connections for one account, whatever is configured
 */
public record Quirks(Set<Effect> effects, Duration pollAtLeast, Duration idleAtMost, int connectionsAtMost) {
    private static final Duration ANY = Duration.ofDays(1);

    /** Nothing is done otherwise. */
    public static final Quirks NONE = new Quirks(Set.of(), Duration.ZERO, ANY, Integer.MAX_VALUE);

    public Quirks {
        effects = Set.copyOf(effects);
        if (connectionsAtMost < 1) {
            throw new IllegalArgumentException("at least 1 watch connection is needed, not " + connectionsAtMost);
        }
    }

    static Quirks of(Effect... effects) {
        return new Quirks(Set.of(effects), Duration.ZERO, ANY, Integer.MAX_VALUE);
    }

    Quirks pollAtLeast(Duration least) {
        return new Quirks(effects, least, idleAtMost, connectionsAtMost);
    }

    Quirks idleAtMost(Duration most) {
        return new Quirks(effects, pollAtLeast, most, connectionsAtMost);
    }

    Quirks connectionsAtMost(int most) {
        return new Quirks(effects, pollAtLeast, idleAtMost, most);
    }

    /** Both: the more careful of each. */
    Quirks and(Quirks other) {
        Set<Effect> both = EnumSet.noneOf(Effect.class);
        both.addAll(effects);
        both.addAll(other.effects);
        return new Quirks(
                both,
                max(pollAtLeast, other.pollAtLeast),
                min(idleAtMost, other.idleAtMost),
                Math.min(connectionsAtMost, other.connectionsAtMost));
    }

    public boolean has(Effect effect) {
        return effects.contains(effect);
    }

    /** The poll interval, of one that is configured. */
    public Duration poll(Duration configured) {
        return max(configured, pollAtLeast);
    }

    /** How old an IDLE may get, where it may get so old as far as is known without these. */
    public Duration idle(Duration otherwise) {
        return min(otherwise, idleAtMost);
    }

    /** Watch connections for one account, where so many are configured. */
    public int connections(int configured) {
        return Math.min(configured, connectionsAtMost);
    }

    /** For operators: all that is done otherwise. */
    public List<String> says() {
        List<String> all = new ArrayList<>();
        for (Effect effect : Effect.values()) {
            if (has(effect)) {
                all.add(effect.says());
            }
        }
        if (!pollAtLeast.isZero()) {
            all.add("the poll interval is " + pollAtLeast.toSeconds() + " s at least");
        }
        if (idleAtMost.compareTo(ANY) < 0) {
            all.add("IDLE is renewed after " + idleAtMost.toMinutes() + " minutes at most");
        }
        if (connectionsAtMost < Integer.MAX_VALUE) {
            all.add(connectionsAtMost + " watch connections for an account at most");
        }
        return all;
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
