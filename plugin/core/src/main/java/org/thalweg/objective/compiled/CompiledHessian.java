package org.thalweg.objective.compiled;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.krylov.Nd4jOperator;
import org.thalweg.krylov.Vector;
import org.thalweg.krylov.VectorBatch;
import org.thalweg.krylov.VectorSpace;
import org.thalweg.objective.compiled.internal.executor.ComputeDevice.DeviceExecutor;
import org.thalweg.objective.compiled.internal.executor.DeviceVector;
import org.thalweg.objective.compiled.spi.EvaluationKind;
import org.thalweg.objective.internal.Regularizer;

/**
 * Exact products with the Hessian (Pearlmutter 1994) or the Gauss-Newton matrix: a tangent-forward and a tangent-backward
 * pass each.
 *
 * @since 0.2.0
 */
public final class CompiledHessian implements Nd4jOperator {

    private final CompiledNetwork network;
    private final EvaluationKind kind;
    private final ExecutionPlan plan;
    private final CheckpointPolicy policy;
    private final Regularizer regularizer;
    private final long dimension;
    private @Nullable SharedProducts shared;

    CompiledHessian(CompiledNetwork network, EvaluationKind kind, Regularizer regularizer) {
        this.network = network;
        this.kind = kind;
        this.plan = network.products(kind);
        this.policy = network.batching(kind).policy();
        this.regularizer = regularizer;
        this.dimension = network.program().layout().parameters();
    }

    /** Moves to parameters. */
    CompiledHessian at(INDArray theta, INDArray constants) {
        plan.moveTo(theta, constants);
        plan.prepare();
        if (network.placement().places() > 1) {
            shared = new SharedProducts(network, plan, kind, theta.dup(), constants);
        }
        return this;
    }

    @Override
    public long dimension() {
        return dimension;
    }

    @Override
    public DataType dataType() {
        return network.type();
    }

    /**
     * Whether each product recomputes activations and gradients, at about twice the work, because they do not fit the
     * memory budget.
     */
    public boolean recomputes() {
        return policy == CheckpointPolicy.NOTHING;
    }

    /**
     * Whether the windows of convolutions are kept unrolled, so that products only multiply. They are kept if
     * everything fits the memory budget.
     */
    public boolean keepsWindows() {
        return policy == CheckpointPolicy.WINDOWS;
    }

    /** Bytes of the buffers in use. */
    public long bytes() {
        return plan.bytes();
    }

    @Override
    public INDArray multiply(INDArray vectors) {
        long[] shape = vectors.shape();
        if (shape.length > 2 || shape[shape.length - 1] != dimension || vectors.dataType() != dataType()) {
            throw new IllegalArgumentException(
                    "vectors must have the shape [" + dimension + "] or [k, " + dimension + "] and the type "
                            + dataType() + ", got " + Arrays.toString(shape) + " of type " + vectors.dataType());
        }
        INDArray products = Nd4j.createUninitialized(dataType(), shape);
        if (shape.length == 1) {
            multiply(vectors, products);
        } else {
            for (long row = 0; row < shape[0]; row++) {
                multiply(vectors.getRow(row), products.getRow(row));
            }
        }
        return products;
    }

    /** A penalty is added in ND4J's memory. Without one, vectors stay where products are computed. */
    private Optional<VectorSpace> onDevice() {
        return plan.executor() instanceof DeviceExecutor device
                        && regularizer.terms().isEmpty()
                ? Optional.of(device.space(dimension, plan.point().type()))
                : Optional.empty();
    }

    @Override
    public VectorSpace space() {
        return onDevice().orElseGet(Nd4jOperator.super::space);
    }

    @Override
    public Vector multiply(Vector vector) {
        if (vector instanceof DeviceVector direction && space().create() instanceof DeviceVector product) {
            plan.product(direction.tensor(), product.tensor());
            return product;
        }
        return Nd4jOperator.super.multiply(vector);
    }

    @Override
    public void multiplyAdd(Vector vector, double factor, Vector sum) {
        if (vector instanceof DeviceVector) {
            try (Vector product = multiply(vector)) {
                space().scale(factor, sum);
                space().axpy(1, product, sum);
            }
        } else {
            Nd4jOperator.super.multiplyAdd(vector, factor, sum);
        }
    }

    @Override
    public void multiplyAdd(INDArray vector, double factor, INDArray sum) {
        plan.productAdd(vector, factor, sum);
        regularizer.addProduct(vector, sum);
    }

    @Override
    public VectorBatch multiply(VectorBatch vectors) {
        if (onDevice().isEmpty()) {
            return Nd4jOperator.super.multiply(vectors);
        }
        VectorBatch products = space().batch(vectors.size());
        if (shared != null) {
            shared.multiply(vectors, products);
            return products;
        }
        for (int i = 0; i < vectors.size(); i++) {
            plan.product(((DeviceVector) vectors.get(i)).tensor(), ((DeviceVector) products.get(i)).tensor());
        }
        return products;
    }

    private void multiply(INDArray vector, INDArray product) {
        plan.products(vector, List.of(product));
        regularizer.addProduct(vector, product);
    }

    @Override
    public void close() {
        if (shared != null) {
            shared.close();
        }
        network.giveBack(plan);
    }
}
