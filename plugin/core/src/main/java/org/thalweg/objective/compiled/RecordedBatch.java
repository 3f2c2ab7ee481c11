package org.thalweg.objective.compiled;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.compiled.internal.executor.Arena;
import org.thalweg.objective.compiled.spi.EvaluationKind;
import org.thalweg.objective.compiled.spi.Kernel;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Program;
import org.thalweg.objective.compiled.spi.ProgramOutput;
import org.thalweg.objective.compiled.spi.ProgramStep;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Value;

/**
 * A program recorded for one batch: a tape for what depends on the parameters alone, and one for the product of the
 * Hessian, or of the Gauss-Newton matrix, with a direction.
 */
final class RecordedBatch implements AutoCloseable {

    private final Program program;
    private final PlanResources resources;
    private final EvaluationKind purpose;
    private final Arena kept;
    private final BatchTensors arrays;
    private final List<StepContext> sites = new ArrayList<>();
    private final List<LossHead> heads = new ArrayList<>();
    private final Tape atParameters = new Tape();
    private final Tape product = new Tape();

    /**
     * @param kept where Hessian products keep what depends on the parameters
     * @param retention what they keep there
     * @param probeSize number of examples of the whole probe, over which the loss is averaged
     */
    RecordedBatch(
            Program program,
            PlanResources resources,
            EvaluationKind purpose,
            Arena kept,
            CheckpointPolicy retention,
            PackedProbe probe,
            int probeSize) {
        this.program = program;
        this.resources = resources;
        this.purpose = purpose;
        this.kept = purpose.hasProducts() ? kept : resources.passing();
        resources.passing().rewind();
        this.arrays = new BatchTensors(program, probe.examples(), purpose, this.kept, resources.passing());
        for (int i = 0; i < program.inputs().size(); i++) {
            arrays.values().put(program.inputs().get(i), probe.features().get(i));
        }
        boolean keepsWindows = purpose.hasProducts() && retention == CheckpointPolicy.WINDOWS;
        for (ProgramStep step : program.steps()) {
            sites.add(new StepContext(step, arrays, resources, probe.first(), keepsWindows));
        }
        for (int i = 0; i < program.outputs().size(); i++) {
            heads.add(new LossHead(program.outputs().get(i), probe.targets().get(i), 1.0 / probeSize));
        }
        record();
    }

    /** Runs what depends on the parameters alone: the loss, and its gradient if this is for more. */
    void run() {
        atParameters.run();
    }

    /** Runs the product with the direction, after {@link #run} for the same parameters. */
    void runProduct() {
        product.run();
    }

    List<LossHead> heads() {
        return heads;
    }

    private void record() {
        recordForward();
        for (int i = 0; i < heads.size(); i++) {
            LossHead head = heads.get(i);
            INDArray value = arrays.values().get(program.outputs().get(i).value());
            atParameters.add(() -> head.value(value));
        }
        if (purpose == EvaluationKind.VALUE) {
            return;
        }
        recordBackward(
                atParameters, kept, arrays.deltas(), (i, delta) -> recordSeed(heads.get(i), delta), Kernel::backward);
        if (purpose.hasProducts()) {
            recordProduct();
        }
    }

    /** Where a backward pass begins: the gradient with respect to an output, which Gauss-Newton takes for zero. */
    private void recordSeed(LossHead head, INDArray delta) {
        if (purpose == EvaluationKind.GAUSS_NEWTON) {
            atParameters.add(() -> delta.assign(0));
        } else {
            atParameters.add(() -> head.gradient(delta));
        }
    }

    private void recordForward() {
        for (int i = 0; i < sites.size(); i++) {
            StepContext site = sites.get(i);
            ProgramStep step = site.step();
            if (arrays.constant(step.output())) {
                runOnce(site);
                continue;
            }
            if (overwrites(step, i)) {
                arrays.values().hand(step.inputs().get(0), step.output());
                site.overwritesInput();
            } else {
                arrays.values().make(step.output());
            }
            site.on(atParameters, kept);
            step.kernel().forward(site);
            site.releaseScratches();
            if (purpose == EvaluationKind.VALUE) {
                site.releaseKept();
                releaseRead(step, i);
            }
        }
    }

    /** Computes what is the same in every run, now. */
    private void runOnce(StepContext site) {
        Value output = site.step().output();
        arrays.values().put(output, resources.fixed().take(output.batch(arrays.examples())));
        try (Tape once = new Tape()) {
            site.on(once, resources.passing());
            site.step().kernel().forward(site);
            once.run();
        }
        site.releaseScratches();
        site.releaseKept();
    }

    private boolean overwrites(ProgramStep step, int index) {
        Value input = step.inputs().get(0);
        return purpose == EvaluationKind.VALUE
                && step.kernel().overwritesInput()
                && arrays.values().owns(input)
                && lastReader(input) == index;
    }

    private void releaseRead(ProgramStep step, int index) {
        for (Value input : step.inputs()) {
            if (lastReader(input) == index) {
                arrays.values().release(input);
            }
        }
    }

    /** Number of the last step that reads a value; beyond all steps for an output. */
    private int lastReader(Value value) {
        for (ProgramOutput output : program.outputs()) {
            if (output.value().slot() == value.slot()) {
                return sites.size();
            }
        }
        int last = -1;
        for (int i = 0; i < sites.size(); i++) {
            if (sites.get(i).step().reads(value.slot())) {
                last = i;
            }
        }
        return last;
    }

    private void recordProduct() {
        for (StepContext site : sites) {
            if (arrays.active(site.step().output())) {
                arrays.tangents().make(site.step().output());
                site.on(product, resources.passing());
                site.step().kernel().tangentForward(site);
                site.releaseScratches();
            }
        }
        recordBackward(
                product,
                resources.passing(),
                arrays.deltaTangents(),
                (i, deltaTangent) -> {
                    Value output = program.outputs().get(i).value();
                    INDArray value = arrays.values().get(output);
                    INDArray tangent = arrays.tangents().get(output);
                    product.add(() -> heads.get(i).gradientTangent(value, tangent, deltaTangent));
                },
                Kernel::tangentBackward);
    }

    /** Records a backward pass: the outputs' own gradients, then the kernels' from the last to the first. */
    private void recordBackward(
            Tape tape,
            Arena keeping,
            ValueTensors gradients,
            BiConsumer<Integer, INDArray> seed,
            BiConsumer<Kernel, KernelContext> method) {
        for (int i = 0; i < heads.size(); i++) {
            Value output = program.outputs().get(i).value();
            if (arrays.active(output)) {
                Accumulation target = new Accumulation(gradients, output);
                seed.accept(i, target.array);
                target.finish(tape);
            }
        }
        for (int i = sites.size() - 1; i >= 0; i--) {
            StepContext site = sites.get(i);
            Value output = site.step().output();
            if (!arrays.active(output) || !gradients.has(output)) {
                continue;
            }
            List<Accumulation> targets = new ArrayList<>();
            for (Value input : site.step().inputs()) {
                if (arrays.active(input)) {
                    targets.add(new Accumulation(gradients, input));
                } else {
                    targets.add(new Accumulation(resources.zeros(1)));
                }
            }
            site.inputDeltas(targets.stream().map(target -> target.array).toList());
            site.on(tape, keeping);
            method.accept(site.step().kernel(), site);
            site.releaseScratches();
            targets.forEach(target -> target.finish(tape));
            releaseBehind(site, gradients);
        }
    }

    /** Nothing before a step reads what comes out of it. */
    private void releaseBehind(StepContext site, ValueTensors gradients) {
        Value output = site.step().output();
        boolean inProducts = gradients == arrays.deltas() && purpose.hasProducts();
        if (!inProducts || !site.step().kernel().keepsOutputDelta()) {
            gradients.release(output);
        }
        if (!inProducts) {
            site.releaseKept();
        }
        if (purpose == EvaluationKind.GRADIENT) {
            arrays.values().release(output);
        }
        if (gradients == arrays.deltaTangents()) {
            arrays.tangents().release(output);
        }
    }

    @Override
    public void close() {
        atParameters.close();
        product.close();
    }

    /** Where one reader of a value writes its gradient: in its place, or beside it to be added. */
    private final class Accumulation {
        private final INDArray array;
        private final @Nullable INDArray sum;

        Accumulation(ValueTensors gradients, Value value) {
            if (gradients.has(value)) {
                sum = gradients.get(value);
                array = resources.passing().take(value.batch(arrays.examples()));
            } else {
                sum = null;
                array = gradients.make(value);
            }
        }

        Accumulation(INDArray placeholder) {
            array = placeholder;
            sum = null;
        }

        void finish(Tape tape) {
            if (sum != null) {
                tape.op("add").of(sum, array).into(sum);
                resources.passing().giveBack(array);
            }
        }
    }
}
