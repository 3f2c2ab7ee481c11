package org.thalweg.objective.compiled;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.thalweg.objective.ObjectiveValue;
import org.thalweg.objective.ParameterBlock;
import org.thalweg.objective.Parameterization;
import org.thalweg.objective.Slice;
import org.thalweg.objective.compiled.spi.Tape;

/** A line or plane: each point is one product of its coefficients with theta and the directions, then a run. */
final class CompiledSlice implements Slice {

    private final ExecutionPlan plan;
    private final Parameterization parameterization;
    private final CompiledObjective objective;
    private final ParameterBlock anyBlock;
    private final INDArray basis;
    private final INDArray coefficients;
    private final INDArray packed;
    private final Tape combination = new Tape();

    CompiledSlice(
            ExecutionPlan plan,
            INDArray theta,
            Parameterization parameterization,
            INDArray constants,
            CompiledObjective objective) {
        this.plan = plan;
        this.parameterization = parameterization;
        this.objective = objective;
        this.anyBlock = objective.layout().trainable().get(0);
        List<INDArray> directions = parameterization.directions();
        long vectors = 1L + directions.size();
        this.basis = Nd4j.createUninitialized(theta.dataType(), vectors, theta.length());
        this.coefficients = Nd4j.createUninitialized(theta.dataType(), 1, vectors);
        this.packed = Nd4j.createUninitialized(theta.dataType(), theta.length());
        plan.moveTo(theta, constants);
        plan.parameters().load(theta, row(0));
        for (int d = 0; d < directions.size(); d++) {
            plan.parameters().load(directions.get(d), row(d + 1));
        }
        combination.op("matmul").of(coefficients, basis).into(plan.point().reshape(1, theta.length()));
    }

    private INDArray row(long row) {
        return basis.get(NDArrayIndex.point(row), NDArrayIndex.all());
    }

    @Override
    public ObjectiveValue[] evaluate(double[][] points) {
        ObjectiveValue[] values = new ObjectiveValue[points.length];
        for (int i = 0; i < points.length; i++) {
            double[][] weights = parameterization.coefficients(points[i], anyBlock);
            for (int d = 0; d < weights.length; d++) {
                coefficients.data().put(d, weights[d][0]);
            }
            combination.run();
            values[i] = regularized(plan.value());
        }
        return values;
    }

    private ObjectiveValue regularized(ObjectiveValue value) {
        if (!objective.isRegularized()) {
            return value;
        }
        plan.parameters().unload(plan.point(), packed);
        return objective.regularized(value, packed);
    }

    @Override
    public void close() {
        combination.close();
        basis.close();
        coefficients.close();
        packed.close();
        plan.close();
    }
}
