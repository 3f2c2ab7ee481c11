package org.thalweg.testing;

import java.util.Random;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Small networks and data for tests; everything random comes from the seed given. */
public final class Networks {

    private Networks() {}

    /** A configuration to start from. */
    public static NeuralNetConfiguration.Builder base(DataType type, long seed) {
        return new NeuralNetConfiguration.Builder()
                .dataType(type)
                .seed(seed)
                .updater(new Adam(1e-2))
                .weightInit(WeightInit.XAVIER)
                .activation(Activation.TANH);
    }

    /** Six inputs, two hidden layers, three classes. */
    public static MultiLayerNetwork mlp(DataType type, long seed) {
        MultiLayerNetwork network = new MultiLayerNetwork(base(type, seed)
                .list()
                .layer(new DenseLayer.Builder().nIn(6).nOut(8).build())
                .layer(new DenseLayer.Builder().nIn(8).nOut(5).build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(5)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        network.init();
        return network;
    }

    /** 8x8 images, a convolution, optionally BatchNorm, a pool, three classes. */
    public static MultiLayerNetwork cnn(DataType type, long seed, boolean batchNorm) {
        NeuralNetConfiguration.ListBuilder layers = base(type, seed)
                .convolutionMode(ConvolutionMode.Truncate)
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3).nOut(4).build());
        if (batchNorm) {
            layers.layer(new BatchNormalization());
        }
        MultiLayerNetwork network =
                new MultiLayerNetwork(layers.layer(new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.AVG)
                                .kernelSize(2, 2)
                                .stride(2, 2)
                                .build())
                        .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                                .nOut(3)
                                .activation(Activation.SOFTMAX)
                                .build())
                        .setInputType(InputType.convolutional(8, 8, 1))
                        .build());
        network.init();
        return network;
    }

    /** Sequences of four features, three classes a step. */
    public static MultiLayerNetwork lstm(DataType type, long seed) {
        MultiLayerNetwork network = new MultiLayerNetwork(base(type, seed)
                .list()
                .layer(new LSTM.Builder().nIn(4).nOut(5).build())
                .layer(new RnnOutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(5)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        network.init();
        return network;
    }

    /** Six inputs, one hidden layer, three classes, as a graph. */
    public static ComputationGraph graph(DataType type, long seed) {
        ComputationGraph graph = new ComputationGraph(base(type, seed)
                .graphBuilder()
                .addInputs("in")
                .addLayer("hidden", new DenseLayer.Builder().nIn(6).nOut(8).build(), "in")
                .addLayer(
                        "out",
                        new OutputLayer.Builder(LossFunction.MCXENT)
                                .nIn(8)
                                .nOut(3)
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "hidden")
                .setOutputs("out")
                .build());
        graph.init();
        return graph;
    }

    /** n examples of standard normal features of the given shape, one-hot labels of three classes. */
    public static DataSet data(int n, long seed, long... shape) {
        Random random = new Random(seed);
        return new DataSet(normal(random, prepend(n, shape)), oneHot(random, n, 3));
    }

    /** n sequences of four features over some steps, one-hot labels a step, with a labels mask. */
    public static DataSet sequences(int n, int steps, long seed) {
        Random random = new Random(seed);
        INDArray labels = oneHot(random, n * steps, 3)
                .reshape(n, steps, 3)
                .permute(0, 2, 1)
                .dup('c');
        INDArray mask = Nd4j.ones(DataType.DOUBLE, n, steps);
        for (int i = 0; i < n; i++) {
            for (int t = 1 + random.nextInt(steps); t < steps; t++) {
                mask.putScalar(i, t, 0);
            }
        }
        return new DataSet(normal(random, n, 4, steps), labels, mask, mask.dup());
    }

    /** Standard normal values. */
    public static INDArray normal(Random random, long... shape) {
        INDArray array = Nd4j.create(DataType.DOUBLE, shape);
        for (long i = 0; i < array.length(); i++) {
            array.putScalar(i, random.nextGaussian());
        }
        return array;
    }

    private static INDArray oneHot(Random random, int rows, int classes) {
        INDArray labels = Nd4j.zeros(DataType.DOUBLE, rows, classes);
        for (int i = 0; i < rows; i++) {
            labels.putScalar(i, random.nextInt(classes), 1);
        }
        return labels;
    }

    private static long[] prepend(long first, long... rest) {
        long[] all = new long[rest.length + 1];
        all[0] = first;
        System.arraycopy(rest, 0, all, 1, rest.length);
        return all;
    }
}
