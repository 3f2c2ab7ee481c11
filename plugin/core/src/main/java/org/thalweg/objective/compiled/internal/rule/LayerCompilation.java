package org.thalweg.objective.compiled.internal.rule;

import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.compiled.internal.kernel.Noise;
import org.thalweg.objective.compiled.internal.program.DataFormats;
import org.thalweg.objective.compiled.internal.program.LabelForm;
import org.thalweg.objective.compiled.internal.program.ProgramBuilder;
import org.thalweg.objective.compiled.internal.program.ProgramOutput;
import org.thalweg.objective.compiled.spi.AccuracyMetric;
import org.thalweg.objective.compiled.spi.DropoutDraw;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.LossFunction;
import org.thalweg.objective.compiled.spi.OutputLoss;
import org.thalweg.objective.compiled.spi.Value;
import org.thalweg.objective.compiled.spi.Wrapping;

/** A layer that is being compiled. */
public final class LayerCompilation extends StepCompilation implements LayerScope {

    private final Layer layer;
    private final int labels;
    private final Wrapping wrapping;

    /**
     * @param id index or name of the layer in the network, part of its parameters' names
     * @param name for messages
     * @param layer its configuration, without a freezing wrapper
     * @param mode the state in which it is evaluated
     * @param formats order of the axes of the network's arrays
     * @param labels index of the labels array it is compared with, -1 if it is not an output of the network
     * @param builder receives its steps
     */
    public LayerCompilation(
            String id,
            String name,
            Layer layer,
            ObjectiveMode mode,
            DataFormats formats,
            int labels,
            ProgramBuilder builder) {
        this(id + "_", name, layer, mode, formats, labels, builder, Wrapping.NONE);
    }

    private LayerCompilation(
            String keys,
            String name,
            Layer layer,
            ObjectiveMode mode,
            DataFormats formats,
            int labels,
            ProgramBuilder builder,
            Wrapping wrapping) {
        super(keys, name, mode, formats, builder);
        this.layer = layer;
        this.labels = labels;
        this.wrapping = wrapping;
    }

    /** Adds the steps of the layer's rule. */
    public Value compile(Value input) {
        LayerRule rule = Rules.layer(name(), layer);
        requireMask(rule.acceptsMask(), input);
        return rule.compile(this, input);
    }

    @Override
    public Layer layer() {
        return layer;
    }

    @Override
    public Wrapping wrapping() {
        return wrapping;
    }

    @Override
    public Value within(Layer inner, String prefix, Wrapping how, Value input) {
        return new LayerCompilation(keys() + prefix, name(), inner, mode(), formats(), labels, builder(), how)
                .compile(input);
    }

    @Override
    public Value dropped(Value input) {
        if (mode() != ObjectiveMode.TRAINING) {
            return input;
        }
        requireNoWeightNoise();
        IDropout dropout = layer.getIDropout();
        return dropout == null ? input : Rules.dropout(this, dropout).compile(this, input, dropout);
    }

    @Override
    public double fixed(double value, @Nullable ISchedule schedule) {
        if (schedule == null) {
            return value;
        }
        if (schedule instanceof FixedSchedule) {
            return schedule.valueAt(0, 0);
        }
        throw unsupported("has dropout on the schedule " + schedule.getClass().getSimpleName()
                + ", so that TRAINING is no one function; use RUNNING or BATCH");
    }

    @Override
    public Value noisy(Value input, DropoutDraw draw) {
        long[] image = input.image();
        long channels = image == null ? input.channels() : image[2];
        return elementwise(new Noise(builder().nextDraw(), (int) channels, draw), input);
    }

    @Override
    public Value activated(Value value, IActivation function) {
        return Rules.activation(this, function).compile(this, value, function);
    }

    @Override
    public Value maskedLogits(Value logits) {
        Value mask = builder().fractionalMask(labels, logits.shape());
        return mask == null ? logits : multiply(logits, mask);
    }

    @Override
    public Value lossOf(Value logits, IActivation activation, ILossFunction function) {
        requireLabels();
        return Rules.loss(this, function).compile(this, logits, activation, function);
    }

    @Override
    public Value compared(
            Value value, OutputLoss loss, AccuracyMetric accuracy, double @Nullable [] weights, boolean entryMasks) {
        return compared(value, loss, accuracy, weights, entryMasks, LabelForm.ENTRIES);
    }

    @Override
    public Value comparedWithClasses(
            Value value, OutputLoss loss, AccuracyMetric accuracy, double @Nullable [] weights) {
        return compared(value, loss, accuracy, weights, false, LabelForm.CLASS_NUMBERS);
    }

    @Override
    public Value labels(long... shape) {
        requireLabels();
        return builder().labels(labels, shape);
    }

    @Override
    public Value added(Value losses) {
        requireLabels();
        return compared(
                losses,
                OutputLoss.of(LossFunction.PRODUCT, 1),
                new AccuracyMetric.None(),
                null,
                false,
                LabelForm.OPERAND);
    }

    private void requireLabels() {
        if (labels < 0) {
            throw unsupported("has a loss, but is not an output of the network");
        }
    }

    private Value compared(
            Value value,
            OutputLoss loss,
            AccuracyMetric accuracy,
            double @Nullable [] weights,
            boolean entryMasks,
            LabelForm form) {
        if (value.perExample() > 1) {
            throw unsupported("has a loss of steps or blocks that are folded into the examples, which is not covered");
        }
        if (weights != null && weights.length != value.channels()) {
            throw unsupported("has " + weights.length + " loss weights for " + value.channels() + " outputs");
        }
        Value dense = builder().dense(name(), value);
        int maskOfInput = value.mask() == null ? -1 : builder().inputOfMask(name(), value.mask());
        builder()
                .output(new ProgramOutput(
                        name(), labels, dense, loss, accuracy, weights, entryMasks, form, maskOfInput));
        return dense;
    }

    @Override
    public AccuracyMetric accuracyOf(IActivation activation) {
        if (activation instanceof ActivationSoftmax) {
            return new AccuracyMetric.Argmax();
        }
        return activation instanceof ActivationSigmoid ? new AccuracyMetric.Threshold(0.5) : new AccuracyMetric.None();
    }

    private void requireNoWeightNoise() {
        if (layer instanceof BaseLayer base && base.getWeightNoise() != null) {
            throw unsupported(
                    "has the weight noise " + base.getWeightNoise().getClass().getSimpleName()
                            + ", which TRAINING mode does not know; use RUNNING or BATCH");
        }
    }
}
