package org.thalweg.spark;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.Objective;
import org.thalweg.objective.Slice;

/**
 * A line, a plane or any other family of points around some parameters. Executors get each point by its {@link
 * CoefficientTable}, so they need not know the parameterization.
 *
 * @param id executors keep it under this id
 * @param uniform whether coefficients are the same for all blocks
 * @param theta the parameters, packed
 * @param directions packed
 */
record BroadcastSlice(long id, boolean uniform, Broadcast<byte[]> theta, List<Broadcast<byte[]>> directions)
        implements Serializable {

    /** A slice and the table of its points. */
    record Opened(Slice slice, CoefficientTable coefficients) {}

    Opened open(Objective objective) {
        CoefficientTable coefficients = new CoefficientTable(
                uniform,
                objective.layout(),
                directions.stream()
                        .map(direction -> ArrayBytes.vector(direction.value()))
                        .toList());
        INDArray point = ArrayBytes.vector(theta.value());
        Slice slice = objective.slice(point, coefficients);
        point.close();
        return new Opened(slice, coefficients);
    }
}
