package org.thalweg.demo.network;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.ObjectiveValue;
import org.thalweg.objective.ParameterBlock;
import org.thalweg.objective.ParameterKind;
import org.thalweg.objective.ParameterSnapshot;
import org.thalweg.objective.Probe;
import org.thalweg.objective.compiled.CompiledObjective;

/**
 * The steps that Deeplearning4j's {@code fit} makes, by gradients of the compiled objective, which are faster: on each
 * mini-batch's own statistics, with l1 and l2 in the gradient, one updater for all parameters, and BatchNorm's running
 * statistics as decaying averages of the batches'. Training that does more is not for it: dropout, constraints, gradient
 * normalization, weight decay outside the gradient. Not thread-safe.
 */
public final class CompiledTraining implements AutoCloseable {

    private final ComputationGraph network;
    private final GradientUpdater<?> updater;
    private final Map<String, Double> decays;

    /** The network's whole vector; its statistics are up to date, its parameters only after {@link #write}. */
    private final INDArray flat;

    /** {@code [P]}, packed. */
    private final INDArray theta;

    /** The updater's, {@code [1, P]}, packed; {@code [1, 0]} without any. */
    private final INDArray state;

    private Objective objective;
    private int iteration;

    /**
     * Continues from where the network is.
     *
     * @param network initialized, with its updater; only {@link #write} changes it
     * @param rule the updater of all its parameters, with at most one number of state for each
     * @param first a batch; others may be of another size
     * @throws IllegalArgumentException if the updater has more state than that
     */
    public CompiledTraining(ComputationGraph network, IUpdater rule, DataSet first) {
        this.network = network;
        objective = CompiledObjective.of(
                network,
                Probe.of(first),
                ObjectiveOptions.DEFAULT
                        .withMode(ObjectiveMode.BATCH)
                        .withRegularized(true)
                        .withBatchSize(Integer.MAX_VALUE));
        flat = network.params().dup();
        theta = objective.layout().pack(flat);
        if (rule.stateSize(theta.length()) > theta.length()) {
            throw new IllegalArgumentException(
                    "the updater must keep at most one number for each parameter, such as momentum, got " + rule);
        }
        state = Nd4j.create(theta.dataType(), 1, rule.stateSize(theta.length()));
        forEachState((packed, own) -> packed.assign(own));
        updater = rule.instantiate(state, false);
        iteration = network.getIterationCount();
        decays = Arrays.stream(network.getLayers())
                .map(layer -> layer.conf().getLayer())
                .filter(BatchNormalization.class::isInstance)
                .map(BatchNormalization.class::cast)
                .collect(Collectors.toMap(BatchNormalization::getLayerName, BatchNormalization::getDecay));
    }

    /** Makes a step. */
    public void step(DataSet batch) {
        objective = objective.withMiniBatch(Probe.of(batch));
        try (INDArray step = objective.gradient(theta)) {
            objective.estimatedStatistics(theta).ifPresent(this::average);
            updater.applyUpdater(step.reshape(1, step.length()), iteration, network.getEpochCount());
            theta.subi(step);
        }
        iteration++;
    }

    private void average(ParameterSnapshot batch) {
        for (ParameterBlock block : objective.layout().blocks()) {
            if (block.kind() == ParameterKind.STATISTIC) {
                double decay = Objects.requireNonNull(decays.get(block.layer()));
                double[] running = block.statistics(flat);
                double[] current = block.statistics(batch.parameters());
                Arrays.setAll(running, i -> decay * running[i] + (1 - decay) * current[i]);
                block.writeStatistics(running, flat);
            }
        }
        batch.parameters().close();
    }

    /** Loss with penalties and accuracy at the parameters as they are, on the last batch and its statistics. */
    public ObjectiveValue value() {
        return objective.evaluate(theta);
    }

    /** Number of steps that the network and this have made. */
    public int iteration() {
        return iteration;
    }

    /**
     * Brings the network, its updater and its counts to where this is.
     *
     * @param epochs number of completed epochs
     */
    public void write(int epochs) {
        objective.layout().unpack(theta, flat);
        network.setParams(flat);
        forEachState((packed, own) -> own.assign(packed));
        network.getConfiguration().setIterationCount(iteration);
        network.getConfiguration().setEpochCount(epochs);
    }

    /** Deeplearning4j keeps the state in the order of its parameters, without those that are not trained. */
    private void forEachState(BiConsumer<INDArray, INDArray> copy) {
        if (state.isEmpty()) {
            return;
        }
        INDArray view = network.getUpdater().getStateViewArray();
        INDArray all = view.reshape(view.length());
        long at = 0;
        for (ParameterBlock block : objective.layout().trainable()) {
            INDArray own = all.get(NDArrayIndex.interval(at, at + block.length()));
            copy.accept(block.of(state.reshape(state.length())), own.reshape(block.flatOrder(), block.shape()));
            at += block.length();
        }
    }

    @Override
    public void close() {
        objective.close();
        theta.close();
        flat.close();
    }
}
