package org.thalweg.objective.compiled;

import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.ComposableInputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.thalweg.objective.UnsupportedNetworkException;
import org.thalweg.objective.compiled.internal.kernel.Transposition;
import org.thalweg.objective.compiled.internal.program.ProgramBuilder;
import org.thalweg.objective.compiled.spi.Value;

/** DL4J's changes of shape between images, sequences and vectors. Where the memory can stay as it is, it does. */
record Preprocessors(ProgramBuilder builder) {

    Value apply(String layer, InputPreProcessor preprocessor, Value value) {
        if (preprocessor instanceof ComposableInputPreProcessor all) {
            Value changed = value;
            for (InputPreProcessor one : all.getInputPreProcessors()) {
                changed = apply(layer, one, changed);
            }
            return changed;
        }
        if (preprocessor instanceof RnnToFeedForwardPreProcessor) {
            // The steps of sequences that DL4J takes for examples stay what they are.
            return value;
        }
        if (preprocessor instanceof FeedForwardToRnnPreProcessor) {
            return value.rank() == 1 ? oneStep(layer, value) : value;
        }
        return ofImages(layer, preprocessor, value);
    }

    /** Examples as sequences of one step. */
    private Value oneStep(String layer, Value value) {
        Value ordered = builder.dense(layer, builder.inNetworkOrder(layer, value));
        return new Value(ordered.slot(), 1, ordered.length()).withMask(value.mask());
    }

    private Value ofImages(String layer, InputPreProcessor preprocessor, Value value) {
        if (value.mask() != null) {
            throw new UnsupportedNetworkException(
                    layer, "has a preprocessor of an input with a mask, which is not covered");
        }
        Value input = builder.dense(layer, value);
        if (preprocessor.getClass() == CnnToFeedForwardPreProcessor.class) {
            return input.rank() == 1 ? input : flattened((CnnToFeedForwardPreProcessor) preprocessor, input);
        }
        if (preprocessor.getClass() == FeedForwardToCnnPreProcessor.class) {
            return input.rank() == 3 ? input : images(layer, (FeedForwardToCnnPreProcessor) preprocessor, input);
        }
        throw new UnsupportedNetworkException(
                layer, "has the preprocessor " + preprocessor.getClass().getSimpleName() + ", which is not covered");
    }

    private static Value flattened(CnnToFeedForwardPreProcessor preprocessor, Value input) {
        boolean sameOrder = preprocessor.getFormat() == CNN2DFormat.NHWC
                || input.channels() == 1
                || input.size(0) * input.size(1) == 1;
        return new Value(input.slot(), new long[] {input.length()}, sameOrder ? null : input.shape(), null);
    }

    private Value images(String layer, FeedForwardToCnnPreProcessor preprocessor, Value input) {
        long height = preprocessor.getInputHeight();
        long width = preprocessor.getInputWidth();
        long channels = preprocessor.getNumChannels();
        if (input.rank() != 1 || input.length() != height * width * channels) {
            throw new UnsupportedNetworkException(
                    layer, "expects " + channels + " x " + height + " x " + width + " values, got " + input);
        }
        long[] image = input.image();
        if (image != null) {
            return new Value(input.slot(), image);
        }
        if (channels == 1) {
            return new Value(input.slot(), height, width, 1);
        }
        Value planes = new Value(input.slot(), channels, height, width);
        return builder.step(layer, new Transposition(1, 2, 0), List.of(planes), height, width, channels);
    }
}
