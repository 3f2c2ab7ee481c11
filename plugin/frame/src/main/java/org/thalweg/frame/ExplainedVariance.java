package org.thalweg.frame;

/**
 * The variance of trajectories that the principal components of their plane explain. Immutable; accessors copy.
 *
 * @param variance along each component, with one less than the number of points in the denominator, {@code [k]}
 * @param ratio share of the total variance along each, 0 to 1, {@code [k]}
 * @param singularValues of the matrix of centred points, {@code [k]}
 * @since 0.2.0
 */
public record ExplainedVariance(double[] variance, double[] ratio, double[] singularValues) {

    public ExplainedVariance {
        if (variance.length == 0 || ratio.length != variance.length || singularValues.length != variance.length) {
            throw new IllegalArgumentException(
                    "variance, ratio and singular value must be given for each component, got " + variance.length + ", "
                            + ratio.length + " and " + singularValues.length);
        }
        variance = variance.clone();
        ratio = ratio.clone();
        singularValues = singularValues.clone();
    }

    @Override
    public double[] variance() {
        return variance.clone();
    }

    @Override
    public double[] ratio() {
        return ratio.clone();
    }

    @Override
    public double[] singularValues() {
        return singularValues.clone();
    }
}
