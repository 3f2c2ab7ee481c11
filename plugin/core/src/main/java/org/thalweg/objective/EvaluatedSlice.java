package org.thalweg.objective;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.internal.HostMemory;

/** A slice of any objective: forms each point in one buffer and evaluates the objective there. */
final class EvaluatedSlice implements Slice {

    private final Objective objective;
    private final Parameterization parameterization;
    private final List<Part> parts;
    private final List<INDArray> vectors = new ArrayList<>();
    private final FilterwiseSum sum;
    private final INDArray point;

    private record Part(ParameterBlock block, FilterRuns runs) {}

    EvaluatedSlice(Objective objective, INDArray theta, Parameterization parameterization) {
        this.objective = objective;
        this.parameterization = parameterization;
        this.parts = objective.layout().trainable().stream()
                .map(block -> new Part(block, FilterRuns.of(block)))
                .toList();
        DataType type = theta.dataType() == DataType.DOUBLE ? DataType.DOUBLE : DataType.FLOAT;
        this.sum = FilterwiseSum.of(type);
        this.point = Nd4j.createUninitialized(type, theta.length());
        vectors.add(copy(theta));
        parameterization.directions().forEach(direction -> vectors.add(copy(direction)));
        HostMemory.fetch(vectors.toArray(INDArray[]::new));
    }

    private INDArray copy(INDArray vector) {
        return Nd4j.createUninitialized(point.dataType(), vector.length()).assign(vector.reshape(vector.length()));
    }

    @Override
    public ObjectiveValue[] evaluate(double[][] points) {
        ObjectiveValue[] values = new ObjectiveValue[points.length];
        for (int i = 0; i < points.length; i++) {
            moveTo(points[i]);
            values[i] = objective.evaluate(point.castTo(objective.dataType()));
        }
        return values;
    }

    private void moveTo(double[] coordinates) {
        HostMemory.fetch(point);
        for (Part part : parts) {
            double[][] factors = parameterization.coefficients(coordinates, part.block());
            sum.write(part.block(), part.runs(), vectors, factors, point);
        }
        HostMemory.changed(point);
    }

    @Override
    public void close() {
        vectors.forEach(INDArray::close);
        point.close();
    }
}
