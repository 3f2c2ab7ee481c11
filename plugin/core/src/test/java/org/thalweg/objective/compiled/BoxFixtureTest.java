package org.thalweg.objective.compiled;

import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.objdetect.Yolo2OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * The loss of boxes around objects against PyTorch's automatic differentiation, with the reference values of
 * {@code make_boxes.py}.
 */
class BoxFixtureTest extends PeerFixtureContract {

    static Stream<Fixture> cases() {
        return Fixture.read("boxes");
    }

    @Override
    MultiLayerNetwork network(Fixture fixture, DataType type) {
        boolean squares = fixture.name().equals("boxes/squares");
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .dataType(type)
                .list()
                .layer(new ConvolutionLayer.Builder(2, 2)
                        .nOut(3)
                        .activation(Activation.TANH)
                        .build())
                .layer(new ConvolutionLayer.Builder(1, 1)
                        .nOut(14)
                        .activation(Activation.IDENTITY)
                        .build())
                .layer(new Yolo2OutputLayer.Builder()
                        .boundingBoxPriors(Nd4j.createFromArray(new double[][] {{1, 1.5}, {2, 0.75}}))
                        .lossClassPredictions(squares ? new LossL2() : new LossMCXENT())
                        .build())
                .setInputType(InputType.convolutional(4, 5, 2))
                .build());
        network.init();
        return network;
    }
}
