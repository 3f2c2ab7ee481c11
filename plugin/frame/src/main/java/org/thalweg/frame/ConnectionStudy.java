package org.thalweg.frame;

import java.util.List;

/**
 * Two networks, the straight line and a curve of low loss between them, and the surface of the plane in which the curve lies:
 * the first network at (0, 0), the second at (1, 0). Values of a probe are on examples that the curve was trained on, values
 * of a validation probe on others. Immutable; accessors copy.
 *
 * @param provenance networks, examples and options, without the probe's arrays
 * @param frame the surface of the plane
 * @param first name of the first network
 * @param second name of the second network
 * @param line losses on the straight line; its coordinates are t, from 0 to 1
 * @param curve losses on the curve, at the same t
 * @param alpha coordinate of the curve's places along delta, {@code [n]}
 * @param beta coordinate of the curve's places along eta, {@code [n]}
 * @param bend the point that bends the curve, an array for each trainable one of the network, by its key
 * @since 0.2.0
 */
public record ConnectionStudy(
        RunProvenance provenance,
        Frame frame,
        String first,
        String second,
        LineValues line,
        LineValues curve,
        double[] alpha,
        double[] beta,
        List<NamedArray> bend) {

    /** The kind of plane of such a surface, which is the option {@code plane} of its provenance. */
    public static final String PLANE = "connection";

    public ConnectionStudy {
        provenance = provenance.withoutProbe();
        alpha = alpha.clone();
        beta = beta.clone();
        bend = List.copyOf(bend);
        int places = line.alpha().length;
        if (curve.alpha().length != places || alpha.length != places || beta.length != places) {
            throw new IllegalArgumentException("line and curve must have as many places, got " + places + " and "
                    + curve.alpha().length + ", with " + alpha.length + " and " + beta.length + " coordinates");
        }
    }

    @Override
    public double[] alpha() {
        return alpha.clone();
    }

    @Override
    public double[] beta() {
        return beta.clone();
    }

    /**
     * Whether a surface is one of two networks that are trained already, so that findings about the course of training do not
     * apply to it.
     *
     * @param provenance of the surface
     */
    public static boolean isOf(RunProvenance provenance) {
        return PLANE.equals(provenance.options().get("plane"));
    }

    /** The loss of a path on examples that the curve was not trained on; on those that it was where there are no others. */
    public static double[] shown(LineValues path) {
        return path.validationLoss().orElseGet(path::loss);
    }

    /** The barrier of a path, {@link #line} or {@link #curve}, on the examples that are {@linkplain #shown shown}. */
    public static LossBarrier barrier(LineValues path) {
        return LossBarrier.of(path.alpha(), shown(path));
    }
}
