package org.thalweg.spark;

import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.ObjectiveValue;

/**
 * A query to an objective on one part of its probe. Answers are arrays of primitives or bytes, which every serializer
 * handles.
 *
 * @param <R> the answer: {@code double[]}, or a vector's {@link ArrayBytes#bytes}
 */
sealed interface PartQuery<R> extends Serializable {

    /** Answers the query on one part. */
    R answer(PartState part);

    /** Values at one point: predictions, loss, accuracy. */
    record Value(Broadcast<byte[]> theta) implements PartQuery<double[]> {
        @Override
        public double[] answer(PartState part) {
            INDArray point = ArrayBytes.vector(theta.value());
            ObjectiveValue value = part.objective().evaluate(point);
            point.close();
            return new double[] {part.predictions(), value.loss(), value.accuracyOrNaN()};
        }
    }

    /**
     * Values at points of a slice: predictions, then loss and accuracy of each.
     *
     * @param counted whether to count predictions, which may take additional memory; if not, their number is 0
     */
    record Values(BroadcastSlice slice, double[][][][] coefficients, boolean counted) implements PartQuery<double[]> {
        @Override
        public double[] answer(PartState part) {
            BroadcastSlice.Opened opened = part.slice(slice);
            ObjectiveValue[] values =
                    opened.slice().evaluate(opened.coefficients().fill(coefficients));
            double[] answer = new double[1 + 2 * values.length];
            answer[0] = counted ? part.predictions() : 0;
            for (int i = 0; i < values.length; i++) {
                answer[1 + 2 * i] = values[i].loss();
                answer[2 + 2 * i] = values[i].accuracyOrNaN();
            }
            return answer;
        }
    }

    /** The gradient, {@code [P]}. */
    record Gradient(Broadcast<byte[]> theta) implements PartQuery<byte[]> {
        @Override
        public byte[] answer(PartState part) {
            INDArray point = ArrayBytes.vector(theta.value());
            INDArray gradient = part.objective().gradient(point);
            point.close();
            return taken(gradient);
        }
    }

    /** Products with {@code rows} vectors, {@code [rows, P]}, row by row. */
    record Products(Operator operator, Broadcast<byte[]> vectors, long rows) implements PartQuery<byte[]> {
        @Override
        public byte[] answer(PartState part) {
            byte[] elements = vectors.value();
            INDArray array = ArrayBytes.array(elements, rows, ArrayBytes.length(elements) / rows);
            INDArray products = part.operator(operator).multiply(array);
            array.close();
            return taken(products);
        }
    }

    /** The reason why the operator should not be trusted: one string, or none. */
    record Defect(Operator operator) implements PartQuery<String[]> {
        @Override
        public String[] answer(PartState part) {
            return part.operator(operator).defect().stream().toArray(String[]::new);
        }
    }

    /** The reason why the curvature along a direction should not be trusted: one string, or none. */
    record DefectAlong(Operator operator, Broadcast<byte[]> vector, double curvature) implements PartQuery<String[]> {
        @Override
        public String[] answer(PartState part) {
            INDArray direction = ArrayBytes.vector(vector.value());
            String[] defect = part.operator(operator).defectAlong(direction, curvature).stream()
                    .toArray(String[]::new);
            direction.close();
            return defect;
        }
    }

    private static byte[] taken(INDArray array) {
        byte[] elements = ArrayBytes.bytes(array);
        array.close();
        return elements;
    }
}
