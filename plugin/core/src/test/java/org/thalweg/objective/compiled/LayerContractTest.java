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
import org.deeplearning4j.nn.conf.layers.AutoEncoder;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.layers.Cnn3DLossLayer;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Convolution2D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.LocallyConnected1D;
import org.deeplearning4j.nn.conf.layers.LocallyConnected2D;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.Pooling2D;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SpaceToDepthLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.conf.layers.misc.ElementWiseMultiplicationLayer;
import org.deeplearning4j.nn.conf.layers.objdetect.Yolo2OutputLayer;
import org.deeplearning4j.nn.conf.layers.variational.VariationalAutoencoder;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
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
        layers.put(
                "maximum, dilation",
                one(pool(PoolingType.MAX, 2, 2).stride(1, 1).dilation(2, 2)));
        layers.put("norm", one(pool(PoolingType.PNORM, 2, 3).pnorm(3)));
        layers.put(
                "norm, overlapping",
                one(pool(PoolingType.PNORM, 3, 2).stride(2, 1).pnorm(2)));
        layers.put("global sum", new Layer[] {new GlobalPoolingLayer(PoolingType.SUM)});
        layers.put("global norm", new Layer[] {
            new GlobalPoolingLayer.Builder(PoolingType.PNORM).pnorm(3).build()
        });
        layers.put("locally connected", new Layer[] {
            new LocallyConnected2D.Builder()
                    .kernelSize(3, 2)
                    .stride(2, 1)
                    .setInputSize(7, 6)
                    .nOut(4)
                    .build()
        });
        layers.put("locally connected, truncate", new Layer[] {
            new LocallyConnected2D.Builder()
                    .kernelSize(2, 2)
                    .convolutionMode(Truncate)
                    .hasBias(false)
                    .setInputSize(7, 6)
                    .nOut(4)
                    .build()
        });
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
        layers.put(
                "layer normalization",
                new Layer[] {new DenseLayer.Builder().nOut(4).hasLayerNorm(true).build()});
        layers.put("layer normalization without bias", new Layer[] {
            new DenseLayer.Builder().nOut(4).hasLayerNorm(true).hasBias(false).build()
        });
        layers.put("element-wise multiplication", new Layer[] {
            new DenseLayer.Builder().nOut(4).build(),
            new ElementWiseMultiplicationLayer.Builder().nIn(4).nOut(4).build()
        });
        layers.put("element-wise multiplication of flattened images", new Layer[] {
            new ElementWiseMultiplicationLayer.Builder().nIn(126).nOut(126).build()
        });
        layers.put(
                "parametric relu",
                new Layer[] {new PReLULayer.Builder().inputShape(3, 7, 6).build()});
        layers.put("parametric relu, shared", new Layer[] {
            new PReLULayer.Builder().inputShape(3, 7, 6).sharedAxes(2, 3).build()
        });
        layers.put("parametric relu of vectors", new Layer[] {
            new DenseLayer.Builder().nOut(4).build(),
            new PReLULayer.Builder().inputShape(4).build()
        });
        layers.put("parametric relu of vectors, shared", new Layer[] {
            new DenseLayer.Builder().nOut(4).build(),
            new PReLULayer.Builder().inputShape(4).sharedAxes(1).build()
        });
        depthwise(layers);
        layers.put("deconvolution", one(deconvolution(3, 2)));
        layers.put("deconvolution, stride", one(deconvolution(3, 2).stride(2, 3)));
        layers.put(
                "deconvolution, padding", one(deconvolution(3, 3).padding(1, 2).stride(2, 2)));
        layers.put("deconvolution, same", one(deconvolution(3, 2).stride(2, 2).convolutionMode(Same)));
        layers.put("deconvolution, dilation", one(deconvolution(2, 2).dilation(2, 2)));
        layers.put(
                "deconvolution, normalized",
                new Layer[] {deconvolution(2, 2).activation(Activation.IDENTITY).build(), new BatchNormalization()});
        layers.put("upsampling", one(new Upsampling2D.Builder(2).size(new int[] {2, 3})));
        layers.put("cropping", one(new Cropping2D.Builder(1, 0, 2, 1)));
        layers.put(
                "space to depth",
                new Layer[] {new ZeroPaddingLayer(1, 0, 0, 0), new SpaceToDepthLayer.Builder<>(2).build()});
        layers.put("softmax of images", new Layer[] {
            convolution(2, 2).nOut(3).activation(Activation.SOFTMAX).build(), new ActivationLayer(Activation.SOFTMAX)
        });
        layers.put("local response normalization", new Layer[] {
            convolution(2, 2).nOut(7).build(), new LocalResponseNormalization.Builder(5, 2, 0.3, 0.75).build()
        });
        layers.put("autoencoder", one(new AutoEncoder.Builder().nOut(4)));
        layers.put(
                "variational autoencoder",
                one(new VariationalAutoencoder.Builder()
                        .nOut(4)
                        .encoderLayerSizes(5, 3)
                        .decoderLayerSizes(2)));
        return layers;
    }

    /** Every network here ends with an OutputLayer; loss layers are {@link OutputContractTest}'s. */
    @Test
    void everyLayerThatHasARuleIsHere() {
        Set<Class<?>> tried = new HashSet<>(Set.of(
                CenterLossOutputLayer.class,
                LocallyConnected1D.class,
                Cnn3DLossLayer.class,
                CnnLossLayer.class,
                OutputLayer.class,
                LossLayer.class,
                RnnOutputLayer.class,
                RnnLossLayer.class));
        tried.addAll(RecurrentContractTest.tried());
        tried.addAll(VolumeContractTest.tried());
        tried.addAll(SequenceLayerTest.tried());
        tried.addAll(AttentionContractTest.tried());
        tried.addAll(FoldedExamplesTest.tried());
        // Of YoloContractTest.
        tried.add(Yolo2OutputLayer.class);
        layers().values()
                .forEach(list -> Arrays.stream(list).map(Object::getClass).forEach(tried::add));
        assertThat(tried)
                .containsAll(Rules.covered(LayerRule.class).stream()
                        .filter(type -> type.getName().startsWith("org.deeplearning4j"))
                        .toList());
    }

    /** Those whose gradient Deeplearning4j cannot compute, or computes as that of another function. */
    private static final Set<String> WITHOUT_GRADIENT = Set.of(
            "parametric relu, shared",
            "local response normalization",
            "locally connected",
            "locally connected, truncate");

    static Stream<String> names() {
        return layers().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void holds(String name) {
        Fresh fresh = Fresh.start();
        Layer[] layers = layers().getOrDefault(name, new Layer[0]);
        Contract contract =
                new Contract(network(fresh, CNN2DFormat.NCHW, layers), probe(fresh, CNN2DFormat.NCHW), fresh, name);
        if (WITHOUT_GRADIENT.contains(name)) {
            contract.holdRunning();
        } else {
            contract.hold();
        }
    }

    /** Deeplearning4j's gradient is twice the derivative. */
    @Test
    void locallyConnectedSequencesHold() {
        Fresh fresh = Fresh.start();
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .list()
                .layer(new LocallyConnected1D.Builder()
                        .kernelSize(2)
                        .stride(2)
                        .setInputSize(6)
                        .nOut(3)
                        .build())
                .layer(new GlobalPoolingLayer(PoolingType.AVG))
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .nOut(4)
                        .build())
                .setInputType(InputType.recurrent(2, 6))
                .build());
        network.init();
        Probe probe =
                Probe.of(fresh.normal(DataType.DOUBLE, EXAMPLES, 2, 6), fresh.oneHot(DataType.DOUBLE, EXAMPLES, 4));
        new Contract(fresh.parameters(network), probe, fresh, "locally connected sequences").holdRunning();
    }

    @Test
    void lossOfPixelsHolds() {
        Fresh fresh = Fresh.start();
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .list()
                .layer(convolution(2, 2)
                        .nOut(3)
                        .convolutionMode(Same)
                        .activation(Activation.TANH)
                        .build())
                .layer(new CnnLossLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(7, 6, 2))
                .build());
        network.init();
        INDArray labels = fresh.oneHot(DataType.DOUBLE, EXAMPLES * 42, 3)
                .reshape(EXAMPLES, 7, 6, 3)
                .permute(0, 3, 1, 2)
                .dup('c');
        INDArray features = probe(fresh, CNN2DFormat.NCHW).features().get(0);
        INDArray mask = fresh.bits(DataType.DOUBLE, EXAMPLES, 1, 7, 6);
        fresh.parameters(network);
        new Contract(network, Probe.of(features, labels), fresh, "pixels").hold();
        new Contract(network, Probe.of(new DataSet(features, labels, null, mask)), fresh, "pixels masked").hold();
        INDArray shares = fresh.positive(DataType.DOUBLE, EXAMPLES, 1, 7, 6);
        new Contract(network, Probe.of(new DataSet(features, labels, null, shares)), fresh, "pixels weighted").hold();
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

    private static void depthwise(Map<String, Layer[]> layers) {
        for (int multiplier : new int[] {1, 2}) {
            String times = " x " + multiplier;
            layers.put("depthwise" + times, one(depthwise(3, 2, multiplier)));
            layers.put(
                    "depthwise, stride" + times, one(depthwise(3, 2, multiplier).stride(2, 3)));
            layers.put(
                    "depthwise, same" + times,
                    one(depthwise(3, 3, multiplier).stride(2, 1).convolutionMode(Same)));
            layers.put(
                    "depthwise, padding" + times,
                    one(depthwise(3, 3, multiplier).padding(2, 1)));
            layers.put("depthwise, normalized" + times, new Layer[] {
                depthwise(2, 3, multiplier)
                        .activation(Activation.IDENTITY)
                        .hasBias(false)
                        .build(),
                new BatchNormalization()
            });
            layers.put("separable" + times, one(separable(3, 2, multiplier)));
            layers.put(
                    "separable, same" + times,
                    one(separable(3, 3, multiplier).stride(2, 2).convolutionMode(Same)));
        }
        layers.put("depthwise, dilation", one(depthwise(2, 2, 1).dilation(2, 2)));
    }

    private static DepthwiseConvolution2D.Builder depthwise(int height, int width, int multiplier) {
        return new DepthwiseConvolution2D.Builder(height, width)
                .depthMultiplier(multiplier)
                .nOut(3 * multiplier);
    }

    private static SeparableConvolution2D.Builder separable(int height, int width, int multiplier) {
        return new SeparableConvolution2D.Builder(height, width)
                .depthMultiplier(multiplier)
                .nOut(4);
    }

    private static Deconvolution2D.Builder deconvolution(int height, int width) {
        return new Deconvolution2D.Builder(height, width).nOut(4);
    }

    private static Layer[] one(Layer.Builder<?> builder) {
        return new Layer[] {builder.build()};
    }
}
