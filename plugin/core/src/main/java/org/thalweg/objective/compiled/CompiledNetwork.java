package org.thalweg.objective.compiled;

import java.util.EnumMap;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.thalweg.objective.MemoryUse;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.compiled.internal.program.GraphPasses;
import org.thalweg.objective.compiled.spi.EvaluationKind;
import org.thalweg.objective.compiled.spi.Program;

/** A compiled network on a probe: makes plans, and keeps those that are cheap to keep. */
final class CompiledNetwork {

    private final Program program;
    private final DataType type;
    private final CNN2DFormat format;
    private final ObjectiveOptions options;
    private final PackedProbe probe;
    private @Nullable ExecutionPlan values;
    private @Nullable ExecutionPlan gradients;
    private final Map<EvaluationKind, Batching> batchings = new EnumMap<>(EvaluationKind.class);

    private CompiledNetwork(
            Program program, DataType type, CNN2DFormat format, ObjectiveOptions options, PackedProbe probe) {
        this.program = program;
        this.type = type;
        this.format = format;
        this.options = options;
        this.probe = probe;
    }

    static CompiledNetwork of(Model model, Probe probe, ObjectiveOptions options) {
        Program program = GraphPasses.foldNorms(NetworkCompiler.compile(model, probe, options.mode()));
        DataType type = model.params().dataType();
        CNN2DFormat format = ImageFormat.of(model);
        return new CompiledNetwork(program, type, format, options, PackedProbe.of(program, probe, format, type));
    }

    CompiledNetwork withProbe(Probe other) {
        return new CompiledNetwork(program, type, format, options, PackedProbe.of(program, other, format, type));
    }

    /** The same network on the same probe in another precision. */
    CompiledNetwork in(DataType other) {
        return new CompiledNetwork(program, other, format, options, probe.castTo(other));
    }

    Program program() {
        return program;
    }

    DataType type() {
        return type;
    }

    /** The plan for single values, kept. */
    ExecutionPlan values() {
        if (values == null) {
            values = newPlan(EvaluationKind.VALUE);
        }
        return values;
    }

    /** The plan for gradients, kept. */
    ExecutionPlan gradients() {
        if (gradients == null) {
            gradients = newPlan(EvaluationKind.GRADIENT);
        }
        return gradients;
    }

    /** How the probe is cut for a purpose; found out once. */
    Batching batching(EvaluationKind purpose) {
        return batchings.computeIfAbsent(
                purpose,
                asked -> Batching.within(
                        options,
                        asked,
                        probe.examples(),
                        (examples, batching) -> newPlan(asked, probe.range(0, examples), batching)));
    }

    /** What plans take, without making them. */
    MemoryUse memoryUse() {
        Batching batching = batching(EvaluationKind.HESSIAN);
        return new MemoryUse(
                (probe.examples() + batching.size() - 1) / batching.size(),
                batching.size(),
                valueBytes(),
                batching.bytes(),
                batching.retention() == CheckpointPolicy.NOTHING);
    }

    /** What a plan for values takes. */
    long valueBytes() {
        return batching(EvaluationKind.VALUE).bytes();
    }

    /** A plan of the caller's own. */
    ExecutionPlan newPlan(EvaluationKind purpose) {
        return newPlan(purpose, probe, batching(purpose));
    }

    private ExecutionPlan newPlan(EvaluationKind purpose, PackedProbe examples, Batching batching) {
        return new ExecutionPlan(program, type, options.seed(), examples, purpose, batching);
    }

    /** Frees what is kept; it is made again when asked for. */
    void release() {
        if (values != null) {
            values.close();
            values = null;
        }
        if (gradients != null) {
            gradients.close();
            gradients = null;
        }
    }
}
