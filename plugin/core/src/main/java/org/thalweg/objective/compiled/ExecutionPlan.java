package org.thalweg.objective.compiled;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.ObjectiveValue;
import org.thalweg.objective.compiled.ParameterStore.Role;
import org.thalweg.objective.compiled.internal.executor.Arena;
import org.thalweg.objective.compiled.internal.executor.Executor;
import org.thalweg.objective.compiled.internal.executor.Executor.BoundTape;
import org.thalweg.objective.compiled.internal.program.Program;
import org.thalweg.objective.compiled.spi.Buffer;
import org.thalweg.objective.compiled.spi.ElementType;
import org.thalweg.objective.compiled.spi.EvaluationKind;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * A program recorded for all batches of a probe, with parameters and buffers of its own. The batches form one or more
 * parts, each with its own mean loss. Vectors passed in and out are packed.
 */
final class ExecutionPlan implements AutoCloseable {

    private final PlanResources resources;
    private final ParameterStore parameters;
    private final List<Part> parts = new ArrayList<>();
    private final List<Arena> kept = new ArrayList<>();
    private final CheckpointPolicy policy;
    private final Tensor results;
    private final int outputs;
    private final Map<Role, BatchSum> sums = new EnumMap<>(Role.class);
    private @Nullable BoundTape initial;
    private boolean loaded;

    /**
     * Consecutive batches whose losses are averaged together.
     *
     * @param batches in order
     * @param first index of the first one in the plan
     * @param counted for each output, the number of predictions, of which accuracy is a share
     */
    private record Part(List<RecordedBatch> batches, int first, double counted) {}

    ExecutionPlan(Program program, Executor executor, ProbeSplit split, EvaluationKind kind, PlanOptions options) {
        this.parameters = new ParameterStore(program, executor, options.type());
        this.resources = new PlanResources(executor, parameters, options.type(), options.seed());
        this.policy = options.batching().policy();
        this.outputs = program.outputs().size();
        List<ProbeSplit.Part> splitParts = split.parts(options.batching().size());
        int batches =
                splitParts.stream().mapToInt(part -> part.batches().size()).sum();
        this.results = Tensor.of(new Buffer(ElementType.DOUBLE, 2L * batches * outputs), batches, outputs, 2);
        resources.initial().fill(0, results);
        if (kind != EvaluationKind.VALUE) {
            parameters.vector(kind.hasProducts() ? Role.GRADIENT_TANGENT : Role.GRADIENT);
        }
        resources.firstExample(split.firstExample());
        int number = 0;
        for (ProbeSplit.Part part : splitParts) {
            int first = number;
            List<RecordedBatch> recorded = new ArrayList<>();
            for (ProbeSplit.Batch batch : part.batches()) {
                recorded.add(new RecordedBatch(
                        program,
                        resources,
                        kind,
                        keptMemory(options.type()),
                        policy == CheckpointPolicy.WINDOWS,
                        batch.probe(),
                        batch.first(),
                        part.scale(),
                        results.select(0, number++)));
            }
            parts.add(new Part(recorded, first, part.counted()));
        }
    }

    private Arena keptMemory(ElementType type) {
        if (policy != CheckpointPolicy.NOTHING || kept.isEmpty()) {
            kept.add(new Arena(type));
        }
        Arena arena = kept.get(kept.size() - 1);
        arena.rewind();
        return arena;
    }

    /** Loads the probe's new numbers, which have replaced the old ones in place. */
    void reload(ProbeSplit split) {
        resources.firstExample(split.firstExample());
        loaded = false;
    }

    /** Moves to parameters. */
    void moveTo(INDArray theta, INDArray constants) {
        ready();
        parameters.loadConstants(constants);
        parameters.load(theta, point());
    }

    private void ready() {
        if (loaded) {
            return;
        }
        if (initial == null) {
            parameters.clear(resources.initial());
            initial = resources.executor().bind(resources.initial());
            initial.run();
        }
        parts.forEach(part -> part.batches().forEach(RecordedBatch::load));
        loaded = true;
    }

    /** The parameters in the kernels' order of rows, {@code [P]}; writing to it also moves. */
    Tensor point() {
        return parameters.vector(Role.VALUE);
    }

    ParameterStore parameters() {
        return parameters;
    }

    Executor executor() {
        return resources.executor();
    }

    /** The data loss and accuracy of each part at the current parameters. */
    List<ObjectiveValue> values() {
        parts.forEach(part -> part.batches().forEach(RecordedBatch::run));
        double[] sums = resources.executor().download(results);
        return parts.stream().map(part -> value(part, sums)).toList();
    }

    /** The tape of a run of {@link #values}, of one part. */
    Tape valueTape() {
        Tape tape = new Tape();
        for (RecordedBatch batch : parts.get(0).batches()) {
            batch.atParameters().instructions().forEach(tape::record);
        }
        return tape;
    }

    /** Where a run of {@link #values} leaves losses and correct predictions, DOUBLE {@code [batches, outputs, 2]}. */
    Tensor results() {
        return results;
    }

    /** The value that the {@link #results} of a probe in one part give. */
    ObjectiveValue value(double[] sums) {
        return value(parts.get(0), sums);
    }

    private ObjectiveValue value(Part part, double[] sums) {
        double loss = 0;
        double correct = 0;
        int from = 2 * outputs * part.first();
        for (int i = from; i < from + 2 * outputs * part.batches().size(); i += 2) {
            loss += sums[i];
            correct += sums[i + 1];
        }
        return new ObjectiveValue(
                loss, part.counted() == 0 ? OptionalDouble.empty() : OptionalDouble.of(100 * correct / part.counted()));
    }

    /** The number of predictions in all parts, of which accuracy is a share. */
    double predictions() {
        return parts.stream().mapToDouble(Part::counted).sum();
    }

    /**
     * The statistics that steps reported in the last run, as constants of the network: the mean over all batches, weighted
     * with their numbers of examples, by the key of the array.
     */
    Map<String, double[]> reports() {
        List<RecordedBatch> batches =
                parts.stream().flatMap(part -> part.batches().stream()).toList();
        double examples = batches.stream().mapToInt(RecordedBatch::examples).sum();
        Map<String, double[]> means = new HashMap<>();
        for (RecordedBatch batch : batches) {
            for (StepContext context : batch.contexts()) {
                context.reports().forEach((name, tensor) -> {
                    String key = ConstantArrays.key(
                            Objects.requireNonNull(context.step().operands().get(name)));
                    double[] values = resources.executor().download(tensor);
                    double[] mean = means.computeIfAbsent(key, first -> new double[values.length]);
                    Arrays.setAll(mean, i -> mean[i] + values[i] * batch.examples() / examples);
                });
            }
        }
        return means;
    }

    /** The gradient of the data loss of each part, written to packed vectors. */
    void gradients(List<INDArray> packed) {
        for (int i = 0; i < parts.size(); i++) {
            gradient(i, packed.get(i));
        }
    }

    /** The gradient of the data loss of a part, written to a packed vector. */
    void gradient(int part, INDArray packed) {
        parameters.unload(sum(parts.get(part), RecordedBatch::run, Role.GRADIENT), packed);
    }

    /** Computes what Hessian products share, unless each of them recomputes it. */
    void prepare() {
        if (policy != CheckpointPolicy.NOTHING) {
            parts.forEach(part -> part.batches().forEach(RecordedBatch::run));
        }
    }

    /** The products of the parts' data losses' Hessians with a packed direction, written to packed vectors. */
    void products(INDArray direction, List<INDArray> packed) {
        load(direction);
        for (int i = 0; i < parts.size(); i++) {
            product(i, packed.get(i));
        }
    }

    /** Like {@link #products} for a probe in one part, with vectors in the executor's memory. */
    void product(Tensor direction, Tensor packed) {
        parameters.load(direction, parameters.vector(Role.TANGENT));
        parameters.unload(sum(parts.get(0), this::product, Role.GRADIENT_TANGENT), packed);
    }

    /** Like {@link #products} for a probe in one part, added to a packed vector times a factor. */
    void productAdd(INDArray direction, double factor, INDArray packed) {
        load(direction);
        parameters.unloadAdding(sum(parts.get(0), this::product, Role.GRADIENT_TANGENT), factor, packed);
    }

    /** Sets the packed direction of products. */
    void load(INDArray direction) {
        parameters.load(direction, parameters.vector(Role.TANGENT));
    }

    /** The product of a part's Hessian with the loaded direction, written to a packed vector. */
    void product(int part, INDArray packed) {
        parameters.unload(sum(parts.get(part), this::product, Role.GRADIENT_TANGENT), packed);
    }

    private void product(RecordedBatch batch) {
        if (policy == CheckpointPolicy.NOTHING) {
            batch.run();
        }
        batch.runProduct();
    }

    /** The sum over the batches of a part of a vector that each of them writes. */
    private Tensor sum(Part part, Consumer<RecordedBatch> run, Role role) {
        Tensor share = parameters.vector(role);
        List<RecordedBatch> batches = part.batches();
        run.accept(batches.get(0));
        if (batches.size() == 1) {
            return share;
        }
        BatchSum sum = sums.computeIfAbsent(role, key -> new BatchSum(parameters, resources.executor(), key));
        sum.start();
        for (RecordedBatch batch : batches.subList(1, batches.size())) {
            run.accept(batch);
            sum.add();
        }
        return parameters.vector(Role.SUM);
    }

    /** Bytes of buffers that every batch overwrites. */
    long passingBytes() {
        return resources.passing().bytes();
    }

    /** Bytes of buffers that hold what Hessian products share. */
    long keptBytes() {
        return kept.stream().mapToLong(Arena::bytes).sum();
    }

    /** Bytes of each batch's own buffers that are filled when the probe is loaded. */
    long fixedBytes() {
        return resources.fixed().bytes();
    }

    /** Bytes of all buffers. */
    long bytes() {
        return passingBytes() + keptBytes() + fixedBytes();
    }

    @Override
    public void close() {
        parts.forEach(part -> part.batches().forEach(RecordedBatch::close));
        sums.values().forEach(BatchSum::close);
        if (initial != null) {
            initial.close();
        }
        kept.forEach(arena -> resources.executor().free(arena.buffers()));
        resources.executor().free(List.of(results.buffer()));
        resources.close();
    }
}
