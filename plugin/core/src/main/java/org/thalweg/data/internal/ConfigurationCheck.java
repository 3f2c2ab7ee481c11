package org.thalweg.data.internal;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.jspecify.annotations.Nullable;
import org.thalweg.objective.NetworkLayout;

/**
 * Refuses what Deeplearning4j's builders would refuse and its JSON reader takes: windows of no size, and layers without a
 * function. They would fail in the middle of a forward pass, without a word of the layer.
 */
final class ConfigurationCheck {

    /** Larger than any image; a padding of a million would end in a failed allocation. */
    private static final long LARGEST = 1 << 14;

    private static final List<String> FROM_ONE = List.of("KernelSize", "Stride", "Dilation");
    private static final List<String> FROM_ZERO = List.of("Padding", "Cropping");

    private ConfigurationCheck() {}

    static void require(MultiLayerConfiguration configuration) {
        for (int i = 0; i < configuration.getConfs().size(); i++) {
            require(configuration.getConf(i).getLayer(), "layer " + i);
        }
    }

    static void require(ComputationGraphConfiguration configuration) {
        configuration.getVertices().forEach((name, vertex) -> {
            if (vertex instanceof LayerVertex layer) {
                require(layer.getLayerConf().getLayer(), "layer " + name);
            }
        });
    }

    private static void require(Layer outer, String place) {
        Layer layer = NetworkLayout.unwrapped(outer);
        String name = (layer.getLayerName() == null ? place : layer.getLayerName()) + " ("
                + layer.getClass().getSimpleName() + ")";
        FROM_ONE.forEach(property -> requireRange(layer, name, property, 1));
        FROM_ZERO.forEach(property -> requireRange(layer, name, property, 0));
        if (needsActivation(layer) && activation(layer) == null) {
            throw new IllegalArgumentException(name + " has no activation function");
        }
        if (lacksLoss(layer)) {
            throw new IllegalArgumentException(name + " has no loss");
        }
    }

    private static void requireRange(Layer layer, String name, String property, long least) {
        for (long value : values(layer, property)) {
            if (value < least || value > LARGEST) {
                String words = property.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
                throw new IllegalArgumentException(
                        name + " has a " + words + " of " + value + ", which must be from " + least + " to " + LARGEST);
            }
        }
    }

    /** The numbers of a property, in one or several dimensions; none for layers without it. */
    private static long[] values(Layer layer, String property) {
        try {
            Method getter = layer.getClass().getMethod("get" + property);
            Object value = getter.invoke(layer);
            if (value instanceof Integer number) {
                return new long[] {number};
            }
            return value instanceof int[] numbers
                    ? Arrays.stream(numbers).asLongStream().toArray()
                    : new long[0];
        } catch (NoSuchMethodException absent) {
            return new long[0];
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(layer.getClass() + " does not say its " + property, e);
        }
    }

    private static boolean needsActivation(Layer layer) {
        return layer instanceof DenseLayer
                || layer instanceof ConvolutionLayer
                || layer instanceof BaseRecurrentLayer
                || layer instanceof BaseOutputLayer
                || layer instanceof ActivationLayer;
    }

    private static @Nullable Object activation(Layer layer) {
        return layer instanceof ActivationLayer alone ? alone.getActivationFn() : ((BaseLayer) layer).getActivationFn();
    }

    private static boolean lacksLoss(Layer layer) {
        return (layer instanceof BaseOutputLayer output && output.getLossFn() == null)
                || (layer instanceof LossLayer loss && loss.getLossFn() == null)
                || (layer instanceof RnnLossLayer loss && loss.getLossFn() == null);
    }
}
