package org.thalweg.objective;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Maps the coordinates of a point to coefficients of theta and of each direction, the same for all parameters or
 * different for each block or filter.
 *
 * @since 0.2.0
 */
public interface Parameterization {

    /** The directions, packed, each {@code [P]}; never modified. */
    List<INDArray> directions();

    /**
     * Whether the coefficients at a point are the same for every block and filter, so that a point is one linear
     * combination of theta and the directions.
     */
    default boolean uniform() {
        return true;
    }

    /**
     * Coefficients at a point.
     *
     * @param point coordinates, {@code [D]}
     * @param block the block of the coefficients; ignored if {@link #uniform()}
     * @return {@code [1 + D][1]} or {@code [1 + D][filters of the block]}: row 0 for theta, row d for direction d
     */
    double[][] coefficients(double[] point, ParameterBlock block);

    /** The plain parameterization: theta + alpha delta + beta eta + ... */
    static Parameterization linear(INDArray... directions) {
        return new LinearParameterization(List.of(directions));
    }
}
