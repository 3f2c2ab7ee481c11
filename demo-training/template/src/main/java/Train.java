///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//REPOS mavenlocal,mavencentral
//DEPS org.thalweg:thalweg-core:0.2.0-SNAPSHOT
//DEPS org.deeplearning4j:deeplearning4j-nn:1.0.0-M2.1
//DEPS org.nd4j:nd4j-native:1.0.0-M2.1
//DEPS org.slf4j:slf4j-simple:1.7.36
//JAVA_OPTIONS -Dorg.slf4j.simpleLogger.log.io.jhdf=warn

import java.nio.file.Path;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.thalweg.listener.LandscapeListener;
import org.thalweg.objective.Probe;
import org.thalweg.recording.RunReader;

/** A network, and the lines that attach Thalweg to it. */
public class Train {

    public static void main(String[] args) throws Exception {
        MultiLayerNetwork network = network();
        DataSetIterator data = data(512, 64);
        Path run = Path.of(args.length == 0 ? "run" : args[0]);

        try (LandscapeListener landscape = LandscapeListener.builder(network)
                .probe(Probe.sample(data, 256, 42))
                .recordTo(run)
                .build()) {
            network.addListeners(landscape);
            network.fit(data, 3);
        }

        RunReader frames = RunReader.open(run);
        for (long iteration : frames.iterations()) {
            System.out.printf("frame %d: loss %.4f%n", iteration, frames.frame(iteration).loss());
        }
    }

    private static MultiLayerNetwork network() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(42)
                .updater(new Adam(0.01))
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(2)
                        .nOut(16)
                        .activation(Activation.TANH)
                        .build())
                .layer(new OutputLayer.Builder()
                        .nIn(16)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        network.init();
        return network;
    }

    /** Points in the plane: inside a circle or outside. */
    private static DataSetIterator data(int examples, int batch) {
        INDArray features = Nd4j.randn(examples, 2);
        INDArray labels = Nd4j.zeros(examples, 2);
        for (int i = 0; i < examples; i++) {
            labels.putScalar(i, features.getRow(i).norm2Number().doubleValue() > 1.2 ? 1 : 0, 1);
        }
        return new ListDataSetIterator<>(new DataSet(features, labels).asList(), batch);
    }
}
