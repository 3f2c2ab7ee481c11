package org.thalweg.objective.compiled;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.thalweg.objective.compiled.internal.executor.Arena;
import org.thalweg.objective.compiled.internal.program.ProgramStep;
import org.thalweg.objective.compiled.spi.ElementType;
import org.thalweg.objective.compiled.spi.EvaluationKind;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Op;
import org.thalweg.objective.compiled.spi.Operand;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;
import org.thalweg.objective.compiled.spi.Value;
import org.thalweg.objective.compiled.spi.Weights;

/** One step of a {@link RecordedBatch}. */
final class StepContext implements KernelContext {

    private final ProgramStep step;
    private final BatchTensors tensors;
    private final PlanResources resources;
    private final ProbeWork probeWork;
    private final boolean keepsWindows;
    private final Map<String, Tensor> kept = new HashMap<>();
    private final Map<String, Tensor> ofProbe = new HashMap<>();
    private final Map<String, Tensor> reports = new HashMap<>();
    private final List<Tensor> scratches = new ArrayList<>();
    private final List<Tensor> inputDeltas = new ArrayList<>();
    private Tape tape = new Tape();
    private Arena keeping;
    private boolean overwrites;
    private @Nullable GradientSums sums;

    /** @param keepsWindows whether Hessian products reuse the gradient's unrolled windows */
    StepContext(
            ProgramStep step,
            BatchTensors tensors,
            PlanResources resources,
            ProbeWork probeWork,
            boolean keepsWindows) {
        this.step = step;
        this.tensors = tensors;
        this.resources = resources;
        this.probeWork = probeWork;
        this.keepsWindows = keepsWindows;
        this.keeping = resources.passing();
    }

    ProgramStep step() {
        return step;
    }

    /** Sets the tape and the memory for the kernel's next method. */
    void on(Tape onto, Arena memory) {
        tape = onto;
        keeping = memory;
    }

    /**
     * Sets where the kernel's next method writes gradients of inputs, with placeholders for inactive ones, and of
     * weights.
     */
    void gradients(List<Tensor> targets, GradientSums weights) {
        inputDeltas.clear();
        inputDeltas.addAll(targets);
        sums = weights;
    }

    /** Places the output in the input's memory. */
    void overwritesInput() {
        overwrites = true;
    }

    /** Ends a method of the kernel. */
    void endMethod() {
        if (sums != null) {
            sums.endStep();
            sums = null;
        }
        scratches.forEach(resources.passing()::giveBack);
        scratches.clear();
    }

    /** Ends the use of tensors kept in passing memory. */
    void releaseKept() {
        kept.values().removeIf(tensor -> {
            boolean passing = resources.passing().owns(tensor);
            resources.passing().giveBack(tensor);
            return passing;
        });
    }

    @Override
    public Tape tape() {
        return tape;
    }

    @Override
    public EvaluationKind kind() {
        return tensors.kind();
    }

    @Override
    public int examples() {
        return (int) (tensors.examples() * step.output().perExample());
    }

    @Override
    public Tensor input(int i) {
        return overwrites ? output() : tensors.values().get(step.inputs().get(i));
    }

    @Override
    public Tensor output() {
        return tensors.values().get(step.output());
    }

    @Override
    public boolean active(int i) {
        return tensors.active(step.inputs().get(i));
    }

    @Override
    public boolean constant(int i) {
        return tensors.constant(step.inputs().get(i));
    }

    @Override
    public Tensor outputDelta() {
        return tensors.deltas().get(step.output());
    }

    @Override
    public Tensor inputDelta(int i) {
        return inputDeltas.get(i);
    }

    @Override
    public Tensor inputTangent(int i) {
        Value input = step.inputs().get(i);
        return active(i) ? tensors.tangents().get(input) : resources.zeros(input.batch(tensors.examples()));
    }

    @Override
    public Tensor outputTangent() {
        return tensors.tangents().get(step.output());
    }

    @Override
    public Tensor outputDeltaTangent() {
        return tensors.deltaTangents().get(step.output());
    }

    @Override
    public Tensor inputDeltaTangent(int i) {
        return inputDeltas.get(i);
    }

    @Override
    public Weights weights(String name) {
        Operand operand = step.operands().get(name);
        if (operand == null) {
            throw new IllegalStateException(step.layer() + " has no parameter array " + name);
        }
        return new StepWeights(name, operand, step.layer(), resources.parameters(), () -> sums);
    }

    @Override
    public boolean has(String name) {
        return step.operands().containsKey(name);
    }

    @Override
    public boolean onHost() {
        return resources.executor().onHost();
    }

    @Override
    public boolean knows(Op op) {
        return resources.executor().knows(op);
    }

    @Override
    public boolean keepsWindows() {
        return keepsWindows;
    }

    @Override
    public Tensor keep(String name, long... shape) {
        return kept.computeIfAbsent(name, key -> keeping.take(shape));
    }

    @Override
    public Tensor keepPlaces(String name, long length) {
        return kept.computeIfAbsent(name, key -> keeping.take(ElementType.INT, length));
    }

    @Override
    public Tensor report(String name, long... shape) {
        if (!has(name)) {
            throw new IllegalStateException(step.layer() + " has no parameter array " + name);
        }
        return reports.computeIfAbsent(name, key -> resources.fixed().take(shape));
    }

    /** The tensors of {@link #report}, by name. */
    Map<String, Tensor> reports() {
        return reports;
    }

    @Override
    public Tensor scratch(long... shape) {
        Tensor scratch = resources.passing().take(shape);
        scratches.add(scratch);
        return scratch;
    }

    @Override
    public Tensor ofProbe(String name, long[] shape, BiConsumer<Tape, Tensor> record) {
        return ofProbe.computeIfAbsent(name, key -> {
            Tensor tensor = resources.fixed().take(shape);
            record.accept(probeWork.tape(), tensor);
            return tensor;
        });
    }

    @Override
    public Tensor placesOfProbe(String name, long length, BiConsumer<Tape, Tensor> record) {
        return ofProbe.computeIfAbsent(name, key -> {
            Tensor tensor = resources.fixed().take(ElementType.INT, length);
            record.accept(probeWork.tape(), tensor);
            return tensor;
        });
    }

    @Override
    public Tensor ofHost(String name, long[] shape, Supplier<double[]> values) {
        return ofProbe.computeIfAbsent(name, key -> {
            Tensor tensor = resources.fixed().take(shape);
            probeWork.upload(tensor, values);
            return tensor;
        });
    }

    @Override
    public Tensor zeros(long... shape) {
        return resources.zeros(shape);
    }

    @Override
    public Tensor ones(long n) {
        return resources.ones(n);
    }

    @Override
    public SplittableRandom random(int draw, int example) {
        long stream = new SplittableRandom(resources.seed() + draw).nextLong();
        long first = probeWork.firstExample() * step.output().perExample();
        return new SplittableRandom(stream + first + example);
    }

    @Override
    public String toString() {
        return step.layer() + Arrays.toString(step.output().shape());
    }
}
