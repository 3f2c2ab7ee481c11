package org.thalweg.objective.compiled;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.compiled.internal.executor.Executor;
import org.thalweg.objective.compiled.spi.Buffer;
import org.thalweg.objective.compiled.spi.EvaluationKind;
import org.thalweg.objective.compiled.spi.Tensor;

/** Products on a device that shares another one's work; vectors come and go through the host. */
final class HelperProducts implements AutoCloseable {

    private final CompiledNetwork network;
    private final ExecutionPlan plan;
    private final Tensor direction;
    private final Tensor product;

    HelperProducts(CompiledNetwork network, EvaluationKind kind, INDArray theta, INDArray constants) {
        this.network = network;
        this.plan = network.products(kind);
        plan.moveTo(theta, constants);
        plan.prepare();
        this.direction = Tensor.of(new Buffer(plan.point().type(), theta.length()), theta.length());
        this.product = Tensor.of(new Buffer(plan.point().type(), theta.length()), theta.length());
    }

    /** Replaces vectors by their products. */
    void multiply(double[][] vectors) {
        Executor executor = plan.executor();
        for (int i = 0; i < vectors.length; i++) {
            executor.upload(vectors[i], direction);
            plan.product(direction, product);
            vectors[i] = executor.download(product);
        }
    }

    @Override
    public void close() {
        plan.executor().free(List.of(direction.buffer(), product.buffer()));
        network.giveBack(plan);
    }
}
