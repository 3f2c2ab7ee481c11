package org.thalweg.testing;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.krylov.Nd4jOperator;
import org.thalweg.objective.ObjectiveValue;
import org.thalweg.objective.ParameterLayout;

/** (1 - x)^2 + 100 (y - x^2)^2: a curved valley with its minimum at (1, 1), in double precision. */
public final class Rosenbrock implements KnownObjective {

    /** The value at a point. */
    public static double at(double x, double y) {
        double across = y - x * x;
        return (1 - x) * (1 - x) + 100 * across * across;
    }

    @Override
    public String name() {
        return "rosenbrock";
    }

    @Override
    public ParameterLayout layout() {
        return ParameterLayout.single(2);
    }

    @Override
    public DataType dataType() {
        return DataType.DOUBLE;
    }

    @Override
    public ObjectiveValue evaluate(INDArray theta) {
        return ObjectiveValue.of(at(theta.getDouble(0), theta.getDouble(1)));
    }

    @Override
    public INDArray gradient(INDArray theta) {
        double x = theta.getDouble(0);
        double across = theta.getDouble(1) - x * x;
        return Nd4j.createFromArray(-2 * (1 - x) - 400 * x * across, 200 * across);
    }

    @Override
    public LinearOperator hessianAt(INDArray theta) {
        double x = theta.getDouble(0);
        double y = theta.getDouble(1);
        double[][] rows = {{2 - 400 * (y - 3 * x * x), -400 * x}, {-400 * x, 200}};
        return new Matrix(Nd4j.createFromArray(rows));
    }

    private record Matrix(INDArray rows) implements Nd4jOperator {

        @Override
        public long dimension() {
            return rows.size(0);
        }

        @Override
        public DataType dataType() {
            return DataType.DOUBLE;
        }

        @Override
        public INDArray multiply(INDArray vectors) {
            return vectors.rank() == 1 ? rows.mmul(vectors) : vectors.mmul(rows);
        }
    }
}
