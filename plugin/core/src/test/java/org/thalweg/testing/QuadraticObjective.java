package org.thalweg.testing;

import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.krylov.Nd4jOperator;
import org.thalweg.objective.ObjectiveValue;
import org.thalweg.objective.ParameterLayout;

/**
 * The objective theta^T D theta / 2 with a diagonal D, whose derivatives are known.
 *
 * @param diagonal {@code [P]}
 * @param defect the defect that its Hessian reports
 */
public record QuadraticObjective(INDArray diagonal, Optional<String> defect) implements KnownObjective {

    /** An objective without a defect. */
    public QuadraticObjective(INDArray diagonal) {
        this(diagonal, Optional.empty());
    }

    @Override
    public String name() {
        return "quadratic";
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
