package org.thalweg.spark;

import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.compiled.CompiledObjective;
import org.thalweg.objective.network.NetworkObjective;
import org.thalweg.testing.Networks;

/**
 * What is computed on a cluster and on one machine.
 *
 * @param tolerance relative, of values and norms: rounding, or that of finite differences
 */
record ClusterCase(
        String name, Model model, Probe probe, ObjectiveOptions options, boolean compiled, double tolerance) {

    private static final ObjectiveOptions OPTIONS = ObjectiveOptions.DEFAULT.withBatchSize(8);

    /** One case of each kind, with sizes that do not divide evenly. */
    static Stream<ClusterCase> all(long seed) {
        int examples = 30 + new Random(seed).nextInt(20);
        Probe vectors = Probe.of(Networks.data(examples, seed, 6));
        Probe images = Probe.of(Networks.data(examples, seed, 1, 8, 8));
        return Stream.of(
                new ClusterCase("layers", Networks.mlp(DataType.DOUBLE, seed), vectors, OPTIONS, true, 1e-10),
                new ClusterCase("single precision", Networks.mlp(DataType.FLOAT, seed), vectors, OPTIONS, true, 1e-5),
                new ClusterCase(
                        "running BatchNorm", Networks.cnn(DataType.DOUBLE, seed, true), images, OPTIONS, true, 1e-10),
                new ClusterCase(
                        "BatchNorm of batches",
                        Networks.cnn(DataType.DOUBLE, seed, true),
                        images,
                        OPTIONS.withMode(ObjectiveMode.BATCH),
                        true,
                        1e-10),
                new ClusterCase(
                        "dropout",
                        dropout(seed),
                        images,
                        OPTIONS.withMode(ObjectiveMode.TRAINING).withSeed(seed),
                        true,
                        1e-10),
                new ClusterCase(
                        "penalized graph",
                        Networks.graph(DataType.DOUBLE, seed),
                        vectors,
                        OPTIONS.withRegularized(true),
                        true,
                        1e-10),
                new ClusterCase(
                        "masked sequences",
                        Networks.lstm(DataType.DOUBLE, seed),
                        Probe.of(Networks.sequences(examples, 5, seed)),
                        OPTIONS,
                        true,
                        1e-10),
                // Losses of DL4J's own layers; products are differences of steps of 1e-7.
                new ClusterCase("not compiled", usersOwn(seed), images, OPTIONS, false, 1e-5));
    }

    private static MultiLayerNetwork usersOwn(long seed) {
        return network(seed, new ConvolutionLayer.Builder(3, 3).nOut(3).build(), new UsersOwn());
    }

    /** A user's layer without a rule, with a gradient of Deeplearning4j's. */
    public static final class UsersOwn extends ActivationLayer {

        private static final long serialVersionUID = 1;

        /** For Deeplearning4j, which copies layers by their JSON. */
        public UsersOwn() {
            super(Activation.TANH);
        }
    }

    private static MultiLayerNetwork dropout(long seed) {
        return network(
                seed,
                new ConvolutionLayer.Builder(3, 3).nOut(3).build(),
                new BatchNormalization(),
                new DenseLayer.Builder().nOut(5).dropOut(0.6).build());
    }

    private static MultiLayerNetwork network(long seed, Layer... layers) {
        ListBuilder list = Networks.base(DataType.DOUBLE, seed).list();
        for (Layer layer : layers) {
            list.layer(layer);
        }
        MultiLayerNetwork network = new MultiLayerNetwork(list.layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(8, 8, 1))
                .build());
        network.init();
        return network;
    }

    /** The objective on this machine. */
    Objective local() {
        return compiled ? CompiledObjective.of(model, probe, options) : NetworkObjective.of(model, probe, options);
    }

    INDArray theta(Objective objective) {
        return objective.layout().pack(model.params());
    }

    @Override
    public String toString() {
        return name;
    }
}
