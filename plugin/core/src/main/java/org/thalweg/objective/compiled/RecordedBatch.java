package org.thalweg.objective.compiled;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.thalweg.objective.compiled.ParameterStore.Role;
import org.thalweg.objective.compiled.internal.executor.Arena;
import org.thalweg.objective.compiled.internal.executor.Executor.BoundTape;
import org.thalweg.objective.compiled.internal.program.Program;
import org.thalweg.objective.compiled.internal.program.ProgramStep;
import org.thalweg.objective.compiled.spi.EvaluationKind;
import org.thalweg.objective.compiled.spi.Kernel;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;
import org.thalweg.objective.compiled.spi.Value;
import org.thalweg.objective.compiled.spi.ViewKernel;

/**
 * A program recorded for one batch. One tape computes what depends on the probe alone, one what depends on the
 * parameters, and one the product of the Hessian or the Gauss-Newton matrix with a direction.
 */
final class RecordedBatch implements AutoCloseable {

    private final Program program;
    private final PlanResources resources;
    private final EvaluationKind kind;
    private final Arena kept;
    private final BatchTensors tensors;
    private final ProbeWork probeWork;
    private final int[] roots;
    private final int[] lastReaders;
    private final List<StepContext> contexts = new ArrayList<>();
    private final List<LossHead> heads = new ArrayList<>();
    private final Tape atParameters = new Tape();
    private final Tape product = new Tape();
    private @Nullable BoundTape boundAtParameters;
    private @Nullable BoundTape boundProduct;

    /**
     * @param kept memory of what Hessian products keep from the parameters
     * @param keepsWindows whether they also keep unrolled windows
     * @param probe the batch
     * @param first index of its first example within the probe
     * @param scale factor of summed losses
     * @param results where losses and correct predictions go, DOUBLE {@code [outputs, 2]}
     */
    RecordedBatch(
            Program program,
            PlanResources resources,
            EvaluationKind kind,
            Arena kept,
            boolean keepsWindows,
            ProbeTensors probe,
            int first,
            double scale,
            Tensor results) {
        this.program = program;
        this.resources = resources;
        this.kind = kind;
        this.kept = kind.hasProducts() ? kept : resources.passing();
        this.probeWork = new ProbeWork(resources, first);
        this.roots = program.rootSlots();
        this.lastReaders = program.lastReaders();
        resources.passing().rewind();
        this.tensors = new BatchTensors(program, probe.examples(), kind, this.kept, resources.passing());
        for (int i = 0; i < program.inputs().size(); i++) {
            tensors.values().put(program.inputs().get(i), probe.features().get(i));
            Value mask = program.masks().get(i);
            Tensor maskTensor = probe.masks().get(i);
            if (mask != null && maskTensor != null) {
                tensors.values().put(mask, maskTensor);
            }
        }
        for (ProgramStep step : program.steps()) {
            contexts.add(new StepContext(step, tensors, resources, probeWork, kind.hasProducts() && keepsWindows));
        }
        for (int i = 0; i < program.outputs().size(); i++) {
            heads.add(new LossHead(
                    program.outputs().get(i),
                    probe.targets().get(i),
                    scale,
                    results.select(0, i),
                    resources.passing()));
        }
        record();
    }

    /** Computes what depends on the probe alone; call it whenever the probe has changed. */
    void load() {
        probeWork.run();
    }

    /** Runs what depends on the parameters alone: the loss, and the gradient unless only values are evaluated. */
    void run() {
        if (boundAtParameters == null) {
            boundAtParameters = resources.executor().bind(atParameters);
        }
        boundAtParameters.run();
    }

    /** The tape of {@link #run}. */
    Tape atParameters() {
        return atParameters;
    }

    /** Runs the product with the direction; {@link #run} must have run for the same parameters. */
    void runProduct() {
        if (boundProduct == null) {
            boundProduct = resources.executor().bind(product);
        }
        boundProduct.run();
    }

    /** Number of examples. */
    int examples() {
        return tensors.examples();
    }

    /** What the steps, in their order, report of this batch. */
    List<StepContext> contexts() {
        return contexts;
    }

    private void record() {
        recordForward();
        for (int i = 0; i < heads.size(); i++) {
            heads.get(i)
                    .value(
                            atParameters,
                            tensors.values().get(program.outputs().get(i).value()));
        }
        if (kind == EvaluationKind.VALUE) {
            return;
        }
        // Products need the gradients of values, not those of parameters: their own result overwrites these.
        Role role = kind.hasProducts() ? Role.GRADIENT_TANGENT : Role.GRADIENT;
        new BackwardRecorder(program, resources, tensors, contexts)
                .record(
                        atParameters,
                        kept,
                        tensors.deltas(),
                        role,
                        (i, delta) -> recordSeed(heads.get(i), delta),
                        Kernel::backward);
        if (kind.hasProducts()) {
            recordProduct();
        }
    }

    /** The start of a backward pass: the gradient with respect to an output, which Gauss-Newton sets to zero. */
    private void recordSeed(LossHead head, Tensor delta) {
        if (kind == EvaluationKind.GAUSS_NEWTON) {
            atParameters.fill(0, delta);
        } else {
            head.slope(atParameters, delta);
        }
    }

    private void recordForward() {
        for (int i = 0; i < contexts.size(); i++) {
            StepContext context = contexts.get(i);
            ProgramStep step = context.step();
            if (step.kernel() instanceof ViewKernel view) {
                tensors.values()
                        .put(
                                step.output(),
                                view.view(tensors.values().get(step.inputs().get(0))));
            } else if (tensors.constant(step.output())) {
                recordOnProbe(context);
            } else {
                recordForward(context, i);
            }
            if (kind == EvaluationKind.VALUE) {
                releaseRead(step, i);
            }
        }
    }

    private void recordForward(StepContext context, int index) {
        ProgramStep step = context.step();
        if (overwrites(step, index)) {
            tensors.values().hand(step.inputs().get(0), step.output());
            context.overwritesInput();
        } else {
            tensors.values().make(step.output());
        }
        context.on(atParameters, kept);
        step.kernel().forward(context);
        context.endMethod();
        if (kind == EvaluationKind.VALUE) {
            context.releaseKept();
        }
    }

    /** Records what is the same in every run. */
    private void recordOnProbe(StepContext context) {
        Value output = context.step().output();
        tensors.values().put(output, resources.fixed().take(output.batch(tensors.examples())));
        context.on(probeWork.tape(), resources.passing());
        context.step().kernel().forward(context);
        context.endMethod();
        context.releaseKept();
    }

    private boolean overwrites(ProgramStep step, int index) {
        Value input = step.inputs().get(0);
        return kind == EvaluationKind.VALUE
                && step.kernel().overwritesInput()
                && tensors.values().owns(input)
                && lastReaders[input.slot()] == index;
    }

    /** Gives back values that no later step reads, directly or through a view. */
    private void releaseRead(ProgramStep step, int index) {
        for (Value input : step.inputs()) {
            int root = roots[input.slot()];
            if (lastReaders[root] == index) {
                tensors.values().release(root);
            }
        }
    }

    private void recordProduct() {
        for (StepContext context : contexts) {
            ProgramStep step = context.step();
            if (!tensors.active(step.output())) {
                continue;
            }
            if (step.kernel() instanceof ViewKernel view) {
                tensors.tangents()
                        .put(
                                step.output(),
                                view.view(tensors.tangents().get(step.inputs().get(0))));
                continue;
            }
            tensors.tangents().make(step.output());
            context.on(product, resources.passing());
            step.kernel().tangentForward(context);
            context.endMethod();
        }
        new BackwardRecorder(program, resources, tensors, contexts)
                .record(
                        product,
                        resources.passing(),
                        tensors.deltaTangents(),
                        Role.GRADIENT_TANGENT,
                        (i, deltaTangent) -> {
                            Value output = program.outputs().get(i).value();
                            heads.get(i)
                                    .secondDerivative(
                                            product, tensors.tangents().get(output), deltaTangent);
                        },
                        Kernel::tangentBackward);
    }

    @Override
    public void close() {
        probeWork.close();
        if (boundAtParameters != null) {
            boundAtParameters.close();
        }
        if (boundProduct != null) {
            boundProduct.close();
        }
    }
}
