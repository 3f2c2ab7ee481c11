package org.thalweg.listener;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.krylov.EigenvalueQuery;

/** Resolves setters of the builder that stand for one component of an option record, also where both are called. */
final class Shortcut {

    private static final String DEFAULT_ENDS = ends(CurvatureOptions.DEFAULT);

    private Shortcut() {}

    /**
     * The value of a component.
     *
     * @param shortcut name of the setter
     * @param given its argument; null if it was not called
     * @param record name of the record's setter
     * @param recorded the component in the record
     * @param byDefault the component in the record's {@code DEFAULT}, which counts as not set
     * @throws IllegalStateException if both are given and differ, naming both
     */
    static <T> T resolve(String shortcut, @Nullable T given, String record, T recorded, T byDefault) {
        if (given == null) {
            return recorded;
        }
        if (!recorded.equals(byDefault) && !recorded.equals(given)) {
            throw contradiction(shortcut + "(...) asks for " + given, record + "(...) for " + recorded);
        }
        return given;
    }

    /**
     * The curvature options; empty for no curvature.
     *
     * @param eigenvalues number at each end; null if not given
     * @param curvature null if not given
     * @throws IllegalStateException if both are given and differ, naming both
     */
    static Optional<CurvatureOptions> curvature(@Nullable Integer eigenvalues, @Nullable CurvatureOptions curvature) {
        if (curvature == null) {
            int eachEnd = eigenvalues == null ? 1 : eigenvalues;
            return eachEnd == 0 ? Optional.empty() : Optional.of(CurvatureOptions.DEFAULT.withEigenvalues(eachEnd));
        }
        if (eigenvalues == null) {
            return Optional.of(curvature);
        }
        if (eigenvalues == 0) {
            throw contradiction("eigenvalues(0) asks for no curvature", "curvature(...) for some");
        }
        String ends = ends(curvature);
        String asked = resolve("eigenvalues", eigenvalues + " + " + eigenvalues, "curvature", ends, DEFAULT_ENDS);
        return Optional.of(asked.equals(ends) ? curvature : curvature.withEigenvalues(eigenvalues));
    }

    /** Numbers of eigenvalues at the upper and the lower end. */
    private static String ends(CurvatureOptions curvature) {
        EigenvalueQuery query = curvature.eigenvalues().query();
        return query.largest() + " + " + query.smallest();
    }

    static IllegalStateException contradiction(String first, String second) {
        return new IllegalStateException(first + " and " + second + ": leave out one of them");
    }
}
