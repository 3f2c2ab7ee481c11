package org.thalweg.objective.compiled;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.objective.compiled.internal.executor.Arena;
import org.thalweg.objective.compiled.spi.EvaluationKind;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Operand;
import org.thalweg.objective.compiled.spi.ProgramStep;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Value;
import org.thalweg.objective.compiled.spi.Weights;

/** One step of a {@link RecordedBatch}. */
final class StepContext implements KernelContext {

    private final ProgramStep step;
    private final BatchTensors arrays;
    private final PlanResources resources;
    private final int firstExample;
    private final boolean keepsWindows;
    private final Map<String, INDArray> kept = new HashMap<>();
    private final Map<String, INDArray> permanent = new HashMap<>();
    private final Map<String, int[]> indices = new HashMap<>();
    private final List<INDArray> scratches = new ArrayList<>();
    private final List<INDArray> inputDeltas = new ArrayList<>();
    private Tape tape = new Tape();
    private boolean overwrites;
    private Arena keeping;

    /** @param keepsWindows whether products of a Hessian find unrolled windows where the gradient left them */
    StepContext(
            ProgramStep step, BatchTensors arrays, PlanResources resources, int firstExample, boolean keepsWindows) {
        this.step = step;
        this.arrays = arrays;
        this.resources = resources;
        this.firstExample = firstExample;
        this.keepsWindows = keepsWindows;
        this.keeping = resources.passing();
    }

    ProgramStep step() {
        return step;
    }

    /** Where the next method of the kernel records, and in which memory it keeps arrays. */
    void on(Tape tape, Arena keeping) {
        this.tape = tape;
        this.keeping = keeping;
    }

    /** Where the next method of the kernel writes the gradients of its inputs; placeholders for inactive ones. */
    void inputDeltas(List<INDArray> targets) {
        inputDeltas.clear();
        inputDeltas.addAll(targets);
    }

    /** Says that the output lies where the input was. */
    void overwritesInput() {
        overwrites = true;
    }

    /** Ends a method of the kernel. */
    void releaseScratches() {
        scratches.forEach(resources.passing()::giveBack);
        scratches.clear();
    }

    /** Ends the use of arrays kept in passing memory. */
    void releaseKept() {
        kept.values().removeIf(array -> {
            boolean passing = resources.passing().owns(array);
            resources.passing().giveBack(array);
            return passing;
        });
    }

    @Override
    public Tape tape() {
        return tape;
    }

    @Override
    public EvaluationKind purpose() {
        return arrays.purpose();
    }

    @Override
    public int examples() {
        return arrays.examples();
    }

    @Override
    public INDArray input(int i) {
        return overwrites ? output() : arrays.values().get(step.inputs().get(i));
    }

    @Override
    public INDArray output() {
        return arrays.values().get(step.output());
    }

    @Override
    public boolean active(int i) {
        return arrays.active(step.inputs().get(i));
    }

    @Override
    public boolean constant(int i) {
        return arrays.constant(step.inputs().get(i));
    }

    @Override
    public INDArray outputDelta() {
        return arrays.deltas().get(step.output());
    }

    @Override
    public INDArray inputDelta(int i) {
        return inputDeltas.get(i);
    }

    @Override
    public INDArray inputTangent(int i) {
        Value input = step.inputs().get(i);
        return active(i) ? arrays.tangents().get(input) : resources.zeros(input.batch(examples()));
    }

    @Override
    public INDArray outputTangent() {
        return arrays.tangents().get(step.output());
    }

    @Override
    public INDArray outputDeltaTangent() {
        return arrays.deltaTangents().get(step.output());
    }

    @Override
    public INDArray inputDeltaTangent(int i) {
        return inputDeltas.get(i);
    }

    @Override
    public Weights weights(String name) {
        Operand operand = step.operands().get(name);
        if (operand == null) {
            throw new IllegalStateException(step.layer() + " has no parameter array " + name);
        }
        return resources.parameters().weights(operand);
    }

    @Override
    public boolean has(String name) {
        return step.operands().containsKey(name);
    }

    @Override
    public boolean keepsWindows() {
        return keepsWindows;
    }

    @Override
    public INDArray keep(String name, long... shape) {
        return kept.computeIfAbsent(name, n -> keeping.take(shape));
    }

    @Override
    public int[] keepIndices(String name, long length) {
        return indices.computeIfAbsent(name, n -> new int[Math.toIntExact(length)]);
    }

    @Override
    public INDArray scratch(long... shape) {
        INDArray scratch = resources.passing().take(shape);
        scratches.add(scratch);
        return scratch;
    }

    @Override
    public INDArray permanent(String name, Supplier<INDArray> make) {
        return permanent.computeIfAbsent(name, n -> {
            INDArray made = make.get();
            return resources.fixed().take(made.shape()).assign(made);
        });
    }

    @Override
    public INDArray zeros(long... shape) {
        return resources.zeros(shape);
    }

    @Override
    public INDArray ones(long n) {
        return resources.ones(n);
    }

    @Override
    public SplittableRandom random(int draw, int example) {
        long stream = new SplittableRandom(resources.seed() + draw).nextLong();
        return new SplittableRandom(stream + firstExample + example);
    }
}
