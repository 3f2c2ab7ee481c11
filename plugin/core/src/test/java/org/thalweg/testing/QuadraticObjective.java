package org.thalweg.testing;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.Hessian;
import org.thalweg.objective.HessianMethod;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveValue;
import org.thalweg.objective.ParameterLayout;
import org.thalweg.objective.ParameterSnapshot;
import org.thalweg.objective.Probe;

/** {@code 1/2 sum_i lambda_i theta_i^2}: an objective of which everything is known. */
public final class QuadraticObjective implements Objective {

    private final INDArray lambda;

    /**
     * @param lambda eigenvalues of the Hessian, double, {@code [P]}
     */
    public QuadraticObjective(INDArray lambda) {
        this.lambda = lambda;
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
        return ParameterLayout.single(lambda.length());
    }

    @Override
    public DataType dataType() {
        return lambda.dataType();
    }

    @Override
    public ObjectiveValue evaluate(INDArray theta) {
        return ObjectiveValue.of(0.5 * theta.mul(theta).mul(lambda).sumNumber().doubleValue());
    }

    @Override
    public INDArray gradient(INDArray theta) {
        return theta.mul(lambda);
    }

    @Override
    public Hessian hessianAt(INDArray theta) {
        return new Hessian() {
            @Override
            public long dimension() {
                return lambda.length();
            }

            @Override
            public DataType dataType() {
                return lambda.dataType();
            }

            @Override
            public INDArray multiply(INDArray vectors) {
                return vectors.rank() == 1 ? vectors.mul(lambda) : vectors.mulRowVector(lambda);
            }
        };
    }

    @Override
    public Objective withProbe(Probe probe) {
        return this;
    }

    @Override
    public Objective withConstants(ParameterSnapshot snapshot) {
        return this;
    }
}
