package org.thalweg.objective.compiled;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.objective.ObjectiveValue;
import org.thalweg.objective.ParameterBlock;
import org.thalweg.objective.Parameterization;
import org.thalweg.objective.Slice;
import org.thalweg.objective.compiled.internal.executor.Executor.BoundTape;
import org.thalweg.objective.compiled.spi.Buffer;
import org.thalweg.objective.compiled.spi.ElementType;
import org.thalweg.objective.compiled.spi.EvaluationKind;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * A line or plane: each point is one product of its coefficients with theta and the directions, then a run. A device
 * computes several points at once.
 */
final class CompiledSlice implements Slice {

    private final ExecutionPlan plan;
    private final Parameterization parameterization;
    private final CompiledObjective objective;
    private final ParameterBlock anyBlock;
    private final int vectors;
    private final Tensor basis;
    private final Optional<PointBatch> batch;
    private final int together;
    private final Tensor coefficients;
    /** The point in packed order, which only a penalty reads. */
    private final INDArray packed;

    private @Nullable BoundTape combination;

    CompiledSlice(
            CompiledNetwork network,
            INDArray theta,
            Parameterization parameterization,
            INDArray constants,
            CompiledObjective objective) {
        this.plan = network.newPlan(EvaluationKind.VALUE);
        this.parameterization = parameterization;
        this.objective = objective;
        this.anyBlock = objective.layout().trainable().get(0);
        List<INDArray> directions = parameterization.directions();
        this.vectors = 1 + directions.size();
        ElementType type = plan.point().type();
        this.basis = Tensor.of(new Buffer(type, vectors * theta.length()), vectors, theta.length());
        plan.moveTo(theta, constants);
        plan.parameters().load(theta, basis.select(0, 0));
        for (int d = 0; d < directions.size(); d++) {
            plan.parameters().load(directions.get(d), basis.select(0, d + 1));
        }
        this.batch = network.atSeveralPoints(plan, basis.buffer().bytes());
        this.together = batch.map(PointBatch::points).orElse(1);
        this.coefficients = Tensor.of(new Buffer(type, (long) together * vectors), together, vectors);
        this.packed = Nd4j.createUninitialized(theta.dataType(), objective.isRegularized() ? theta.length() : 1);
    }

    @Override
    public int pointsPerCall() {
        int least = Slice.super.pointsPerCall();
        return (least + together - 1) / together * together;
    }

    @Override
    public ObjectiveValue[] evaluate(double[][] points) {
        ObjectiveValue[] values = new ObjectiveValue[points.length];
        for (int from = 0; from < points.length; from += together) {
            int count = Math.min(together, points.length - from);
            plan.executor().upload(weights(points, from, count), coefficients.slice(0, 0, count));
            if (batch.isPresent()) {
                evaluate(batch.get(), count, from, values);
            } else {
                combination().run();
                values[from] = regularized(plan.values().get(0), plan.point());
            }
        }
        return values;
    }

    private void evaluate(PointBatch points, int count, int from, ObjectiveValue[] values) {
        Tensor parameters = points.parameters(count);
        List<ObjectiveValue> found = points.values(count, combined(parameters));
        for (int i = 0; i < count; i++) {
            values[from + i] = regularized(found.get(i), parameters.select(0, i));
        }
    }

    /** The coefficients of theta and the directions at some of the points, row by row. */
    private double[] weights(double[][] points, int from, int count) {
        return Arrays.stream(points, from, from + count)
                .flatMapToDouble(point -> Arrays.stream(parameterization.coefficients(point, anyBlock))
                        .mapToDouble(factors -> factors[0]))
                .toArray();
    }

    private BoundTape combination() {
        if (combination == null) {
            combination = plan.executor().bind(combined(plan.point().reshape(1, basis.size(1))));
        }
        return combination;
    }

    /** Writes the parameters of points, one a row. */
    private Tape combined(Tensor parameters) {
        Tape tape = new Tape();
        tape.matmul(coefficients.slice(0, 0, parameters.size(0)), false, basis, false, parameters);
        return tape;
    }

    private ObjectiveValue regularized(ObjectiveValue value, Tensor parameters) {
        if (!objective.isRegularized()) {
            return value;
        }
        plan.parameters().unload(parameters, packed);
        return objective.regularized(value, packed);
    }

    @Override
    public void close() {
        batch.ifPresent(PointBatch::close);
        if (combination != null) {
            combination.close();
        }
        plan.executor().free(List.of(basis.buffer(), coefficients.buffer()));
        packed.close();
        plan.close();
    }
}
