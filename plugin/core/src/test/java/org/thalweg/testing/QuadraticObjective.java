package org.thalweg.testing;

import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.krylov.Nd4jOperator;
import org.thalweg.objective.HessianMethod;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveValue;
import org.thalweg.objective.ParameterLayout;
import org.thalweg.objective.ParameterSnapshot;
import org.thalweg.objective.Probe;

/**
 * The objective theta^T D theta / 2 with a diagonal D, of which everything is known.
 *
 * @param diagonal {@code [P]}
 * @param defect what its Hessian says of itself
 */
public record QuadraticObjective(INDArray diagonal, Optional<String> defect) implements Objective {

    /** One whose products can be trusted. */
    public QuadraticObjective(INDArray diagonal) {
        this(diagonal, Optional.empty());
    }

    @Override
    public String name() {
        return "quadratic";
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
        return diagonal.dataType();
    }

    @Override
    public ObjectiveValue evaluate(INDArray theta) {
        double loss = theta.mul(theta).muli(diagonal).sumNumber().doubleValue() / 2;
        return ObjectiveValue.of(loss);
    }

    @Override
    public INDArray gradient(INDArray theta) {
        return theta.mul(diagonal);
    }

    @Override
    public LinearOperator hessianAt(INDArray theta) {
        return new DiagonalHessian(diagonal, defect);
    }

    @Override
    public Objective withProbe(Probe probe) {
        return this;
    }

    @Override
    public Objective withConstants(ParameterSnapshot snapshot) {
        return this;
    }

    private record DiagonalHessian(INDArray diagonal, Optional<String> defect) implements Nd4jOperator {

        @Override
        public long dimension() {
            return diagonal.length();
        }

        @Override
        public DataType dataType() {
            return diagonal.dataType();
        }

        @Override
        public INDArray multiply(INDArray vectors) {
            return vectors.rank() == 1 ? vectors.mul(diagonal) : vectors.mulRowVector(diagonal);
        }
    }
}
