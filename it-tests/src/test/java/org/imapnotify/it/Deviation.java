package org.imapnotify.it;

import java.util.List;
import java.util.Optional;

/**
 * Features that do not work on some servers, for one reason.
 *
 * @param instead what is to be had; empty when that is nothing
 * @param absent for want of a capability, so that there is nothing to try
 */
record Deviation(
        List<Variant> variants,
        List<Feature> features,
        Optional<Feature.Check> instead,
        boolean absent,
        String degree,
        String reason) {
    static Deviation degraded(Variant variant, Feature feature, Feature.Check instead, String reason) {
        return new Deviation(List.of(variant), List.of(feature), Optional.of(instead), false, "degraded", reason);
    }

    static Deviation cannot(Variant variant, List<Feature> features, String reason) {
        return new Deviation(List.of(variant), features, Optional.empty(), false, "cannot", reason);
    }

    /** The servers do not have what the features are about. */
    static Deviation absent(
            List<Variant> variants, List<Feature> features, Feature.Check instead, String degree, String reason) {
        return new Deviation(variants, features, Optional.of(instead), true, degree, reason);
    }

    boolean isOf(Variant variant, Feature feature) {
        return variants.contains(variant) && features.contains(feature);
    }
}
