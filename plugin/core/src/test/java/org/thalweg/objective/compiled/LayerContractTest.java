package org.thalweg.objective.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deeplearning4j.nn.conf.ConvolutionMode.Same;
import static org.deeplearning4j.nn.conf.ConvolutionMode.Strict;
import static org.deeplearning4j.nn.conf.ConvolutionMode.Truncate;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution2D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.Pooling2D;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.thalweg.objective.Probe;
import org.thalweg.objective.compiled.internal.rule.Rules;
import org.thalweg.objective.compiled.spi.LayerRule;

/** The contract for each layer, between smooth layers, on 7 x 6 images of 3 channels. */
class LayerContractTest {

    private static final int EXAMPLES = 5;

    private static Map<String, Layer[]> layers() {
        Map<String, Layer[]> layers = new TreeMap<>();
        layers.put("convolution", one(convolution(3, 2)));
        layers.put("convolution, stride", one(convolution(3, 2).stride(2, 1).convolutionMode(Truncate)));
        layers.put("convolution, padding", one(convolution(3, 3).padding(2, 1)));
        layers.put("convolution, dilation", one(convolution(2, 2).dilation(2, 3)));
        layers.put("convolution, one tap with dilation", one(convolution(1, 2).dilation(3, 2)));
        layers.put("convolution, strict", one(convolution(3, 2).stride(2, 2).convolutionMode(Strict)));
        layers.put("convolution, same", one(convolution(3, 3).convolutionMode(Same)));
        layers.put(
                "convolution, same, stride", one(convolution(4, 3).stride(3, 2).convolutionMode(Same)));
        layers.put(
                "convolution, same, dilation",
                one(convolution(2, 3).dilation(2, 2).convolutionMode(Same)));
        layers.put("convolution without bias", one(convolution(2, 3).hasBias(false)));
        layers.put("maximum", one(pool(PoolingType.MAX, 2, 2).stride(2, 2)));
        layers.put("maximum, gaps", one(pool(PoolingType.MAX, 2, 1).stride(3, 2)));
        layers.put("maximum, overlapping", one(pool(PoolingType.MAX, 3, 2).stride(2, 1)));
        layers.put(
                "maximum, padding", one(pool(PoolingType.MAX, 3, 3).stride(2, 2).padding(1, 1)));
        layers.put("maximum, same", one(pool(PoolingType.MAX, 3, 2).stride(2, 2).convolutionMode(Same)));
        layers.put("average", one(pool(PoolingType.AVG, 2, 2).stride(2, 2)));
        layers.put("average, overlapping", one(pool(PoolingType.AVG, 3, 2).stride(2, 1)));
        layers.put(
                "average, padding", one(pool(PoolingType.AVG, 3, 3).stride(2, 2).padding(1, 1)));
        layers.put("average, same", one(pool(PoolingType.AVG, 3, 3).stride(2, 2).convolutionMode(Same)));
        layers.put(
                "average, padding counted",
                one(pool(PoolingType.AVG, 3, 3).padding(1, 1).avgPoolIncludePadInDivisor(true)));
        layers.put("global maximum", new Layer[] {new GlobalPoolingLayer(PoolingType.MAX)});
        layers.put("global average", new Layer[] {new GlobalPoolingLayer(PoolingType.AVG)});
        layers.put("zero padding", new Layer[] {new ZeroPaddingLayer(1, 2, 0, 3)});
        layers.put("normalization", new Layer[] {new BatchNormalization()});
        layers.put(
                "normalization, variance",
                new Layer[] {new BatchNormalization.Builder().useLogStd(false).build()});
        layers.put("normalization, locked", new Layer[] {new BatchNormalization.Builder(true).build()});
        layers.put("normalization after relu", new Layer[] {
            new ActivationLayer(Activation.RELU),
            new BatchNormalization(),
            pool(PoolingType.MAX, 2, 2).build()
        });
        layers.put("relu before maximum", new Layer[] {
            new ActivationLayer(Activation.RELU), pool(PoolingType.MAX, 2, 2).build()
        });
        layers.put("dense", new Layer[] {new DenseLayer.Builder().nOut(4).build()});
        layers.put(
                "dense without bias",
                new Layer[] {new DenseLayer.Builder().nOut(4).hasBias(false).build()});
        layers.put("normalization of vectors", new Layer[] {
            new DenseLayer.Builder().nOut(4).activation(Activation.IDENTITY).build(), new BatchNormalization()
        });
        layers.put(
                "softmax inside",
                new Layer[] {new DenseLayer.Builder().nOut(4).build(), new ActivationLayer(Activation.SOFTMAX)});
        layers.put("other names of the same", new Layer[] {sameAs(new Convolution2D()), sameAs(new Pooling2D())});
        layers.put("dropout", new Layer[] {new DropoutLayer(1.0)});
        return layers;
    }

    /** Every network here ends with an OutputLayer; loss layers are {@link OutputContractTest}'s. */
    @Test
    void everyLayerThatHasARuleIsHere() {
        Set<Class<?>> tried =
                new HashSet<>(Set.of(OutputLayer.class, LossLayer.class, RnnOutputLayer.class, RnnLossLayer.class));
        tried.addAll(RecurrentContractTest.tried());
        tried.addAll(SequenceLayerTest.tried());
        layers().values()
                .forEach(list -> Arrays.stream(list).map(Object::getClass).forEach(tried::add));
        assertThat(tried)
                .containsAll(Rules.covered(LayerRule.class).stream()
                        .filter(type -> type.getName().startsWith("org.deeplearning4j"))
                        .toList());
    }

    static Stream<String> names() {
        return layers().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void holds(String name) {
        Fresh fresh = Fresh.start();
        Layer[] layers = layers().getOrDefault(name, new Layer[0]);
        new Contract(network(fresh, CNN2DFormat.NCHW, layers), probe(fresh, CNN2DFormat.NCHW), fresh, name).hold();
    }

    @Test
    void channelsLastHolds() {
        Fresh fresh = Fresh.start();
        Layer[] layers = {
            convolution(3, 2).dataFormat(CNN2DFormat.NHWC).build(),
            new BatchNormalization.Builder().dataFormat(CNN2DFormat.NHWC).build(),
            pool(PoolingType.MAX, 2, 2).dataFormat(CNN2DFormat.NHWC).build(),
        };
        new Contract(network(fresh, CNN2DFormat.NHWC, layers), probe(fresh, CNN2DFormat.NHWC), fresh, "NHWC").hold();
    }

    private static MultiLayerNetwork network(Fresh fresh, CNN2DFormat format, Layer... layers) {
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .seed(fresh.seed())
                .activation(Activation.TANH)
                .list()
                .layer(new ConvolutionLayer.Builder(2, 2)
                        .nOut(3)
                        .dataFormat(format)
                        .convolutionMode(Same)
                        .build());
        for (Layer layer : layers) {
            list.layer(layer);
        }
        list.layer(new DenseLayer.Builder().nOut(5).build());
        list.layer(new OutputLayer.Builder(LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .nOut(4)
                .build());
        list.setInputType(InputType.convolutional(7, 6, 2, format));
        MultiLayerNetwork network = new MultiLayerNetwork(list.build());
        network.init();
        return fresh.parameters(network);
    }

    private static Probe probe(Fresh fresh, CNN2DFormat format) {
        return Probe.of(
                format == CNN2DFormat.NCHW
                        ? fresh.normal(DataType.DOUBLE, EXAMPLES, 2, 7, 6)
                        : fresh.normal(DataType.DOUBLE, EXAMPLES, 7, 6, 2),
                fresh.oneHot(DataType.DOUBLE, EXAMPLES, 4));
    }

    private static Layer sameAs(Convolution2D other) {
        ConvolutionLayer layer = convolution(2, 2).build();
        other.setNOut(layer.getNOut());
        other.setHasBias(layer.hasBias());
        other.setKernelSize(layer.getKernelSize());
        other.setStride(layer.getStride());
        other.setPadding(layer.getPadding());
        other.setDilation(layer.getDilation());
        other.setConvolutionMode(Truncate);
        return other;
    }

    private static Layer sameAs(Pooling2D other) {
        SubsamplingLayer layer = pool(PoolingType.MAX, 2, 2).build();
        other.setPoolingType(layer.getPoolingType());
        other.setKernelSize(layer.getKernelSize());
        other.setStride(layer.getStride());
        other.setPadding(layer.getPadding());
        other.setDilation(layer.getDilation());
        other.setConvolutionMode(Truncate);
        return other;
    }

    private static ConvolutionLayer.Builder convolution(int height, int width) {
        return new ConvolutionLayer.Builder(height, width).nOut(4);
    }

    private static SubsamplingLayer.Builder pool(PoolingType type, int height, int width) {
        return new SubsamplingLayer.Builder(type).kernelSize(height, width).stride(height, width);
    }

    private static Layer[] one(Layer.Builder<?> builder) {
        return new Layer[] {builder.build()};
    }
}
