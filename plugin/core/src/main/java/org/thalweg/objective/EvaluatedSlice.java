package org.thalweg.objective;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The slice of any objective: each point is formed in one buffer and evaluated by the objective. */
final class EvaluatedSlice implements Slice {

    private final Objective objective;
    private final INDArray theta;
    private final Parameterization parameterization;
    private final INDArray point;

    EvaluatedSlice(Objective objective, INDArray theta, Parameterization parameterization) {
        this.objective = objective;
        this.theta = theta.dup();
        this.parameterization = parameterization;
        this.point = theta.dup();
    }

    @Override
    public ObjectiveValue[] evaluate(double[][] points) {
        ObjectiveValue[] values = new ObjectiveValue[points.length];
        for (int i = 0; i < points.length; i++) {
            moveTo(points[i]);
            values[i] = objective.evaluate(point);
        }
        return values;
    }

    private void moveTo(double[] coordinates) {
        List<INDArray> directions = parameterization.directions();
        for (ParameterBlock block : objective.layout().trainable()) {
            double[][] coefficients = parameterization.coefficients(coordinates, block);
            INDArray target = block.of(point);
            target.assign(block.of(theta));
            block.scaleFilters(target, coefficients[0]);
            for (int d = 0; d < directions.size(); d++) {
                INDArray step = block.of(directions.get(d)).dup();
                block.scaleFilters(step, coefficients[d + 1]);
                target.addi(step);
            }
        }
    }

    @Override
    public void close() {
        theta.close();
        point.close();
    }
}
