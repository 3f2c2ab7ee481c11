package org.thalweg.testing;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.objective.ObjectiveValue;
import org.thalweg.objective.ParameterLayout;
import org.thalweg.objective.Parameterization;
import org.thalweg.objective.Slice;

/** A function of a plane's two coordinates alone, whatever the plane, which counts how it is asked. */
public final class PlaneFunction implements KnownObjective {

    private final DoubleBinaryOperator function;
    private int points;
    private int calls;

    /** @param function of alpha and beta */
    public PlaneFunction(DoubleBinaryOperator function) {
        this.function = function;
    }

    /** Number of points computed so far. */
    public int points() {
        return points;
    }

    /** Number of calls in which they were computed. */
    public int calls() {
        return calls;
    }

    @Override
    public Slice slice(INDArray theta, Parameterization plane) {
        return asked -> {
            points += asked.length;
            calls++;
            return Arrays.stream(asked)
                    .map(point -> ObjectiveValue.of(function.applyAsDouble(point[0], point[1])))
                    .toArray(ObjectiveValue[]::new);
        };
    }

    @Override
    public String name() {
        return "plane function";
    }

    @Override
    public ParameterLayout layout() {
        return ParameterLayout.single(1);
    }

    @Override
    public DataType dataType() {
        return DataType.DOUBLE;
    }

    @Override
    public ObjectiveValue evaluate(INDArray theta) {
        return ObjectiveValue.of(function.applyAsDouble(0, 0));
    }

    @Override
    public INDArray gradient(INDArray theta) {
        throw new UnsupportedOperationException(name());
    }

    @Override
    public LinearOperator hessianAt(INDArray theta) {
        throw new UnsupportedOperationException(name());
    }
}
