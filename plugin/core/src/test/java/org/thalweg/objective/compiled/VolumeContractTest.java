package org.thalweg.objective.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.deeplearning4j.nn.conf.ConvolutionMode.Same;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Cnn3DLossLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.Convolution3D.DataFormat;
import org.deeplearning4j.nn.conf.layers.Deconvolution3D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.Subsampling3DLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling3D;
import org.deeplearning4j.nn.conf.layers.ZeroPadding3DLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping3D;
import org.deeplearning4j.nn.conf.preprocessor.Cnn3DToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnn3DPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.UnsupportedNetworkException;

/** The contract for each layer of volumes, after a convolution, with a loss at each of their elements. */
class VolumeContractTest {

    private static final int EXAMPLES = 3;
    private static final int CLASSES = 3;

    /** The layers that are tried here. */
    static Set<Class<?>> tried() {
        Set<Class<?>> tried = new HashSet<>(Set.of(Cnn3DLossLayer.class));
        layers().values()
                .forEach(list -> Arrays.stream(list).map(Object::getClass).forEach(tried::add));
        return tried;
    }

    private static Map<String, Layer[]> layers() {
        Map<String, Layer[]> layers = new TreeMap<>();
        layers.put("convolution", one(convolution(2, 3, 2)));
        layers.put("convolution, stride", one(convolution(2, 2, 3).stride(1, 2, 2)));
        layers.put("convolution, stride over depth", one(convolution(3, 2, 2).stride(2, 1, 1)));
        layers.put("convolution, padding", one(convolution(3, 2, 3).padding(1, 1, 2)));
        layers.put("convolution, same", one(convolution(2, 3, 3).convolutionMode(Same)));
        layers.put("convolution, dilation", one(convolution(2, 2, 2).dilation(2, 2, 1)));
        layers.put("deconvolution", one(deconvolution(2, 3, 2)));
        layers.put(
                "deconvolution, same",
                one(deconvolution(2, 2, 3).stride(2, 2, 1).convolutionMode(Same)));
        layers.put("deconvolution, padding", one(deconvolution(3, 3, 2).padding(1, 1, 0)));
        layers.put("deconvolution, stride", one(deconvolution(2, 2, 3).stride(2, 2, 1)));
        layers.put("maximum", one(pool(Subsampling3DLayer.PoolingType.MAX).stride(2, 2, 2)));
        layers.put(
                "maximum, same",
                one(pool(Subsampling3DLayer.PoolingType.MAX).stride(2, 2, 1).convolutionMode(Same)));
        layers.put(
                "maximum, overlapping",
                one(pool(Subsampling3DLayer.PoolingType.MAX).stride(1, 2, 1)));
        layers.put("average", one(pool(Subsampling3DLayer.PoolingType.AVG).stride(2, 1, 2)));
        layers.put(
                "average, same",
                one(pool(Subsampling3DLayer.PoolingType.AVG).stride(2, 2, 2).convolutionMode(Same)));
        layers.put("upsampling", new Layer[] {new Upsampling3D.Builder(2).build()});
        layers.put("cropping", new Layer[] {new Cropping3D.Builder(1, 0, 1, 2, 0, 1).build()});
        layers.put("zero padding", new Layer[] {new ZeroPadding3DLayer.Builder(1, 0, 2, 1, 0, 1).build()});
        return layers;
    }

    static Stream<String> names() {
        return layers().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void holds(String name) {
        Fresh fresh = Fresh.start();
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .activation(Activation.TANH)
                .list()
                .layer(convolution(2, 2, 2).convolutionMode(Same).build());
        Arrays.stream(layers().getOrDefault(name, new Layer[0])).forEach(list::layer);
        list.layer(convolution(1, 1, 1).activation(Activation.IDENTITY).build())
                .layer(new Cnn3DLossLayer.Builder(Convolution3D.DataFormat.NCDHW)
                        .lossFunction(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, 4, 5, 6, 2));
        MultiLayerNetwork network = new MultiLayerNetwork(list.build());
        network.init();
        fresh.parameters(network);
        INDArray features = fresh.normal(DataType.DOUBLE, EXAMPLES, 2, 4, 5, 6);
        long[] shape = network.output(features).shape();
        assertThat(shape).hasSize(5);
        int elements = (int) (EXAMPLES * shape[2] * shape[3] * shape[4]);
        INDArray labels = fresh.oneHot(DataType.DOUBLE, elements, CLASSES)
                .reshape(EXAMPLES, shape[2], shape[3], shape[4], CLASSES)
                .permute(0, 4, 1, 2, 3)
                .dup('c');
        new Contract(network, Probe.of(features, labels), fresh, name + " of volumes").hold();
    }

    /** Deeplearning4j has no normalization of volumes, in either format and type. */
    @ParameterizedTest
    @EnumSource(DataFormat.class)
    void normalizedVolumesAreRefused(DataFormat format) {
        Fresh fresh = Fresh.start();
        MultiLayerNetwork network = normalized(fresh, format);
        Probe probe = normalizedProbe(fresh, format);
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            MultiLayerNetwork converted = network.convertDataType(type);
            Probe examples = Converted.probe(probe, type);
            assertThatThrownBy(() -> converted.score(Converted.dataSet(examples), false))
                    .isInstanceOf(RuntimeException.class);
            assertThatThrownBy(() -> CompiledObjective.of(converted, examples, ObjectiveOptions.DEFAULT))
                    .isInstanceOf(UnsupportedNetworkException.class)
                    .hasMessageContaining("normalizes volumes, which Deeplearning4j's BatchNormalization cannot");
        }
    }

    private static MultiLayerNetwork normalized(Fresh fresh, DataFormat format) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .list()
                .layer(convolution(2, 2, 2)
                        .dataFormat(format)
                        .activation(Activation.TANH)
                        .build())
                .layer(new BatchNormalization())
                .layer(convolution(2, 1, 2)
                        .dataFormat(format)
                        .activation(Activation.IDENTITY)
                        .build())
                .layer(new Cnn3DLossLayer.Builder(format)
                        .lossFunction(LossFunction.MSE)
                        .activation(Activation.TANH)
                        .build())
                .setInputType(InputType.convolutional3D(format, 4, 3, 5, 2))
                .build());
        network.init();
        return fresh.parameters(network);
    }

    private static Probe normalizedProbe(Fresh fresh, DataFormat format) {
        boolean first = format == DataFormat.NCDHW;
        return Probe.of(
                fresh.normal(DataType.DOUBLE, first ? new long[] {4, 2, 4, 3, 5} : new long[] {4, 4, 3, 5, 2}),
                fresh.normal(DataType.DOUBLE, first ? new long[] {4, 3, 2, 2, 3} : new long[] {4, 2, 2, 3, 3}));
    }

    @ParameterizedTest
    @EnumSource(DataFormat.class)
    void vectorsBetweenVolumesHold(DataFormat format) {
        Fresh fresh = Fresh.start();
        boolean first = format == DataFormat.NCDHW;
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .activation(Activation.TANH)
                .list()
                .layer(convolution(2, 2, 2).dataFormat(format).build())
                .layer(new DenseLayer.Builder().nOut(2 * 3 * 4 * 2).build())
                .layer(convolution(2, 1, 2).dataFormat(format).build())
                .layer(new Cnn3DLossLayer.Builder(format)
                        .lossFunction(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .build())
                .inputPreProcessor(1, new Cnn3DToFeedForwardPreProcessor(2, 1, 3, CLASSES, first))
                .inputPreProcessor(2, new FeedForwardToCnn3DPreProcessor(2, 3, 4, 2, first))
                .setInputType(InputType.convolutional3D(format, 3, 2, 4, 2))
                .build());
        network.init();
        fresh.parameters(network);
        INDArray features = first
                ? fresh.normal(DataType.DOUBLE, EXAMPLES, 2, 3, 2, 4)
                : fresh.normal(DataType.DOUBLE, EXAMPLES, 3, 2, 4, 2);
        INDArray labels = fresh.oneHot(DataType.DOUBLE, EXAMPLES * 9, CLASSES).reshape(EXAMPLES, 1, 3, 3, CLASSES);
        Probe probe = Probe.of(features, first ? labels.permute(0, 4, 1, 2, 3).dup('c') : labels);
        new Contract(network, probe, fresh, "vectors between volumes, " + format).hold();
    }

    private static Convolution3D.Builder convolution(int depth, int height, int width) {
        return new Convolution3D.Builder(depth, height, width).nOut(CLASSES);
    }

    private static Deconvolution3D.Builder deconvolution(int depth, int height, int width) {
        return new Deconvolution3D.Builder().kernelSize(depth, height, width).nOut(CLASSES);
    }

    private static Subsampling3DLayer.Builder pool(Subsampling3DLayer.PoolingType type) {
        return new Subsampling3DLayer.Builder(type).kernelSize(2, 2, 2);
    }

    private static Layer[] one(Layer.Builder<?> builder) {
        return new Layer[] {builder.build()};
    }
}
