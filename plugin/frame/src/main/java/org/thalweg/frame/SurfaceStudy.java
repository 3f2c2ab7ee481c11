package org.thalweg.frame;

import java.util.Optional;

/**
 * The analysis of a saved network: a surface on some plane, the curvature at the network, and a convexity map. It may
 * be unfinished; the values and the provenance are enough to continue it. Immutable.
 *
 * @param provenance network, probe and options, without the probe's arrays
 * @param frame the surface and the curvature at its origin
 * @param curvatureDone whether the curvature is computed, or was not requested
 * @param convexity eigenvalues over the whole surface, when requested
 * @since 0.2.0
 */
public record SurfaceStudy(
        RunProvenance provenance, Frame frame, boolean curvatureDone, Optional<ConvexityValues> convexity) {

    public SurfaceStudy {
        provenance = provenance.withoutProbe();
    }
}
