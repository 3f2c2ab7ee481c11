package org.thalweg.curvature.quantity;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.curvature.CurvatureQuantity;
import org.thalweg.curvature.LocalModel;
import org.thalweg.krylov.Vectors;

/** The Euclidean distance of the parameters from those of the first frame. */
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
    public double of(LocalModel model) {
        try (INDArray way = model.parameters().sub(model.start())) {
            return Vectors.norm(way);
        }
    }
}
