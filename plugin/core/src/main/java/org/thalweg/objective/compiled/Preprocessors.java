package org.thalweg.objective.compiled;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.Cnn3DToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.ComposableInputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnn3DPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.thalweg.objective.UnsupportedNetworkException;
import org.thalweg.objective.compiled.internal.kernel.Transposition;
import org.thalweg.objective.compiled.internal.program.DataFormats;
import org.thalweg.objective.compiled.internal.program.ProgramBuilder;
import org.thalweg.objective.compiled.spi.Value;

/**
 * DL4J's changes of shape between images, volumes, sequences and vectors. They copy only if they must.
 *
 * @param builder receives the steps
 * @param formats of the network's arrays
 */
record Preprocessors(ProgramBuilder builder, DataFormats formats) {

    private static final int IMAGES = 4;
    private static final int VOLUMES = 5;
    /** Subclasses may do something else. */
    private static final Set<Class<? extends InputPreProcessor>> COVERED = Set.of(
            RnnToFeedForwardPreProcessor.class,
            FeedForwardToRnnPreProcessor.class,
            CnnToFeedForwardPreProcessor.class,
            FeedForwardToCnnPreProcessor.class,
            Cnn3DToFeedForwardPreProcessor.class,
            FeedForwardToCnn3DPreProcessor.class,
            RnnToCnnPreProcessor.class,
            CnnToRnnPreProcessor.class);

    Value apply(String layer, InputPreProcessor preprocessor, Value value) {
        if (preprocessor instanceof ComposableInputPreProcessor all) {
            Value changed = value;
            for (InputPreProcessor one : all.getInputPreProcessors()) {
                changed = apply(layer, one, changed);
            }
            return changed;
        }
        if (!COVERED.contains(preprocessor.getClass())) {
            throw unsupported(layer, preprocessor, "");
        }
        if (preprocessor instanceof RnnToFeedForwardPreProcessor) {
            return value.withStepsAsExamples(true);
        }
        if (preprocessor instanceof FeedForwardToRnnPreProcessor) {
            return sequences(layer, value);
        }
        if (value.mask() != null) {
            throw new UnsupportedNetworkException(
                    layer, "has a preprocessor of an input with a mask, which is not covered");
        }
        return ofImages(layer, preprocessor, builder.dense(layer, value));
    }

    /** Vectors as the steps that were folded into the examples, or each as a one-step sequence. */
    private Value sequences(String layer, Value value) {
        if (value.rank() == 1) {
            Value ordered = builder.dense(layer, builder.inNetworkOrder(layer, value));
            return ordered.unfolded().withMask(value.mask());
        }
        if (value.perExample() > 1) {
            throw new UnsupportedNetworkException(layer, "reads sequences of sequences, which is not covered");
        }
        return value.withStepsAsExamples(false);
    }

    private Value ofImages(String layer, InputPreProcessor preprocessor, Value input) {
        if (preprocessor instanceof CnnToFeedForwardPreProcessor before) {
            boolean first = before.getFormat() == CNN2DFormat.NCHW;
            return input.rank() == 1 ? input : flattened(input, first);
        }
        if (preprocessor instanceof Cnn3DToFeedForwardPreProcessor before) {
            return input.rank() == 1 ? input : flattened(input, volumes(layer, before.isNCDHW()));
        }
        if (preprocessor instanceof FeedForwardToCnnPreProcessor before) {
            Value vectors = input.rank() == 2 ? input.folded() : input;
            long[] shape = {before.getInputHeight(), before.getInputWidth(), before.getNumChannels()};
            return input.rank() == 3 ? input : arranged(layer, vectors, shape, true);
        }
        if (preprocessor instanceof FeedForwardToCnn3DPreProcessor before) {
            long[] shape = {
                before.getInputDepth(), before.getInputHeight(), before.getInputWidth(), before.getNumChannels()
            };
            boolean first = volumes(layer, before.isNCDHW());
            return input.rank() == 4 ? input : arranged(layer, input, shape, first);
        }
        return ofSteps(layer, preprocessor, input);
    }

    private Value ofSteps(String layer, InputPreProcessor preprocessor, Value input) {
        if (preprocessor instanceof RnnToCnnPreProcessor before && input.rank() == 2) {
            requireChannelsFirst(layer);
            long[] shape = {before.getInputHeight(), before.getInputWidth(), before.getNumChannels()};
            return arranged(layer, input.folded(), shape, true);
        }
        if (preprocessor instanceof CnnToRnnPreProcessor && input.rank() == 3) {
            requireChannelsFirst(layer);
            return sequences(layer, flattened(input, true));
        }
        throw unsupported(layer, preprocessor, " of " + input + " per example");
    }

    private static UnsupportedNetworkException unsupported(String layer, InputPreProcessor preprocessor, String of) {
        return new UnsupportedNetworkException(
                layer,
                "has the preprocessor " + preprocessor.getClass().getSimpleName() + of + ", which is not covered");
    }

    /** Between sequences, DL4J reads images with channels first. */
    private void requireChannelsFirst(String layer) {
        if (!formats.channelsFirst(IMAGES)) {
            throw new UnsupportedNetworkException(
                    layer,
                    "has a preprocessor between sequences and images, which is covered in the format NCHW alone");
        }
    }

    /** Whether volumes have channels first; preprocessor and layers must agree on it. */
    private boolean volumes(String layer, boolean channelsFirst) {
        if (channelsFirst != formats.channelsFirst(VOLUMES)) {
            throw new UnsupportedNetworkException(
                    layer,
                    "has a preprocessor of volumes in the format " + (channelsFirst ? "NCDHW" : "NDHWC")
                            + ", and layers in " + formats.volumes());
        }
        return channelsFirst;
    }

    /** Images or volumes as vectors; the network orders their elements channel by channel if channels are first. */
    private static Value flattened(Value input, boolean channelsFirst) {
        long pixels = input.length() / input.channels();
        boolean sameOrder = !channelsFirst || input.channels() == 1 || pixels == 1;
        long rows = input.size(0);
        long[] image = {rows, pixels / rows, input.channels()};
        return new Value(
                input.slot(), new long[] {input.length()}, sameOrder ? null : image, null, input.perExample(), false);
    }

    /** Vectors as images or volumes. */
    private Value arranged(String layer, Value input, long[] shape, boolean channelsFirst) {
        if (input.rank() != 1 || input.length() != input.reshaped(shape).length()) {
            throw new UnsupportedNetworkException(
                    layer, "expects elements for " + Arrays.toString(shape) + " with the channels last, got " + input);
        }
        long channels = shape[shape.length - 1];
        long[] image = input.image();
        boolean ordered = image == null ? !channelsFirst || channels == 1 : channelsFirst && image[2] == channels;
        if (ordered) {
            return input.reshaped(shape);
        }
        Value vector = builder.inNetworkOrder(layer, input);
        if (!channelsFirst) {
            return vector.reshaped(shape);
        }
        Value planes = vector.reshaped(channels, vector.length() / channels, 1);
        Value pixels = builder.step(
                layer, new Transposition(1, 2, 0), List.of(planes), vector.length() / channels, 1, channels);
        return pixels.reshaped(shape);
    }
}
