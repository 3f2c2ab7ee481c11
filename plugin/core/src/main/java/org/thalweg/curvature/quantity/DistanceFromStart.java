package org.thalweg.curvature.quantity;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.curvature.CurvatureContext;
import org.thalweg.curvature.CurvatureQuantity;
import org.thalweg.krylov.InnerProducts;

/**
 * The Euclidean distance of the parameters from those of the first frame.
 *
 * @since 0.2.0
 */
public final class DistanceFromStart implements CurvatureQuantity {

    @Override
    public String name() {
        return "distance_from_start";
    }

    @Override
    public String description() {
        return "Euclidean distance of the parameters from those of the first frame";
    }

    @Override
    public double of(CurvatureContext context) {
        try (INDArray way = context.parameters().sub(context.start())) {
            return InnerProducts.norm(way);
        }
    }
}
