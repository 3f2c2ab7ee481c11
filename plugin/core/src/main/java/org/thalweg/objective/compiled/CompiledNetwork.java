package org.thalweg.objective.compiled;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.buffer.DataType;
import org.thalweg.objective.MemoryUse;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.ProbePart;
import org.thalweg.objective.UnsupportedNetworkException;
import org.thalweg.objective.compiled.internal.executor.Executor;
import org.thalweg.objective.compiled.internal.executor.Nd4jExecutor;
import org.thalweg.objective.compiled.internal.program.GraphPasses;
import org.thalweg.objective.compiled.internal.program.Program;
import org.thalweg.objective.compiled.spi.ElementType;
import org.thalweg.objective.compiled.spi.EvaluationKind;

/** A compiled network on a probe: makes plans, and keeps those that are cheap to keep. */
final class CompiledNetwork {

    private final NetworkCompiler compiler;
    private final Program program;
    private final Executor executor;
    private final DataType type;
    private final ObjectiveOptions options;
    private final Map<EvaluationKind, ExecutionPlan> plans = new EnumMap<>(EvaluationKind.class);
    private final Map<EvaluationKind, Batching> batchings = new EnumMap<>(EvaluationKind.class);
    private PackedProbe probe;
    private ProbeSplit split;
    private boolean keepsProducts;

    private CompiledNetwork(
            NetworkCompiler compiler,
            Program program,
            Executor executor,
            DataType type,
            ObjectiveOptions options,
            PackedProbe probe,
            ProbeSplit split) {
        this.compiler = compiler;
        this.program = program;
        this.executor = executor;
        this.type = type;
        this.options = options;
        this.probe = probe;
        this.split = split;
    }

    static CompiledNetwork of(Model model, Probe probe, ObjectiveOptions options) {
        NetworkCompiler compiler = NetworkCompiler.of(model, options.mode());
        Program program = GraphPasses.foldNorms(compiler.compile(probe));
        DataType type = model.params().dataType();
        PackedProbe packed = PackedProbe.of(program, probe, compiler.formats(), type);
        return whole(compiler, program, newExecutor(), type, options, packed);
    }

    /** Where all tapes of a network run. */
    private static Executor newExecutor() {
        return new Nd4jExecutor();
    }

    private static CompiledNetwork whole(
            NetworkCompiler compiler,
            Program program,
            Executor executor,
            DataType type,
            ObjectiveOptions options,
            PackedProbe packed) {
        ProbeSplit split = ProbeSplit.whole(program, packed, ProbeTensors.of(packed, executor));
        return new CompiledNetwork(compiler, program, executor, type, options, packed, split);
    }

    /** The program for a probe: the same one, or where its sequences have another length, another one. */
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
        return whole(compiler, its, executor, type, options, PackedProbe.of(its, other, compiler.formats(), type));
    }

    /** The same network on another probe, in parts. */
    CompiledNetwork withParts(Probe other, List<ProbePart> parts) {
        Program its = programFor(other);
        PackedProbe packed = PackedProbe.of(its, other, compiler.formats(), type);
        boolean together = options.mode() != ObjectiveMode.RUNNING;
        ProbeSplit inParts = new PartedProbe(its, executor, packed).split(parts, together);
        return new CompiledNetwork(compiler, its, executor, type, options, packed, inParts);
    }

    /** The same network on the same probe in another precision. */
    CompiledNetwork in(DataType other) {
        return whole(compiler, program, newExecutor(), other, options, probe.castTo(other));
    }

    /**
     * Takes a probe of the same shapes into the buffers there are, which are kept until {@link #release}.
     *
     * @return whether it fits; if not, nothing has changed
     */
    boolean load(Probe other) {
        if (split.groups().size() > 1 || !PackedProbe.fits(program, other, compiler.formats())) {
            return false;
        }
        PackedProbe packed = PackedProbe.of(program, other, compiler.formats(), type);
        ProbeTensors tensors = split.sample();
        if (!tensors.fits(packed)) {
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
