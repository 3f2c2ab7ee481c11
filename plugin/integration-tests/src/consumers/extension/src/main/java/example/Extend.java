package example;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.thalweg.curvature.CurvatureOperator;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.listener.LandscapeListener;
import org.thalweg.listener.Schedule;
import org.thalweg.listener.SurfaceOptions;
import org.thalweg.objective.Probe;

/** Trains a network with a layer of this project's, with a plane, an operator, an estimator and a sink of its own. */
public final class Extend {

    private Extend() {}

    public static void main(String[] args) throws Exception {
        Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
        INDArray features = Nd4j.rand(DataType.DOUBLE, 64, 4);
        INDArray labels = Nd4j.zeros(DataType.DOUBLE, 64, 2);
        for (int i = 0; i < 64; i++) {
            labels.putScalar(i, features.getRow(i).sumNumber().doubleValue() > 2 ? 1 : 0, 1);
        }
        DataSet data = new DataSet(features, labels);
        MultiLayerNetwork network = network();
        try (LandscapeListener landscape = LandscapeListener.builder(network)
                .probe(Probe.of(data))
                .schedule(Schedule.everyIterations(5))
                .surface(SurfaceOptions.DEFAULT.withGrid(5, 1).withPlane(new WaveDirections()))
                .curvature(CurvatureOptions.DEFAULT
                        .withEigenvalues(1)
                        .with(CurvatureOperator.HESSIAN, new WaveCurvature())
                        .with(new DifferencedHessian(), new WaveCurvature()))
                .sink(new PrintingSink())
                .exactOnly()
                .build()) {
            network.addListeners(landscape);
            for (int i = 0; i < 10; i++) {
                network.fit(data);
            }
        }
    }

    private static MultiLayerNetwork network() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(42)
                .dataType(DataType.DOUBLE)
                .updater(new Adam(0.01))
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(4)
                        .nOut(6)
                        .activation(Activation.TANH)
                        .build())
                .layer(new ScalingLayer(6))
                .layer(new OutputLayer.Builder()
                        .nIn(6)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        network.init();
        return network;
    }
}
