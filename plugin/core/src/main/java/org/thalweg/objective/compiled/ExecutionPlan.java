package org.thalweg.objective.compiled;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.ObjectiveValue;
import org.thalweg.objective.compiled.ParameterStore.Role;
import org.thalweg.objective.compiled.internal.executor.Arena;
import org.thalweg.objective.compiled.spi.EvaluationKind;
import org.thalweg.objective.compiled.spi.Program;

/**
 * A program recorded for all batches of a probe, with parameters and buffers of its own. Vectors given and returned are
 * packed.
 */
final class ExecutionPlan implements AutoCloseable {

    private final PlanResources resources;
    private final ParameterStore parameters;
    private final List<RecordedBatch> recordings = new ArrayList<>();
    private final List<Arena> kept = new ArrayList<>();
    private final CheckpointPolicy retention;

    ExecutionPlan(
            Program program, DataType type, long seed, PackedProbe probe, EvaluationKind purpose, Batching batching) {
        this.parameters = new ParameterStore(program, type);
        this.resources = new PlanResources(parameters, type, seed);
        this.retention = batching.retention();
        for (int from = 0; from < probe.examples(); from += batching.size()) {
            int to = Math.min(from + batching.size(), probe.examples());
            recordings.add(new RecordedBatch(
                    program, resources, purpose, keptMemory(type), retention, probe.range(from, to), probe.examples()));
        }
    }

    private Arena keptMemory(DataType type) {
        if (retention != CheckpointPolicy.NOTHING || kept.isEmpty()) {
            kept.add(new Arena(type));
        }
        Arena arena = kept.get(kept.size() - 1);
        arena.rewind();
        return arena;
    }

    /** Moves to parameters. */
    void moveTo(INDArray theta, INDArray constants) {
        parameters.loadConstants(constants);
        parameters.load(theta, point());
    }

    /** The parameters in the kernels' order of rows, {@code [P]}; writing here moves, too. */
    INDArray point() {
        return parameters.vector(Role.VALUE);
    }

    ParameterStore parameters() {
        return parameters;
    }

    /** The data loss and the accuracy where {@link #moveTo} went. */
    ObjectiveValue value() {
        double loss = 0;
        double correct = 0;
        double counted = 0;
        for (RecordedBatch recording : recordings) {
            recording.run();
            for (LossHead head : recording.heads()) {
                loss += head.loss();
                correct += head.correct();
                counted += head.counted();
            }
        }
        return new ObjectiveValue(
                loss, counted == 0 ? OptionalDouble.empty() : OptionalDouble.of(100 * correct / counted));
    }

    /** How many predictions accuracy is a share of. */
    double predictions() {
        return recordings.stream()
                .flatMap(recording -> recording.heads().stream())
                .mapToDouble(LossHead::counted)
                .sum();
    }

    /** The gradient of the data loss, written to a packed vector. */
    void gradient(INDArray packed) {
        accumulate(RecordedBatch::run, Role.GRADIENT, packed);
    }

    /** Computes what Hessian products share, unless each of them computes it again. */
    void prepare() {
        if (retention != CheckpointPolicy.NOTHING) {
            recordings.forEach(RecordedBatch::run);
        }
    }

    /** The product of the data loss's Hessian with a packed direction, written to a packed vector. */
    void product(INDArray direction, INDArray packed) {
        parameters.load(direction, parameters.vector(Role.TANGENT));
        accumulate(this::product, Role.GRADIENT_TANGENT, packed);
    }

    private void product(RecordedBatch recording) {
        if (retention == CheckpointPolicy.NOTHING) {
            recording.run();
        }
        recording.runProduct();
    }

    private void accumulate(Consumer<RecordedBatch> run, Role role, INDArray packed) {
        INDArray part = parameters.vector(role);
        run.accept(recordings.get(0));
        if (recordings.size() == 1) {
            parameters.unload(part, packed);
            return;
        }
        INDArray sum = part.dup();
        for (RecordedBatch recording : recordings.subList(1, recordings.size())) {
            run.accept(recording);
            sum.addi(part);
        }
        parameters.unload(sum, packed);
        sum.close();
    }

    /** Bytes of buffers that every batch overwrites. */
    long passingBytes() {
        return resources.passing().bytes();
    }

    /** Bytes of buffers that hold what Hessian products share. */
    long keptBytes() {
        return kept.stream().mapToLong(Arena::bytes).sum();
    }

    /** Bytes of buffers that are filled while recording, for each batch its own. */
    long fixedBytes() {
        return resources.fixed().bytes();
    }

    /** Bytes of all buffers. */
    long bytes() {
        return passingBytes() + keptBytes() + fixedBytes();
    }

    @Override
    public void close() {
        recordings.forEach(RecordedBatch::close);
        kept.forEach(Arena::close);
        resources.close();
    }
}
