package org.thalweg.objective.compiled.layer;

import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.activations.IActivation;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.UnsupportedNetworkException;
import org.thalweg.objective.compiled.program.Operand;
import org.thalweg.objective.compiled.program.ProgramBuilder;
import org.thalweg.objective.compiled.program.Value;

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
    int[] imageAxes() {
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

    /** The input as the layer sees it: with dropout, if it trains. */
    public Value dropped(Value input) {
        requireNoWeightNoise();
        IDropout dropout = layer.getIDropout();
        if (dropout == null || mode != ObjectiveMode.TRAINING) {
            return input;
        }
        if (!(dropout instanceof Dropout plain) || plain.getPSchedule() != null) {
            throw unsupported("has " + dropout.getClass().getSimpleName()
                    + " other than plain dropout of a fixed probability, which TRAINING mode does not know;"
                    + " use RUNNING or BATCH");
        }
        return builder.elementwise(name, new org.thalweg.objective.compiled.kernel.Dropout(plain.getP()), input);
    }

    /** A value with an activation function applied. */
    public Value activated(Value value, IActivation function) {
        return Activations.apply(this, value, function);
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
    public Value step(org.thalweg.objective.compiled.kernel.Kernel kernel, Value input, long... outputShape) {
        return builder.step(name, kernel, List.of(input), outputShape);
    }

    private void requireNoWeightNoise() {
        if (mode == ObjectiveMode.TRAINING && layer instanceof BaseLayer base && base.getWeightNoise() != null) {
            throw unsupported("has weight noise, which TRAINING mode does not know; use RUNNING or BATCH");
        }
    }
}
