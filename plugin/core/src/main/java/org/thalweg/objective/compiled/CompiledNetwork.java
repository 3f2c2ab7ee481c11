package org.thalweg.objective.compiled;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.thalweg.objective.Device;
import org.thalweg.objective.MemoryUse;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.ProbePart;
import org.thalweg.objective.UnsupportedNetworkException;
import org.thalweg.objective.compiled.internal.executor.Executor;
import org.thalweg.objective.compiled.internal.program.GraphPasses;
import org.thalweg.objective.compiled.internal.program.Program;
import org.thalweg.objective.compiled.spi.ElementType;
import org.thalweg.objective.compiled.spi.EvaluationKind;

/** A compiled network on a probe. Makes plans and keeps the cheap ones. */
final class CompiledNetwork {

    private final NetworkCompiler compiler;
    private final Program program;
    private final ComputePlacement placement;
    private final int place;
    private final boolean first;
    private final DataType type;
    private final ObjectiveOptions options;
    private final Map<EvaluationKind, ExecutionPlan> plans = new EnumMap<>(EvaluationKind.class);
    private final Map<EvaluationKind, Batching> batchings = new EnumMap<>(EvaluationKind.class);
    private final List<CompiledNetwork> helpers = new ArrayList<>();
    private final Cut cut;
    private PackedProbe probe;
    private @Nullable ProbeSplit split;
    private @Nullable Executor madeOn;
    private boolean keepsProducts;

    /** How a probe gets to an executor. */
    private interface Cut {
        ProbeSplit on(Executor executor, PackedProbe probe);
    }

    /**
     * @param place number of the executor that computes
     * @param first whether closing this network closes the executor; otherwise another network that shares it does
     */
    private CompiledNetwork(
            NetworkCompiler compiler,
            Program program,
            ComputePlacement placement,
            int place,
            boolean first,
            DataType type,
            ObjectiveOptions options,
            PackedProbe probe,
            Cut cut) {
        this.compiler = compiler;
        this.program = program;
        this.placement = placement;
        this.place = place;
        this.first = first;
        this.type = type;
        this.options = options;
        this.probe = probe;
        this.cut = cut;
    }

    static CompiledNetwork of(Model model, Probe probe, ObjectiveOptions options, Device device) {
        NetworkCompiler compiler = NetworkCompiler.of(model, options.mode());
        Program program = GraphPasses.foldNorms(compiler.compile(probe));
        DataType type = model.params().dataType();
        PackedProbe packed = PackedProbe.of(program, probe, compiler.formats(), type);
        return whole(compiler, program, ComputePlacement.on(device), true, type, options, packed);
    }

    private static CompiledNetwork whole(
            NetworkCompiler compiler,
            Program program,
            ComputePlacement placement,
            boolean first,
            DataType type,
            ObjectiveOptions options,
            PackedProbe packed) {
        Cut whole = (executor, probe) -> ProbeSplit.whole(program, probe, ProbeTensors.of(probe, executor));
        return new CompiledNetwork(compiler, program, placement, 0, first, type, options, packed, whole);
    }

    /** The program for a probe; another one only if its sequences have another length. */
    private Program programFor(Probe other) {
        if (PackedProbe.fits(program, other, compiler.formats())) {
            return program;
        }
        try {
            return GraphPasses.foldNorms(compiler.compile(other));
        } catch (UnsupportedNetworkException e) {
            throw new IllegalArgumentException(
                    "probe has features of shape "
                            + Arrays.toString(other.features().get(0).shape())
                            + ", which do not fit the network: " + e.getMessage(),
                    e);
        }
    }

    CompiledNetwork withProbe(Probe other) {
        Program its = programFor(other);
        PackedProbe packed = PackedProbe.of(its, other, compiler.formats(), type);
        return whole(compiler, its, placement, false, type, options, packed);
    }

    /** The same network on another probe, in parts. */
    CompiledNetwork withParts(Probe other, List<ProbePart> parts) {
        Program its = programFor(other);
        PackedProbe packed = PackedProbe.of(its, other, compiler.formats(), type);
        boolean together = !hasIndependentExamples();
        Cut inParts = (executor, shown) -> new PartedProbe(its, executor, shown).split(parts, together);
        return new CompiledNetwork(compiler, its, placement, 0, false, type, options, packed, inParts);
    }

    /** Whether examples share no statistics and no random draws. */
    boolean hasIndependentExamples() {
        return options.mode() == ObjectiveMode.RUNNING;
    }

    /** The same network on the same probe in another precision. */
    CompiledNetwork in(DataType other) {
        return whole(compiler, program, placement, false, other, options, probe.castTo(other));
    }

    /** The same network on the same probe within another memory budget. */
    CompiledNetwork within(long budget) {
        return whole(compiler, program, placement, false, type, options.withMemoryBudget(budget), probe);
    }

    /**
     * Loads a probe of the same shapes into the existing buffers, which are kept until {@link #release}.
     *
     * @return whether it fits; if not, nothing changes
     */
    boolean load(Probe other) {
        ProbeSplit present = split();
        if (present.groups().size() > 1 || !PackedProbe.fits(program, other, compiler.formats())) {
            return false;
        }
        PackedProbe packed = PackedProbe.of(program, other, compiler.formats(), type);
        ProbeTensors tensors = present.sample();
        if (!tensors.fits(packed)) {
            return false;
        }
        replace(packed);
        return true;
    }

    /** Replaces the probe by another one of the same shapes, here and on the devices that share work. */
    private void replace(PackedProbe packed) {
        probe = packed;
        keepsProducts = true;
        if (split != null) {
            ProbeTensors tensors = split.sample();
            tensors.load(packed, placement.executor(place));
            ProbeSplit loaded = ProbeSplit.whole(program, packed, tensors);
            split = loaded;
            plans.values().forEach(plan -> plan.reload(loaded));
        }
        helpers.forEach(helper -> helper.replace(packed));
    }

    /** The probe in the current executor's memory. */
    private ProbeSplit split() {
        Executor executor = placement.executor(place);
        if (madeOn != executor) {
            releaseHelpers();
            // Everything made on another executor is gone with it.
            plans.values().forEach(ExecutionPlan::close);
            plans.clear();
            batchings.clear();
            split = null;
            madeOn = executor;
        }
        ProbeSplit present = split;
        if (present == null) {
            present = cut.on(executor, probe);
            split = present;
        }
        return present;
    }

    ComputePlacement placement() {
        return placement;
    }

    Program program() {
        return program;
    }

    DataType type() {
        return type;
    }

    /**
     * The same network on the other devices that share work, cut into the same batches; none of them is closed by the
     * caller.
     */
    List<CompiledNetwork> helpers() {
        split();
        while (helpers.size() < placement.places() - 1) {
            helpers.add(new CompiledNetwork(
                    compiler, program, placement, helpers.size() + 1, false, type, options, probe, cut));
        }
        return helpers;
    }

    private void releaseHelpers() {
        helpers.forEach(CompiledNetwork::release);
        helpers.clear();
    }

    /** Number of the executor that computes. */
    int place() {
        return place;
    }

    /** The plan for single values, which is kept. */
    ExecutionPlan values() {
        return kept(EvaluationKind.VALUE);
    }

    /** The plan for gradients, which is kept. */
    ExecutionPlan gradients() {
        return kept(EvaluationKind.GRADIENT);
    }

    private ExecutionPlan kept(EvaluationKind kind) {
        split();
        return plans.computeIfAbsent(kind, this::newPlan);
    }

    /** A plan for products, to be {@linkplain #giveBack given back}. */
    ExecutionPlan products(EvaluationKind kind) {
        return keepsProducts ? kept(kind) : newPlan(kind);
    }

    /** Frees a plan for products, unless it is kept. */
    void giveBack(ExecutionPlan plan) {
        if (!plans.containsValue(plan)) {
            plan.close();
        }
    }

    /** How the probe is cut for a kind of evaluation; computed once. */
    Batching batching(EvaluationKind kind) {
        ProbeSplit present = split();
        Batching known = batchings.get(kind);
        if (known == null) {
            known = Batching.within(
                    options.withMemoryBudget(placement.budget(options.memoryBudget())),
                    kind,
                    present.examples(),
                    (examples, batching) -> newPlan(kind, present.first(examples), batching));
            batchings.put(kind, known);
        }
        return known;
    }

    /** The memory that plans need, computed without making them. */
    MemoryUse memoryUse() {
        Batching batching = batching(EvaluationKind.HESSIAN);
        return new MemoryUse(
                (probe.examples() + batching.size() - 1) / batching.size(),
                batching.size(),
                valueBytes(),
                batching.bytes(),
                batching.policy() == CheckpointPolicy.NOTHING);
    }

    /** The memory that a plan for values needs. */
    long valueBytes() {
        return batching(EvaluationKind.VALUE).bytes();
    }

    /** A plan that belongs to the caller. */
    ExecutionPlan newPlan(EvaluationKind kind) {
        Batching batching = batching(kind);
        placement.planned(batching.bytes());
        return newPlan(kind, split(), batching);
    }

    /**
     * A new plan's values at several points at once; empty if they are computed one by one.
     *
     * @param plan has been moved to some parameters
     * @param taken bytes that the caller keeps on the device
     */
    Optional<PointBatch> atSeveralPoints(ExecutionPlan plan, long taken) {
        long bytes = batching(EvaluationKind.VALUE).bytes() + taken;
        Optional<PointBatch> batch = PointBatch.within(plan, placement.budget(options.memoryBudget()) - bytes);
        batch.ifPresent(points -> placement.planned(bytes + points.bytes()));
        return batch;
    }

    private ExecutionPlan newPlan(EvaluationKind kind, ProbeSplit examples, Batching batching) {
        ElementType elements = type == DataType.DOUBLE ? ElementType.DOUBLE : ElementType.FLOAT;
        return new ExecutionPlan(
                program,
                placement.executor(place),
                examples,
                kind,
                new PlanOptions(elements, options.seed(), batching));
    }

    /** Frees what is kept; it is made again on demand. */
    void release() {
        releaseHelpers();
        plans.values().forEach(ExecutionPlan::close);
        plans.clear();
        if (first) {
            placement.close();
        }
    }
}
