package org.thalweg.testing;

import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.objective.HessianMethod;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveValue;
import org.thalweg.objective.ParameterLayout;
import org.thalweg.objective.ParameterSnapshot;
import org.thalweg.objective.Probe;

/**
 * The mean over the examples of w (theta - x)^T D (theta - x) / 2 with features x {@code [N, P]}, labels w {@code [N, 1]} and a
 * diagonal D: loss, gradient and Hessian of every set of examples are known.
 */
public record SampledQuadratic(INDArray diagonal, INDArray features, INDArray weights) implements Objective {

    /** Examples with normal features and weights around 1. */
    public static Probe probe(Random random, int examples, long parameters) {
        INDArray weights = Networks.normal(random, examples, 1).muli(0.3).addi(1);
        return Probe.of(new DataSet(Networks.normal(random, examples, parameters), weights));
    }

    public static SampledQuadratic on(INDArray diagonal, Probe probe) {
        return new SampledQuadratic(
                diagonal, probe.features().get(0), probe.labels().get(0));
    }

    /** theta - x of each example, scaled by its weight. */
    private INDArray pulls(INDArray theta) {
        return features.rsubRowVector(theta).muliColumnVector(weights.reshape(weights.length(), 1));
    }

    @Override
    public String name() {
        return "sampled-quadratic";
    }

    @Override
    public HessianMethod hessianMethod() {
        return HessianMethod.EXACT;
    }

    @Override
    public ParameterLayout layout() {
        return ParameterLayout.single(diagonal.length());
    }

    @Override
    public DataType dataType() {
        return DataType.DOUBLE;
    }

    @Override
    public ObjectiveValue evaluate(INDArray theta) {
        INDArray distances = features.rsubRowVector(theta);
        double sum =
                pulls(theta).muli(distances).muliRowVector(diagonal).sumNumber().doubleValue();
        return ObjectiveValue.of(sum / 2 / features.size(0));
    }

    @Override
    public INDArray gradient(INDArray theta) {
        return pulls(theta).mean(0).muli(diagonal);
    }

    @Override
    public LinearOperator hessianAt(INDArray theta) {
        double weight = weights.meanNumber().doubleValue();
        return LinearOperator.of(
                diagonal.length(), DataType.DOUBLE, v -> v.mul(diagonal).muli(weight));
    }

    @Override
    public Objective withProbe(Probe probe) {
        return on(diagonal, probe);
    }

    @Override
    public Objective withConstants(ParameterSnapshot snapshot) {
        return this;
    }

    /** The gradient of each example, {@code [N, P]}. */
    public INDArray gradients(INDArray theta) {
        return pulls(theta).muliRowVector(diagonal);
    }
}
