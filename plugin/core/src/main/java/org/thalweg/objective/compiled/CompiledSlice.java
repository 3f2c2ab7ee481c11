package org.thalweg.objective.compiled;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.objective.ObjectiveValue;
import org.thalweg.objective.ParameterBlock;
import org.thalweg.objective.Parameterization;
import org.thalweg.objective.Slice;
import org.thalweg.objective.compiled.internal.executor.Executor.BoundTape;
import org.thalweg.objective.compiled.spi.Buffer;
import org.thalweg.objective.compiled.spi.ElementType;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;

/** A line or plane: each point is one product of its coefficients with theta and the directions, then a run. */
final class CompiledSlice implements Slice {

    private final ExecutionPlan plan;
    private final Parameterization parameterization;
    private final CompiledObjective objective;
    private final ParameterBlock anyBlock;
    private final Tensor basis;
    private final Tensor coefficients;
    private final double[] weights;
    private final INDArray packed;
    private final BoundTape combination;

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
        int vectors = 1 + directions.size();
        ElementType type = plan.point().type();
        this.basis = Tensor.of(new Buffer(type, vectors * theta.length()), vectors, theta.length());
        this.coefficients = Tensor.of(new Buffer(type, vectors), 1, vectors);
        this.weights = new double[vectors];
        this.packed = Nd4j.createUninitialized(theta.dataType(), theta.length());
        plan.moveTo(theta, constants);
        plan.parameters().load(theta, basis.select(0, 0));
        for (int d = 0; d < directions.size(); d++) {
            plan.parameters().load(directions.get(d), basis.select(0, d + 1));
        }
        Tape tape = new Tape();
        tape.matmul(coefficients, false, basis, false, plan.point().reshape(1, theta.length()));
        this.combination = plan.executor().bind(tape);
    }

    @Override
    public ObjectiveValue[] evaluate(double[][] points) {
        ObjectiveValue[] values = new ObjectiveValue[points.length];
        for (int i = 0; i < points.length; i++) {
            double[][] factors = parameterization.coefficients(points[i], anyBlock);
            for (int d = 0; d < factors.length; d++) {
                weights[d] = factors[d][0];
            }
            plan.executor().upload(weights, coefficients);
            combination.run();
            values[i] = regularized(plan.values().get(0));
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
        plan.executor().free(List.of(basis.buffer(), coefficients.buffer()));
        packed.close();
        plan.close();
    }
}
