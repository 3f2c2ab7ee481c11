package org.thalweg.objective.compiled;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.compiled.internal.executor.Executor;
import org.thalweg.objective.compiled.spi.Buffer;
import org.thalweg.objective.compiled.spi.ElementType;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * A {@link PackedProbe} in an executor's memory.
 *
 * @param examples their number
 * @param features one tensor per input
 * @param masks of the features, null for none
 * @param targets one per output
 */
record ProbeTensors(int examples, List<Tensor> features, List<@Nullable Tensor> masks, List<TargetTensors> targets) {

    /** {@link Targets} in an executor's memory: dense DOUBLE {@code [n, ..., size]}. */
    record TargetTensors(
            Tensor labels, @Nullable Tensor mask, @Nullable Tensor weights) {

        private TargetTensors range(int from, int to) {
            return new TargetTensors(labels.slice(0, from, to), rows(mask, from, to), rows(weights, from, to));
        }
    }

    static ProbeTensors of(PackedProbe probe, Executor executor) {
        List<Tensor> features = probe.features().stream().map(executor::adopt).toList();
        List<@Nullable Tensor> masks = new ArrayList<>();
        for (INDArray mask : probe.masks()) {
            masks.add(mask == null ? null : executor.adopt(mask));
        }
        return new ProbeTensors(
                probe.examples(), features, Collections.unmodifiableList(masks), targets(probe, executor));
    }

    /** The same features with other targets. */
    ProbeTensors withTargets(PackedProbe probe, Executor executor) {
        return new ProbeTensors(examples, features, masks, targets(probe, executor));
    }

    private static List<TargetTensors> targets(PackedProbe probe, Executor executor) {
        List<TargetTensors> targets = new ArrayList<>();
        for (Targets target : probe.targets()) {
            targets.add(new TargetTensors(
                    made(target.batch(), target.labels(), executor),
                    target.mask() == null ? null : made(target.batch(), target.mask(), executor),
                    target.weights() == null ? null : made(target.batch(), target.weights(), executor)));
        }
        return targets;
    }

    private static Tensor made(long[] shape, double[] values, Executor executor) {
        Tensor tensor = Tensor.of(new Buffer(ElementType.DOUBLE, values.length), shape);
        executor.upload(values, tensor);
        return tensor;
    }

    /** Whether another probe fits into these tensors. */
    boolean fits(PackedProbe probe) {
        boolean same = probe.examples() == examples;
        for (int i = 0; same && i < features.size(); i++) {
            same = Arrays.equals(
                            features.get(i).shape(), probe.features().get(i).shape())
                    && (masks.get(i) == null) == (probe.masks().get(i) == null);
        }
        for (int i = 0; same && i < targets.size(); i++) {
            Targets other = probe.targets().get(i);
            same = (targets.get(i).mask() == null) == (other.mask() == null)
                    && (targets.get(i).weights() == null) == (other.weights() == null);
        }
        return same;
    }

    /** Replaces the numbers with those of a probe that {@linkplain #fits fits}. */
    void load(PackedProbe probe, Executor executor) {
        for (int i = 0; i < features.size(); i++) {
            executor.upload(probe.features().get(i), features.get(i));
            INDArray mask = probe.masks().get(i);
            Tensor maskTensor = masks.get(i);
            if (mask != null && maskTensor != null) {
                executor.upload(mask, maskTensor);
            }
        }
        for (int i = 0; i < targets.size(); i++) {
            Targets target = probe.targets().get(i);
            executor.upload(target.labels(), targets.get(i).labels());
            upload(target.mask(), targets.get(i).mask(), executor);
            upload(target.weights(), targets.get(i).weights(), executor);
        }
    }

    private static void upload(double @Nullable [] values, @Nullable Tensor tensor, Executor executor) {
        if (values != null && tensor != null) {
            executor.upload(values, tensor);
        }
    }

    /** Examples from (inclusive) to (exclusive), as views. */
    ProbeTensors range(int from, int to) {
        List<@Nullable Tensor> someMasks = new ArrayList<>();
        masks.forEach(mask -> someMasks.add(rows(mask, from, to)));
        return new ProbeTensors(
                to - from,
                features.stream().map(tensor -> tensor.slice(0, from, to)).toList(),
                Collections.unmodifiableList(someMasks),
                targets.stream().map(target -> target.range(from, to)).toList());
    }

    private static @Nullable Tensor rows(@Nullable Tensor tensor, int from, int to) {
        return tensor == null ? null : tensor.slice(0, from, to);
    }
}
