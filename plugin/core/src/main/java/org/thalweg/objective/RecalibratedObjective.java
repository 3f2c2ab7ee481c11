package org.thalweg.objective;

import java.util.OptionalDouble;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.krylov.LinearOperator;

/**
 * The loss at inference of a network whose BatchNorm statistics are {@linkplain Objective#estimatedStatistics estimated
 * again} at every point: far from the trained parameters, between two networks or at averaged weights, the statistics that
 * training collected belong to another network, and a barrier there would be theirs (T. Garipov et al., "Loss Surfaces, Mode
 * Connectivity, and Fast Ensembling of DNNs", NeurIPS 2018; K. Jordan et al., "REPAIR", ICLR 2023).
 *
 * <p>A point costs a forward pass over the probe of the statistics and one over the probe of the loss. There are no
 * gradients: they would have to follow the statistics, which mode {@code BATCH} does. Confined to one thread at a time,
 * together with both objectives, which it does not close.
 *
 * @since 0.2.0
 */
public final class RecalibratedObjective implements Objective {

    private final Objective shown;
    private final Objective statistics;

    private RecalibratedObjective(Objective shown, Objective statistics) {
        this.shown = shown;
        this.statistics = statistics;
    }

    /**
     * An objective with statistics of its own at every point.
     *
     * @param shown the loss, in mode {@code RUNNING}
     * @param statistics the same network in mode {@code BATCH}, on the training examples that statistics come from
     * @return {@code shown} itself for a network without statistics
     */
    public static Objective of(Objective shown, Objective statistics) {
        boolean normalized =
                shown.layout().blocks().stream().anyMatch(block -> block.kind() == ParameterKind.STATISTIC);
        return normalized ? new RecalibratedObjective(shown, statistics) : shown;
    }

    @Override
    public String name() {
        return shown.name();
    }

    @Override
    public HessianMethod hessianMethod() {
        return shown.hessianMethod();
    }

    @Override
    public ParameterLayout layout() {
        return shown.layout();
    }

    @Override
    public DataType dataType() {
        return shown.dataType();
    }

    /** @throws IllegalStateException if the statistics cannot be estimated */
    @Override
    public ObjectiveValue evaluate(INDArray theta) {
        ParameterSnapshot there = statistics
                .estimatedStatistics(theta)
                .orElseThrow(
                        () -> new IllegalStateException("BatchNorm's statistics cannot be estimated again: that needs"
                                + " a network that can be compiled, in mode BATCH, and this objective is '"
                                + statistics.name()
                                + "'"));
        ObjectiveValue value = shown.withConstants(there).evaluate(theta);
        there.parameters().close();
        return value;
    }

    @Override
    public OptionalDouble predictions() {
        return shown.predictions();
    }

    @Override
    public INDArray gradient(INDArray theta) {
        throw withoutGradient();
    }

    @Override
    public LinearOperator hessianAt(INDArray theta) {
        throw withoutGradient();
    }

    private static UnsupportedOperationException withoutGradient() {
        return new UnsupportedOperationException(
                "statistics that are estimated again at every point have no gradient here: use mode BATCH");
    }

    @Override
    public Objective withProbe(Probe probe) {
        return new RecalibratedObjective(shown.withProbe(probe), statistics);
    }

    @Override
    public Objective withConstants(ParameterSnapshot snapshot) {
        return new RecalibratedObjective(shown.withConstants(snapshot), statistics.withConstants(snapshot));
    }

    @Override
    public Placement placement() {
        return shown.placement();
    }
}
