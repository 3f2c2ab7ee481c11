package org.thalweg.benchmarks;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.objective.HessianMethod;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveValue;
import org.thalweg.objective.ParameterLayout;
import org.thalweg.objective.ParameterSnapshot;
import org.thalweg.objective.Parameterization;
import org.thalweg.objective.Probe;
import org.thalweg.objective.Slice;

/**
 * An objective that knows only the points of a recorded surface, to compute that surface again in another order.
 *
 * @param alpha coordinates of the columns
 * @param beta coordinates of the rows
 * @param loss {@code [ny][nx]}
 */
record RecordedObjective(double[] alpha, double[] beta, double[][] loss) implements Objective {

    @Override
    public Slice slice(INDArray theta, Parameterization plane) {
        return points -> Arrays.stream(points)
                .map(point -> ObjectiveValue.of(
                        loss[Arrays.binarySearch(beta, point[1])][Arrays.binarySearch(alpha, point[0])]))
                .toArray(ObjectiveValue[]::new);
    }

    @Override
    public String name() {
        return "recorded";
    }

    @Override
    public HessianMethod hessianMethod() {
        return HessianMethod.EXACT;
    }

    @Override
    public DataType dataType() {
        return DataType.DOUBLE;
    }

    @Override
    public Objective withProbe(Probe probe) {
        return this;
    }

    @Override
    public Objective withConstants(ParameterSnapshot snapshot) {
        return this;
    }

    @Override
    public ParameterLayout layout() {
        throw onlyPoints();
    }

    @Override
    public ObjectiveValue evaluate(INDArray theta) {
        throw onlyPoints();
    }

    @Override
    public INDArray gradient(INDArray theta) {
        throw onlyPoints();
    }

    @Override
    public LinearOperator hessianAt(INDArray theta) {
        throw onlyPoints();
    }

    private static UnsupportedOperationException onlyPoints() {
        return new UnsupportedOperationException("a recorded surface has values at its points alone");
    }
}
