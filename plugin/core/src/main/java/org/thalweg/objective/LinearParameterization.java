package org.thalweg.objective;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** theta + sum of coordinate times direction. */
record LinearParameterization(List<INDArray> directions) implements Parameterization {

    @Override
    public double[][] coefficients(double[] point, ParameterBlock block) {
        double[][] coefficients = new double[1 + point.length][1];
        coefficients[0][0] = 1;
        for (int d = 0; d < point.length; d++) {
            coefficients[d + 1][0] = point[d];
        }
        return coefficients;
    }
}
