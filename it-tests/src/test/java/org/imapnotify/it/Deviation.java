package org.imapnotify.it;

import java.util.List;
import java.util.Optional;

/** Features that do not work on a server, for one reason; degraded ones do what {@code instead} asks. */
record Deviation(Variant variant, List<Feature> features, Optional<Feature.Check> instead, String reason) {
    static Deviation degraded(Variant variant, Feature feature, Feature.Check instead, String reason) {
        return new Deviation(variant, List.of(feature), Optional.of(instead), reason);
    }

    static Deviation cannot(Variant variant, List<Feature> features, String reason) {
        return new Deviation(variant, features, Optional.empty(), reason);
    }

    boolean isOf(Variant other, Feature feature) {
        return variant == other && features.contains(feature);
    }

    String degree() {
        return instead.isPresent() ? "degraded" : "cannot";
    }
}
