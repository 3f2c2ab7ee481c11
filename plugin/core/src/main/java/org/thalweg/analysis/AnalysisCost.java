package org.thalweg.analysis;

/**
 * The cost of frames in wall seconds.
 *
 * @param setup cost of a surface before its first point
 * @param point cost of a point of the surface on the whole of each probe
 * @param product cost of a Hessian-vector product
 * @param other cost of everything else: directions, and passing a frame to the sinks
 * @since 0.2.0
 */
public record AnalysisCost(double setup, double point, double product, double other) {

    /** Nothing is known yet. */
    public static final AnalysisCost UNKNOWN = new AnalysisCost(0, 0, 0, 0);

    /** Cost of a surface with a number of points on the whole of each probe. */
    public double ofSurface(double points) {
        return setup + points * point;
    }
}
