package org.thalweg.listener;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.objective.Probe;
import org.thalweg.testing.Networks;

/**
 * A training of a small network on a problem that a teacher labels, and the frames that are watched. It is healthy until a field is
 * changed: the whole training set as a probe, a learning rate well below the edge. Not thread-safe.
 */
final class FindingRun {

    private static final int INPUTS = 6;
    private static final int CLASSES = 3;
    private static final int UNITS = 16;
    private static final int HIDDEN = 2;

    /** Of the training set. */
    int examples = 256;

    /** Examples that are watched; 0 for all. */
    int probe;

    int batch = 32;

    /** Updates before the first frame. */
    int before;

    /** Updates from the first frame on, and those between frames. */
    int iterations = 40;

    int every = 10;

    IUpdater updater = new Sgd(0.1);

    /** Learning rate of the second half of the iterations; 0 for no change. */
    double laterRate;

    WeightInit init = WeightInit.XAVIER;

    /** Biases of the second hidden layer at the start. */
    double bias;

    /** Share of labels that are drawn at random. */
    double noise;

    SurfaceOptions surface = SurfaceOptions.DEFAULT.withGrid(5, 1);
    CurvatureOptions curvature = CurvatureOptions.DEFAULT.withEigenvalues(1);

    /** By plain gradient descent, with five frames. */
    void atRate(double rate, int iterations) {
        this.updater = new Sgd(rate);
        this.iterations = iterations;
        this.every = Math.max(1, iterations / 4);
    }

    /** The kinds of findings that the run tells, with data, weights and planes of its own. */
    Set<String> findings(Random random) throws InterruptedException {
        INDArray teacher = Networks.normal(random, INPUTS, CLASSES);
        DataSet all = data(examples, teacher, random);
        DataSet held = data(256, teacher, random);
        MultiLayerNetwork network = network(random);
        network.setListeners(List.of());
        train(network, all, before);
        Set<String> kinds = new TreeSet<>();
        try (LandscapeListener listener = LandscapeListener.builder(network)
                .probe(Probe.of((DataSet) all.getRange(0, probe == 0 ? examples : probe)))
                .validation(Probe.of(held))
                .surface(surface.withSeed(random.nextLong()))
                .curvature(curvature)
                .quantities(QuantityOptions.DEFAULT.withLastStep(true))
                .schedule(Schedule.everyIterations(every))
                .pacing(PacingOptions.DEFAULT.withInline(true))
                .onFinding((frame, finding) -> kinds.add(finding.kind()))
                .build()) {
            network.addListeners(listener);
            train(network, all, iterations / 2);
            if (laterRate > 0) {
                network.setLearningRate(laterRate);
            }
            train(network, all, iterations - iterations / 2);
        }
        return kinds;
    }

    private void train(MultiLayerNetwork network, DataSet all, int updates) {
        int done = 0;
        while (done < updates) {
            List<DataSet> batches = all.copy().batchBy(batch);
            for (DataSet each : batches.subList(0, Math.min(batches.size(), updates - done))) {
                network.fit(new ListDataSetIterator<>(each.asList(), each.numExamples()));
                done++;
            }
        }
    }

    private DataSet data(int examples, INDArray teacher, Random random) {
        INDArray features = Networks.normal(random, examples, INPUTS);
        int[] classes = features.mmul(teacher).argMax(1).toIntVector();
        INDArray labels = Nd4j.zeros(DataType.DOUBLE, examples, CLASSES);
        for (int i = 0; i < examples; i++) {
            labels.putScalar(i, random.nextDouble() < noise ? random.nextInt(CLASSES) : classes[i], 1);
        }
        return new DataSet(features, labels);
    }

    private MultiLayerNetwork network(Random random) {
        NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .seed(random.nextLong())
                .updater(updater.clone())
                .weightInit(init)
                .activation(Activation.RELU)
                .list();
        for (int layer = 0; layer < HIDDEN; layer++) {
            layers.layer(new DenseLayer.Builder()
                    .nIn(layer == 0 ? INPUTS : UNITS)
                    .nOut(UNITS)
                    .biasInit(layer == 1 ? bias : 0)
                    .build());
        }
        MultiLayerNetwork network = new MultiLayerNetwork(layers.layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(UNITS)
                        .nOut(CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        network.init();
        return network;
    }
}
