package org.thalweg.listener;

import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.thalweg.testing.Networks;

/** Networks whose training has something that could be disturbed: random numbers, running statistics, state. */
enum TrainedNetwork {
    DROPOUT {
        @Override
        NeuralNetConfiguration.Builder base(long seed) {
            return super.base(seed).dropOut(0.7);
        }
    },
    BATCH_NORM_NESTEROVS {
        @Override
        NeuralNetConfiguration.Builder base(long seed) {
            return super.base(seed).updater(new Nesterovs(0.05, 0.9));
        }

        @Override
        List<Layer> layers() {
            return List.of(
                    new ConvolutionLayer.Builder(3, 3).nOut(2).build(),
                    new BatchNormalization(),
                    new DenseLayer.Builder().nOut(4).build(),
                    new BatchNormalization(),
                    output());
        }

        @Override
        InputType input() {
            return InputType.convolutional(5, 5, 1);
        }

        @Override
        DataSet data(int examples, long seed) {
            return Networks.data(examples, seed, 1, 5, 5);
        }
    },
    L2 {
        @Override
        NeuralNetConfiguration.Builder base(long seed) {
            return super.base(seed).l2(0.01).l1(0.001);
        }
    },
    CLIPPED_GRADIENTS {
        @Override
        NeuralNetConfiguration.Builder base(long seed) {
            return super.base(seed)
                    .gradientNormalization(GradientNormalization.ClipL2PerLayer)
                    .gradientNormalizationThreshold(0.01);
        }
    },
    TRUNCATED_LSTM {
        @Override
        List<Layer> layers() {
            return List.of(
                    new LSTM.Builder().nOut(3).build(),
                    new RnnOutputLayer.Builder(LossFunction.MCXENT)
                            .nOut(3)
                            .activation(Activation.SOFTMAX)
                            .build());
        }

        @Override
        InputType input() {
            return InputType.recurrent(4);
        }

        @Override
        boolean truncated() {
            return true;
        }

        @Override
        DataSet data(int examples, long seed) {
            return Networks.sequences(examples, 4, seed);
        }
    };

    /** A new network, initialized from the seed, as is the random generator of the calling thread. */
    Model sequential(long seed) {
        NeuralNetConfiguration.ListBuilder list = base(seed).list();
        layers().forEach(list::layer);
        if (truncated()) {
            list.backpropType(BackpropType.TruncatedBPTT).tBPTTLength(2);
        }
        MultiLayerNetwork network =
                new MultiLayerNetwork(list.setInputType(input()).build());
        network.init();
        return network;
    }

    /** The same layers as a graph. */
    Model graph(long seed) {
        GraphBuilder builder = base(seed).graphBuilder().addInputs("in");
        String last = "in";
        for (Layer layer : layers()) {
            String name = "after " + last;
            builder.addLayer(name, layer, last);
            last = name;
        }
        if (truncated()) {
            builder.backpropType(BackpropType.TruncatedBPTT).tBPTTLength(2);
        }
        ComputationGraph graph = new ComputationGraph(
                builder.setOutputs(last).setInputTypes(input()).build());
        graph.init();
        return graph;
    }

    /** Examples that fit the network. */
    DataSet data(int examples, long seed) {
        return Networks.data(examples, seed, 6);
    }

    NeuralNetConfiguration.Builder base(long seed) {
        return Networks.base(DataType.FLOAT, seed);
    }

    List<Layer> layers() {
        return List.of(
                new DenseLayer.Builder().nOut(5).build(),
                new DenseLayer.Builder().nOut(4).build(),
                output());
    }

    InputType input() {
        return InputType.feedForward(6);
    }

    boolean truncated() {
        return false;
    }

    private static Layer output() {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(3)
                .activation(Activation.SOFTMAX)
                .build();
    }
}
