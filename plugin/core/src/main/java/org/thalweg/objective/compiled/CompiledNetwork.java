package org.thalweg.objective.compiled;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.thalweg.objective.MemoryUse;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.ProbePart;
import org.thalweg.objective.compiled.internal.executor.Executor;
import org.thalweg.objective.compiled.internal.executor.Nd4jExecutor;
import org.thalweg.objective.compiled.internal.program.GraphPasses;
import org.thalweg.objective.compiled.internal.program.Program;
import org.thalweg.objective.compiled.spi.ElementType;
import org.thalweg.objective.compiled.spi.EvaluationKind;

/** A compiled network on a probe: makes plans, and keeps those that are cheap to keep. */
final class CompiledNetwork {

    private final Program program;
    private final Executor executor;
    private final DataType type;
    private final CNN2DFormat format;
    private final ObjectiveOptions options;
    private final Map<EvaluationKind, ExecutionPlan> plans = new EnumMap<>(EvaluationKind.class);
    private final Map<EvaluationKind, Batching> batchings = new EnumMap<>(EvaluationKind.class);
    private PackedProbe probe;
    private ProbeSplit split;
    private boolean keepsProducts;

    private CompiledNetwork(
            Program program,
            Executor executor,
            DataType type,
            CNN2DFormat format,
            ObjectiveOptions options,
            PackedProbe probe,
            ProbeSplit split) {
        this.program = program;
        this.executor = executor;
        this.type = type;
        this.format = format;
        this.options = options;
        this.probe = probe;
        this.split = split;
    }

    static CompiledNetwork of(Model model, Probe probe, ObjectiveOptions options) {
        Program program = GraphPasses.foldNorms(NetworkCompiler.compile(model, probe, options.mode()));
        DataType type = model.params().dataType();
        CNN2DFormat format = ImageFormat.of(model);
        PackedProbe packed = PackedProbe.of(program, probe, format, type);
        return whole(program, newExecutor(), type, format, options, packed);
    }

    /** Where all tapes of a network run. */
    private static Executor newExecutor() {
        return new Nd4jExecutor();
    }

    private static CompiledNetwork whole(
            Program program,
            Executor executor,
            DataType type,
            CNN2DFormat format,
            ObjectiveOptions options,
            PackedProbe packed) {
        ProbeSplit split = ProbeSplit.whole(program, packed, ProbeTensors.of(packed, executor));
        return new CompiledNetwork(program, executor, type, format, options, packed, split);
    }

    CompiledNetwork withProbe(Probe other) {
        return whole(program, executor, type, format, options, PackedProbe.of(program, other, format, type));
    }

    /** The same network on another probe, in parts. */
    CompiledNetwork withParts(Probe other, List<ProbePart> parts) {
        PackedProbe packed = PackedProbe.of(program, other, format, type);
        boolean together = options.mode() != ObjectiveMode.RUNNING;
        ProbeSplit inParts = new PartedProbe(program, executor, packed).split(parts, together);
        return new CompiledNetwork(program, executor, type, format, options, packed, inParts);
    }

    /** The same network on the same probe in another precision. */
    CompiledNetwork in(DataType other) {
        return whole(program, newExecutor(), other, format, options, probe.castTo(other));
    }

    /**
     * Takes a probe of the same shapes into the buffers there are, which are kept until {@link #release}.
     *
     * @return whether it fits; if not, nothing has changed
     */
    boolean load(Probe other) {
        PackedProbe packed = PackedProbe.of(program, other, format, type);
        ProbeTensors tensors = split.sample();
        if (split.groups().size() > 1 || !tensors.fits(packed)) {
            return false;
        }
        tensors.load(packed, executor);
        probe = packed;
        split = ProbeSplit.whole(program, packed, tensors);
        keepsProducts = true;
        plans.values().forEach(plan -> plan.reload(split));
        return true;
    }

    Program program() {
        return program;
    }

    DataType type() {
        return type;
    }

    /** The plan for single values, kept. */
    ExecutionPlan values() {
        return plans.computeIfAbsent(EvaluationKind.VALUE, this::newPlan);
    }

    /** The plan for gradients, kept. */
    ExecutionPlan gradients() {
        return plans.computeIfAbsent(EvaluationKind.GRADIENT, this::newPlan);
    }

    /** A plan for products, to be {@linkplain #giveBack given back}. */
    ExecutionPlan products(EvaluationKind kind) {
        return keepsProducts ? plans.computeIfAbsent(kind, this::newPlan) : newPlan(kind);
    }

    /** Frees a plan for products, unless it is kept. */
    void giveBack(ExecutionPlan plan) {
        if (!plans.containsValue(plan)) {
            plan.close();
        }
    }

    /** How the probe is cut for a purpose; found out once. */
    Batching batching(EvaluationKind kind) {
        Batching known = batchings.get(kind);
        if (known == null) {
            known = Batching.within(
                    options,
                    kind,
                    split.examples(),
                    (examples, batching) -> newPlan(kind, split.first(examples), batching));
            batchings.put(kind, known);
        }
        return known;
    }

    /** What plans take, without making them. */
    MemoryUse memoryUse() {
        Batching batching = batching(EvaluationKind.HESSIAN);
        return new MemoryUse(
                (probe.examples() + batching.size() - 1) / batching.size(),
                batching.size(),
                valueBytes(),
                batching.bytes(),
                batching.policy() == CheckpointPolicy.NOTHING);
    }

    /** What a plan for values takes. */
    long valueBytes() {
        return batching(EvaluationKind.VALUE).bytes();
    }

    /** A plan of the caller's own. */
    ExecutionPlan newPlan(EvaluationKind kind) {
        return newPlan(kind, split, batching(kind));
    }

    private ExecutionPlan newPlan(EvaluationKind kind, ProbeSplit examples, Batching batching) {
        ElementType elements = type == DataType.DOUBLE ? ElementType.DOUBLE : ElementType.FLOAT;
        return new ExecutionPlan(
                program, executor, examples, kind, new PlanOptions(elements, options.seed(), batching));
    }

    /** Frees what is kept; it is made again when asked for. */
    void release() {
        plans.values().forEach(ExecutionPlan::close);
        plans.clear();
    }
}
