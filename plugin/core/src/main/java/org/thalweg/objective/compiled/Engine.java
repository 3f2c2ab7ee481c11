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
import org.thalweg.objective.compiled.kernel.Purpose;
import org.thalweg.objective.compiled.program.Program;
import org.thalweg.objective.compiled.program.Rewrites;

/** A compiled network on a probe: makes plans, and keeps those that are cheap to keep. */
final class Engine {

    private final Program program;
    private final DataType type;
    private final CNN2DFormat format;
    private final ObjectiveOptions options;
    private final ProbeArrays probe;
    private @Nullable Plan values;
    private @Nullable Plan gradients;
    private final Map<Purpose, Batching> batchings = new EnumMap<>(Purpose.class);

    private Engine(Program program, DataType type, CNN2DFormat format, ObjectiveOptions options, ProbeArrays probe) {
        this.program = program;
        this.type = type;
        this.format = format;
        this.options = options;
        this.probe = probe;
    }

    static Engine of(Model model, Probe probe, ObjectiveOptions options) {
        Program program = Rewrites.foldNorms(NetworkCompiler.compile(model, probe, options.mode()));
        DataType type = model.params().dataType();
        CNN2DFormat format = ImageFormat.of(model);
        return new Engine(program, type, format, options, ProbeArrays.of(program, probe, format, type));
    }

    Engine withProbe(Probe other) {
        return new Engine(program, type, format, options, ProbeArrays.of(program, other, format, type));
    }

    /** The same network on the same probe in another precision. */
    Engine in(DataType other) {
        return new Engine(program, other, format, options, probe.castTo(other));
    }

    Program program() {
        return program;
    }

    DataType type() {
        return type;
    }

    /** The plan for single values, kept. */
    Plan values() {
        if (values == null) {
            values = newPlan(Purpose.VALUE);
        }
        return values;
    }

    /** The plan for gradients, kept. */
    Plan gradients() {
        if (gradients == null) {
            gradients = newPlan(Purpose.GRADIENT);
        }
        return gradients;
    }

    /** How the probe is cut for a purpose; found out once. */
    Batching batching(Purpose purpose) {
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
        Batching batching = batching(Purpose.HESSIAN);
        return new MemoryUse(
                (probe.examples() + batching.size() - 1) / batching.size(),
                batching.size(),
                valueBytes(),
                batching.bytes(),
                batching.retention() == Retention.NOTHING);
    }

    /** What a plan for values takes. */
    long valueBytes() {
        return batching(Purpose.VALUE).bytes();
    }

    /** A plan of the caller's own. */
    Plan newPlan(Purpose purpose) {
        return newPlan(purpose, probe, batching(purpose));
    }

    private Plan newPlan(Purpose purpose, ProbeArrays examples, Batching batching) {
        return new Plan(program, type, options.seed(), examples, purpose, batching);
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
