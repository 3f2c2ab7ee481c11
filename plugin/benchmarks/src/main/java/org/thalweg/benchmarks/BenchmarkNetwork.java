package org.thalweg.benchmarks;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The networks to measure, in single precision, for 28 x 28 images or sequences in ten classes; random values with a fixed seed.
 */
public enum BenchmarkNetwork {
    /** 431,080 parameters: 5x5 convolutions of 20 and 50 channels with pooling, dense 500. */
    LENET {
        @Override
        public Model network() {
            return sequential(convolutional()
                    .layer(convolution(20, 5, ConvolutionMode.Truncate, Activation.RELU))
                    .layer(pooling())
                    .layer(convolution(50, 5, ConvolutionMode.Truncate, Activation.RELU))
                    .layer(pooling())
                    .layer(dense(500))
                    .layer(output()));
        }
    },
    /** Ten 3x3 convolutions of 16 to 128 channels, BatchNorm before the activation, dense 1024. */
    VGG_BN_RELU {
        @Override
        public Model network() {
            return sequential(blocks(new int[][] {{16, 16}, {32, 32}, {64, 64, 64}, {128, 128, 128}}, true)
                    .layer(dense(1024))
                    .layer(output()));
        }
    },
    /** The same with BatchNorm after the activation. */
    VGG_RELU_BN {
        @Override
        public Model network() {
            return sequential(blocks(new int[][] {{16, 16}, {32, 32}, {64, 64, 64}, {128, 128, 128}}, false)
                    .layer(dense(1024))
                    .layer(output()));
        }
    },
    /** 784-256-128-10. */
    MLP {
        @Override
        public Model network() {
            return sequential(
                    convolutional().layer(dense(256)).layer(dense(128)).layer(output()));
        }
    },
    /** The 13-layer VGG of the Efficient Loss Landscape note: 27 million parameters. */
    VGG13 {
        @Override
        public Model network() {
            return sequential(blocks(new int[][] {{64, 64}, {128, 128}, {256, 256, 256}, {512, 512, 512}}, true)
                    .layer(dense(4096))
                    .layer(dense(4096))
                    .layer(new DropoutLayer(0.5))
                    .layer(output()));
        }
    },
    /** Two layers of 128 units over 100 steps of 64 features, and a softmax after the last step. */
    LSTM {
        @Override
        public Model network() {
            return sequential(builder()
                    .list()
                    .setInputType(InputType.recurrent(FEATURES, STEPS))
                    .layer(lstm(UNITS))
                    .layer(new LastTimeStep(lstm(UNITS)))
                    .layer(output()));
        }

        @Override
        long[] inputShape() {
            return new long[] {FEATURES, STEPS};
        }
    },
    /** 546 parameters: one layer of 10 units over 60 steps of one feature, as for control charts, and a softmax of six classes. */
    SMALL_LSTM {
        @Override
        public Model network() {
            return sequential(builder()
                    .list()
                    .setInputType(InputType.recurrent(1, CHART))
                    .layer(new LastTimeStep(lstm(CHART_UNITS)))
                    .layer(output(classes())));
        }

        @Override
        long[] inputShape() {
            return new long[] {1, CHART};
        }

        @Override
        int classes() {
            return CHART_CLASSES;
        }
    },
    /** Five inverted residuals of 16 to 32 channels, the first with 96 of 28 x 28 inside; BatchNorm after each convolution. */
    MOBILENET {
        @Override
        public Model network() {
            ComputationGraph graph = new ComputationGraph(InvertedResiduals.configuration(builder(), SIDE, CLASSES));
            graph.init();
            return graph;
        }
    };

    private static final int SIDE = 28;
    private static final int FEATURES = 64;
    private static final int STEPS = 100;
    private static final int UNITS = 128;
    private static final int CHART = 60;
    private static final int CHART_UNITS = 10;
    private static final int CHART_CLASSES = 6;
    private static final int CLASSES = 10;
    private static final long SEED = 20_221_014;

    /** The initialized network. */
    public abstract Model network();

    private static Model sequential(ListBuilder layers) {
        MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
        network.init();
        return network;
    }

    /** One example's shape. */
    long[] inputShape() {
        return new long[] {1, SIDE, SIDE};
    }

    /** Number of classes. */
    int classes() {
        return CLASSES;
    }

    /** Normal images or sequences, and random one-hot labels. */
    public DataSet examples(int count) {
        Nd4j.getRandom().setSeed(SEED);
        INDArray labels = Nd4j.zeros(DataType.FLOAT, count, classes());
        IntStream.range(0, count)
                .forEach(i -> labels.putScalar(i, Nd4j.getRandom().nextInt(classes()), 1));
        long[] shape = LongStream.concat(LongStream.of(count), LongStream.of(inputShape()))
                .toArray();
        return new DataSet(Nd4j.randn(DataType.FLOAT, shape), labels);
    }

    private static NeuralNetConfiguration.Builder builder() {
        return new NeuralNetConfiguration.Builder()
                .dataType(DataType.FLOAT)
                .seed(SEED)
                .weightInit(WeightInit.RELU);
    }

    private static ListBuilder convolutional() {
        return builder().list().setInputType(InputType.convolutional(SIDE, SIDE, 1));
    }

    private static ListBuilder blocks(int[][] channels, boolean normalizeFirst) {
        ListBuilder list = convolutional();
        for (int[] block : channels) {
            for (int width : block) {
                Activation activation = normalizeFirst ? Activation.IDENTITY : Activation.RELU;
                list.layer(convolution(width, 3, ConvolutionMode.Same, activation));
                list.layer(new BatchNormalization());
                if (normalizeFirst) {
                    list.layer(new ActivationLayer(Activation.RELU));
                }
            }
            list.layer(pooling());
        }
        return list;
    }

    private static ConvolutionLayer convolution(int width, int kernel, ConvolutionMode mode, Activation activation) {
        return new ConvolutionLayer.Builder(kernel, kernel)
                .nOut(width)
                .convolutionMode(mode)
                .activation(activation)
                .build();
    }

    private static org.deeplearning4j.nn.conf.layers.LSTM lstm(int units) {
        return new org.deeplearning4j.nn.conf.layers.LSTM.Builder()
                .nOut(units)
                .activation(Activation.TANH)
                .build();
    }

    private static SubsamplingLayer pooling() {
        return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                .kernelSize(2, 2)
                .stride(2, 2)
                .build();
    }

    private static DenseLayer dense(int width) {
        return new DenseLayer.Builder().nOut(width).activation(Activation.RELU).build();
    }

    private static OutputLayer output() {
        return output(CLASSES);
    }

    private static OutputLayer output(int classes) {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(classes)
                .activation(Activation.SOFTMAX)
                .build();
    }
}
