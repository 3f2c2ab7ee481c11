package org.thalweg.direction;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.krylov.InnerProducts;

/**
 * Orthogonal projection of parameters onto the plane origin + alpha delta + beta eta, whose directions need be neither
 * orthogonal nor of unit length: (alpha, beta) minimizes ||theta - origin - alpha delta - beta eta||, so it solves the
 * normal equations
 *
 * <pre>
 *   &lt;delta, delta&gt; alpha + &lt;delta, eta&gt; beta = &lt;delta, theta - origin&gt;
 *   &lt;delta, eta&gt;   alpha + &lt;eta, eta&gt;   beta = &lt;eta, theta - origin&gt;
 * </pre>
 *
 * <p>Inner products are summed in double. Immutable; thread-safe as long as nobody writes to its arrays.
 *
 * @since 0.2.0
 */
public final class PlaneProjection {

    /** Directions closer than this to a line span no plane: 1 - cos^2 of the angle between them. */
    private static final double DEGENERATE = 1e-12;

    private final INDArray origin;
    private final DirectionPair directions;
    private final double deltaDelta;
    private final double deltaEta;
    private final double etaEta;

    /**
     * A plane.
     *
     * @param origin packed, {@code [P]}
     * @param directions of its coordinates
     * @throws IllegalArgumentException if the directions span no plane
     */
    public PlaneProjection(INDArray origin, DirectionPair directions) {
        this.origin = origin;
        this.directions = directions;
        this.deltaDelta = InnerProducts.dot(directions.delta(), directions.delta());
        this.deltaEta = InnerProducts.dot(directions.delta(), directions.eta());
        this.etaEta = InnerProducts.dot(directions.eta(), directions.eta());
        if (!(determinant() > DEGENERATE * deltaDelta * etaEta)) {
            throw new IllegalArgumentException("the two directions span no plane: their lengths are "
                    + Math.sqrt(deltaDelta) + " and " + Math.sqrt(etaEta) + ", the cosine between them "
                    + deltaEta / Math.sqrt(deltaDelta * etaEta));
        }
    }

    /**
     * The coordinates of parameters on the plane and their distance from it.
     *
     * @param theta packed, {@code [P]}
     */
    public Projected project(INDArray theta) {
        try (INDArray rest = theta.sub(origin)) {
            double alongDelta = InnerProducts.dot(directions.delta(), rest);
            double alongEta = InnerProducts.dot(directions.eta(), rest);
            double alpha = (etaEta * alongDelta - deltaEta * alongEta) / determinant();
            double beta = (deltaDelta * alongEta - deltaEta * alongDelta) / determinant();
            try (INDArray delta = directions.delta().mul(alpha);
                    INDArray eta = directions.eta().mul(beta)) {
                rest.subi(delta).subi(eta);
            }
            return new Projected(alpha, beta, InnerProducts.norm(rest));
        }
    }

    private double determinant() {
        return deltaDelta * etaEta - deltaEta * deltaEta;
    }

    /**
     * A projected point.
     *
     * @param alpha coordinate along delta
     * @param beta coordinate along eta
     * @param distance Euclidean distance from the plane
     */
    public record Projected(double alpha, double beta, double distance) {}
}
