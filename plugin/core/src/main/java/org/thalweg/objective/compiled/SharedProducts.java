package org.thalweg.objective.compiled;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.krylov.VectorBatch;
import org.thalweg.objective.compiled.internal.executor.DeviceVector;
import org.thalweg.objective.compiled.internal.executor.Executor;
import org.thalweg.objective.compiled.spi.EvaluationKind;
import org.thalweg.objective.compiled.spi.Tensor;

/** Products with batches of vectors on several devices of one model: each computes a block, with the bits of any other. */
final class SharedProducts implements AutoCloseable {

    private final CompiledNetwork network;
    private final ExecutionPlan plan;
    private final EvaluationKind kind;
    private final INDArray theta;
    private final INDArray constants;
    private final List<HelperProducts> helpers = new ArrayList<>();

    /**
     * @param plan on the first device, at the parameters
     * @param theta the parameters, for the other devices; closed with this
     */
    SharedProducts(
            CompiledNetwork network, ExecutionPlan plan, EvaluationKind kind, INDArray theta, INDArray constants) {
        this.network = network;
        this.plan = plan;
        this.kind = kind;
        this.theta = theta;
        this.constants = constants;
    }

    /**
     * Multiplies vectors.
     *
     * @param vectors on the first device
     * @param products likewise, to be written
     */
    void multiply(VectorBatch vectors, VectorBatch products) {
        int count = vectors.size();
        if (count > 1) {
            open();
        }
        int block = (count + helpers.size()) / (1 + helpers.size());
        List<double[][]> away = new ArrayList<>();
        List<Supplier<Boolean>> tasks = new ArrayList<>();
        tasks.add(() -> {
            for (int i = 0; i < Math.min(block, count); i++) {
                plan.product(tensor(vectors, i), tensor(products, i));
            }
            return true;
        });
        Executor executor = plan.executor();
        for (int from = block; from < count; from += block) {
            double[][] share = new double[Math.min(block, count - from)][];
            for (int i = 0; i < share.length; i++) {
                share[i] = executor.download(tensor(vectors, from + i));
            }
            HelperProducts helper = helpers.get(away.size());
            away.add(share);
            tasks.add(() -> {
                helper.multiply(share);
                return true;
            });
        }
        PlaceThreads.run(network.placement(), tasks);
        int next = block;
        for (double[][] share : away) {
            for (double[] product : share) {
                executor.upload(product, tensor(products, next++));
            }
        }
    }

    private void open() {
        for (CompiledNetwork helper :
                network.helpers().subList(helpers.size(), network.helpers().size())) {
            helpers.add(
                    network.placement().at(helper.place(), () -> new HelperProducts(helper, kind, theta, constants)));
        }
    }

    private static Tensor tensor(VectorBatch batch, int i) {
        return ((DeviceVector) batch.get(i)).tensor();
    }

    @Override
    public void close() {
        helpers.forEach(HelperProducts::close);
        theta.close();
    }
}
