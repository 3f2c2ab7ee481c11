package org.thalweg.objective.compiled.spi;

import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.UnsupportedNetworkException;

/**
 * A layer that is being compiled.
 *
 * @param id number or name of the layer in the network, by which its parameters are called
 * @param name as the user knows it
 * @param layer its configuration, without what is wrapped around it
 * @param mode in which state it is looked at: frozen layers predict even while the network trains
 * @param format order of the axes of the network's images
 * @param labels number of the labels array it is compared with, -1 if it is no output of the network
 * @param builder where its steps go
 */
public record LayerScope(
        String id,
        String name,
        Layer layer,
        ObjectiveMode mode,
        CNN2DFormat format,
        int labels,
        ProgramBuilder builder) {

    /** The layer's configuration as the class that its rule knows. */
    public <L extends Layer> L as(Class<L> type) {
        return type.cast(layer);
    }

    /** The axes of height and width, numbered as the network does. */
    public int[] imageAxes() {
        return format == CNN2DFormat.NCHW ? new int[] {2, 3} : new int[] {1, 2};
    }

    /** DL4J's key of one of the layer's arrays. */
    public String key(String parameter) {
        return id + "_" + parameter;
    }

    public Operand parameter(String parameter) {
        return new Operand.Parameter(key(parameter));
    }

    public UnsupportedNetworkException unsupported(String reason) {
        return new UnsupportedNetworkException(name, reason);
    }

    /**
     * The input as the layer sees it: with dropout, if it trains.
     *
     * @throws UnsupportedNetworkException for dropout that is not covered, and for weight noise
     */
    public Value dropped(Value input) {
        if (mode != ObjectiveMode.TRAINING) {
            return input;
        }
        requireNoWeightNoise();
        IDropout dropout = layer.getIDropout();
        return dropout == null ? input : Rules.dropout(this, dropout).compile(this, input, dropout);
    }

    /** A setting that must not depend on the iteration: there would be no one function to look at. */
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

    /** The input with factors and summands drawn once for each element. */
    public Value noisy(Value input, Noise.Draw draw) {
        long[] image = input.image();
        long channels = image == null ? input.channels() : image[2];
        return builder.elementwise(name, new Noise(builder.nextDraw(), (int) channels, draw), input);
    }

    /** A value with an activation function applied. */
    public Value activated(Value value, IActivation function) {
        return Rules.activation(this, function).compile(this, value, function);
    }

    /** Compares what goes into an output layer's activation with the labels; the result is what is compared. */
    public Value lossOf(Value logits, IActivation activation, ILossFunction function) {
        if (labels < 0) {
            throw unsupported("has a loss, but is no output of the network");
        }
        return Rules.loss(this, function).compile(this, logits, activation, function);
    }

    /**
     * Compares a value with the labels.
     *
     * @param weights the loss's own, one an entry of an example; null for ones
     * @param entryMasks whether a mask may differ between the entries of an example
     */
    public Value compared(
            Value value, OutputLoss loss, AccuracyMetric accuracy, @Nullable INDArray weights, boolean entryMasks) {
        if (weights != null && weights.length() != value.length()) {
            throw unsupported("has " + weights.length() + " loss weights for " + value.length() + " outputs");
        }
        double[] copy = weights == null ? null : weights.dup('c').data().asDouble();
        builder.output(new ProgramOutput(name, labels, value, loss, accuracy, copy, entryMasks));
        return value;
    }

    /** Which predictions of an activation function are right. */
    public AccuracyMetric accuracyOf(IActivation activation) {
        if (activation instanceof ActivationSoftmax) {
            return new AccuracyMetric.Argmax();
        }
        return activation instanceof ActivationSigmoid ? new AccuracyMetric.Threshold(0.5) : new AccuracyMetric.None();
    }

    /** The input, which must be images. */
    public Value images(Value input) {
        if (input.rank() != 3) {
            throw unsupported("needs images, got " + input + " an example");
        }
        return input;
    }

    /** The input, which must be vectors. */
    public Value vectors(Value input) {
        if (input.rank() != 1) {
            throw unsupported("needs vectors, got " + input + " an example; is a preprocessor missing?");
        }
        return input;
    }

    /** The input, which must have a number of channels or elements. */
    public Value sized(Value input, long size) {
        if (input.channels() != size) {
            throw unsupported("expects " + size + " channels or elements, got " + input + " an example");
        }
        return input;
    }

    /** Adds a step without parameter arrays. */
    public Value step(Kernel kernel, Value input, long... outputShape) {
        return builder.step(name, kernel, List.of(input), outputShape);
    }

    private void requireNoWeightNoise() {
        if (layer instanceof BaseLayer base && base.getWeightNoise() != null) {
            throw unsupported(
                    "has the weight noise " + base.getWeightNoise().getClass().getSimpleName()
                            + ", which TRAINING mode does not know; use RUNNING or BATCH");
        }
    }
}
