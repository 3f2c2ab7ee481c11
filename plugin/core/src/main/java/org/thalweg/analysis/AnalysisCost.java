package org.thalweg.analysis;

/**
 * What frames cost, in wall seconds.
 *
 * @param setup of a surface before its first point
 * @param point of a point of the surface, on the whole of each probe
 * @param product of a Hessian-vector product
 * @param other of all else: directions, and handing a frame on
 * @since 0.2.0
 */
public record AnalysisCost(double setup, double point, double product, double other) {

    /** Where nothing is known. */
    public static final AnalysisCost UNKNOWN = new AnalysisCost(0, 0, 0, 0);

    /** A surface of so many points on the whole of each probe. */
    public double ofSurface(double points) {
        return setup + points * point;
    }
}
