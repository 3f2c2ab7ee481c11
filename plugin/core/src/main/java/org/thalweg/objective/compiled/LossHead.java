package org.thalweg.objective.compiled;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.thalweg.objective.compiled.ProbeTensors.TargetTensors;
import org.thalweg.objective.compiled.internal.executor.Arena;
import org.thalweg.objective.compiled.internal.program.ProgramOutput;
import org.thalweg.objective.compiled.spi.AccuracyMetric;
import org.thalweg.objective.compiled.spi.LossContext;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;

/** An output on a batch: records the comparison of the network's output with the labels. */
final class LossHead implements LossContext {

    private final ProgramOutput output;
    private final TargetTensors targets;
    private final double scale;
    private final Tensor loss;
    private final Tensor correct;
    private final Arena memory;
    private final List<Tensor> scratches = new ArrayList<>();
    private Tape tape = new Tape();
    private @Nullable Tensor outputs;
    private @Nullable Tensor tangent;
    private @Nullable Tensor target;

    /**
     * @param output compared with the targets
     * @param targets labels, masks and weights
     * @param scale factor of the summed loss, one over the number of examples in its mean
     * @param results where loss and correct predictions go, DOUBLE {@code [2]}
     * @param memory for scratches
     */
    LossHead(ProgramOutput output, TargetTensors targets, double scale, Tensor results, Arena memory) {
        this.output = output;
        this.targets = targets;
        this.scale = scale;
        this.loss = results.slice(0, 0, 1);
        this.correct = results.slice(0, 1, 2);
        this.memory = memory;
    }

    /** Records loss and accuracy. */
    void value(Tape onto, Tensor values) {
        tape = onto;
        outputs = values.rows();
        output.loss().value(this);
        if (output.accuracy() instanceof AccuracyMetric.Argmax) {
            tape.countCorrect(outputs(), labels(), rows(targets.mask()), Double.NaN, correct);
        } else if (output.accuracy() instanceof AccuracyMetric.Threshold threshold) {
            tape.countCorrect(outputs(), labels(), rows(targets.mask()), threshold.threshold(), correct);
        }
        releaseScratches();
    }

    /** Records the derivative of the loss with respect to the output, after {@link #value}. */
    void slope(Tape onto, Tensor delta) {
        tape = onto;
        target = delta.rows();
        output.loss().slope(this);
        releaseScratches();
    }

    /** Records the derivative of {@link #slope} along a tangent of the output. */
    void secondDerivative(Tape onto, Tensor outputTangent, Tensor deltaTangent) {
        tape = onto;
        tangent = outputTangent.rows();
        target = deltaTangent.rows();
        output.loss().secondDerivative(this);
        releaseScratches();
    }

    private static @Nullable Tensor rows(@Nullable Tensor tensor) {
        return tensor == null ? null : tensor.rows();
    }

    private void releaseScratches() {
        scratches.forEach(memory::giveBack);
        scratches.clear();
    }

    @Override
    public Tape tape() {
        return tape;
    }

    @Override
    public double scale() {
        return scale;
    }

    @Override
    public Tensor outputs() {
        return asked(outputs, "outputs");
    }

    @Override
    public Tensor labels() {
        return targets.labels().rows();
    }

    @Override
    public @Nullable Tensor weights() {
        return rows(targets.weights());
    }

    @Override
    public Tensor loss() {
        return loss;
    }

    @Override
    public Tensor delta() {
        return asked(target, "gradient");
    }

    @Override
    public Tensor tangent() {
        return asked(tangent, "tangent");
    }

    @Override
    public Tensor deltaTangent() {
        return asked(target, "gradient's derivative");
    }

    @Override
    public Tensor scratch(long... shape) {
        Tensor scratch = memory.take(shape);
        scratches.add(scratch);
        return scratch;
    }

    private static Tensor asked(@Nullable Tensor tensor, String what) {
        if (tensor == null) {
            throw new IllegalStateException("a loss asks for its " + what + " before there is one");
        }
        return tensor;
    }
}
