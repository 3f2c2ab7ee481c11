package org.thalweg.frame;

import java.util.Optional;

/**
 * What a look at a saved network found: a surface on some plane, the curvature at the network, and a convexity map. It may
 * be unfinished; with what is there and the provenance, it can be gone on with. Immutable.
 *
 * @param provenance what was looked at, and how; without the probe's arrays
 * @param frame the surface and the curvature at its origin
 * @param curvatureDone whether the curvature is there, or was not asked for
 * @param convexity eigenvalues all over the surface, when asked for
 */
public record SurfaceStudy(
        RunProvenance provenance, Frame frame, boolean curvatureDone, Optional<ConvexityValues> convexity) {

    public SurfaceStudy {
        provenance = provenance.withoutProbe();
    }
}
