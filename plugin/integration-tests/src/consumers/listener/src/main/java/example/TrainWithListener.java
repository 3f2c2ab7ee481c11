package example;

import java.nio.file.Path;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.thalweg.listener.LandscapeListener;
import org.thalweg.listener.Schedule;
import org.thalweg.objective.Probe;
import org.thalweg.recording.RunReader;

/** Ten iterations with a listener attached, and the frames that it recorded. */
public final class TrainWithListener {

    private TrainWithListener() {}

    public static void main(String[] args) throws Exception {
        Path run = Path.of(args[0]);
        DataSet data = data(64);
        MultiLayerNetwork network = network();
        try (LandscapeListener landscape = LandscapeListener.builder(network)
                .probe(Probe.of(data))
                .schedule(Schedule.everyIterations(5))
                .grid(5)
                .recordTo(run)
                .build()) {
            network.addListeners(landscape);
            for (int i = 0; i < 10; i++) {
                network.fit(data);
            }
        }
        RunReader reader = RunReader.open(run);
        for (long iteration : reader.iterations()) {
            System.out.println("frame " + iteration + " loss " + reader.frame(iteration).loss());
        }
    }

    static MultiLayerNetwork network() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(42)
                .updater(new Adam(0.01))
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(4)
                        .nOut(8)
                        .activation(Activation.TANH)
                        .build())
                .layer(new OutputLayer.Builder()
                        .nIn(8)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        network.init();
        return network;
    }

    /** Points in four dimensions: whether their coordinates add up to more than two. */
    static DataSet data(int examples) {
        INDArray features = Nd4j.rand(examples, 4);
        INDArray labels = Nd4j.zeros(examples, 2);
        for (int i = 0; i < examples; i++) {
            labels.putScalar(i, features.getRow(i).sumNumber().doubleValue() > 2 ? 1 : 0, 1);
        }
        return new DataSet(features, labels);
    }
}
