package org.thalweg.objective.compiled.spi;

import org.deeplearning4j.nn.conf.layers.Layer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * A layer that is being compiled.
 *
 * @since 0.2.0
 */
public interface LayerScope extends StepScope {

    /** Its configuration, without wrappers. */
    Layer layer();

    /** The layer's configuration as the class that its rule knows. */
    default <L extends Layer> L as(Class<L> type) {
        return type.cast(layer());
    }

    /** The effect of the layers around this one. */
    Wrapping wrapping();

    /**
     * Adds the steps of a layer that this one wraps, by the rule of its class.
     *
     * @param inner its configuration
     * @param prefix of its parameters' names within this layer's, empty for none
     * @param how the effect of this layer on it
     * @return its output
     */
    Value within(Layer inner, String prefix, Wrapping how, Value input);

    /**
     * The input as the layer sees it: with dropout, if it trains.
     *
     * @throws org.thalweg.objective.UnsupportedNetworkException for dropout that is not covered, and for weight noise
     */
    Value dropped(Value input);

    /**
     * A setting that must not depend on the iteration, because otherwise each iteration would have its own function.
     */
    double fixed(double value, @Nullable ISchedule schedule);

    /** The input with a random factor and summand for each element, drawn once. */
    Value noisy(Value input, DropoutDraw draw);

    /** A value with an activation function applied. */
    Value activated(Value value, IActivation function);

    /**
     * The input of a dense output layer's activation: the logits, times the mask of the labels if it has values other
     * than 0 and 1, or one for each entry. DL4J also masks there in these layers, but not in loss layers.
     */
    Value maskedLogits(Value logits);

    /** Compares the input of an output layer's activation with the labels; returns the compared value. */
    Value lossOf(Value logits, IActivation activation, ILossFunction function);

    /**
     * Compares a value with the labels.
     *
     * @param weights the loss's own, one per channel; null for ones
     * @param entryMasks whether a mask may differ between the channels of a row
     */
    Value compared(
            Value value, OutputLoss loss, AccuracyMetric accuracy, double @Nullable [] weights, boolean entryMasks);

    /**
     * Compares a value with labels that are class indices, one per row, as if they were one-hot.
     *
     * @param weights the loss's own, one per channel; null for ones
     */
    Value comparedWithClasses(Value value, OutputLoss loss, AccuracyMetric accuracy, double @Nullable [] weights);

    /**
     * The labels of this output as an operand of steps, for losses that are not a function of entries and their labels:
     * such a loss is composed of steps and {@link #added} up.
     *
     * @param shape of one example, channels last
     */
    Value labels(long... shape);

    /**
     * Adds up a loss that steps have computed from {@link #labels}. Masks of the labels are ignored. There is no
     * Gauss-Newton matrix, because no outputs are compared with labels.
     *
     * @param losses any number for each example
     * @return the losses
     */
    Value added(Value losses);

    /** The accuracy metric of an activation function. */
    AccuracyMetric accuracyOf(IActivation activation);

    /** The input, which must be images. */
    default Value images(Value input) {
        if (input.rank() != 3) {
            throw unsupported("needs images, got " + input + " per example");
        }
        return input;
    }

    /** The input, which must be volumes, {@code [depth, height, width, channels]}. */
    default Value volumes(Value input) {
        if (input.rank() != 4) {
            throw unsupported("needs volumes, got " + input + " per example");
        }
        return input;
    }

    /** The input, which must be vectors. */
    default Value vectors(Value input) {
        if (input.rank() != 1) {
            throw unsupported("needs vectors, got " + input + " per example; is a preprocessor missing?");
        }
        return input;
    }

    /** The input, which must be sequences, {@code [time, size]}. */
    default Value sequences(Value input) {
        if (input.rank() != 2) {
            throw unsupported("needs sequences, got " + input + " per example; is a preprocessor missing?");
        }
        return input;
    }

    /** The input, which must have a number of channels or elements. */
    default Value sized(Value input, long size) {
        if (input.channels() != size) {
            throw unsupported("expects " + size + " channels or elements, got " + input + " per example");
        }
        return input;
    }
}
