package org.thalweg.spark;

import java.util.Arrays;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.krylov.Nd4jOperator;

/** A matrix that executors keep in parts: a product sends one vector and receives one vector from each part. */
final class SparkHessian implements Nd4jOperator {

    private final SparkObjective objective;
    private final SparkObjective.Sent theta;
    private final Operator operator;
    private final long dimension;
    private final DataType type;

    SparkHessian(
            SparkObjective objective, boolean gaussNewton, SparkObjective.Sent theta, long dimension, DataType type) {
        this.objective = objective;
        this.theta = theta;
        this.operator = new Operator(objective.opened(), gaussNewton, theta.vector());
        this.dimension = dimension;
        this.type = type;
    }

    @Override
    public long dimension() {
        return dimension;
    }

    @Override
    public DataType dataType() {
        return type;
    }

    @Override
    public INDArray multiply(INDArray vectors) {
        long[] shape = vectors.shape();
        if (shape.length > 2 || shape[shape.length - 1] != dimension || vectors.dataType() != type) {
            throw new IllegalArgumentException("vectors must have the shape [" + dimension + "] or [k, " + dimension
                    + "] and the type " + type + ", got " + Arrays.toString(shape) + " of type " + vectors.dataType());
        }
        long rows = vectors.length() / dimension;
        try (SparkObjective.Sent sent = objective.sendAny(vectors)) {
            PartQuery<byte[]> products = new PartQuery.Products(operator, sent.vector(), rows);
            return ArrayBytes.rounded(objective.sum("Hessian product", products, rows), type, shape);
        }
    }

    @Override
    public Optional<String> defect() {
        return objective.ask("check of the Hessian", new PartQuery.Defect(operator)).stream()
                .flatMap(Arrays::stream)
                .findFirst();
    }

    @Override
    public Optional<String> defectAlong(INDArray vector, double curvature) {
        try (SparkObjective.Sent sent = objective.sendAny(vector)) {
            return objective
                    .ask("check of the top eigenvector", new PartQuery.DefectAlong(operator, sent.vector(), curvature))
                    .stream()
                    .flatMap(Arrays::stream)
                    .findFirst();
        }
    }

    @Override
    public void close() {
        objective.closed(operator.id());
        theta.close();
    }
}
