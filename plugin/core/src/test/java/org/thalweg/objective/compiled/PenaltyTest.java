package org.thalweg.objective.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SelfAttentionLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;

/** Penalties are those that Deeplearning4j's updates apply. */
@ExtendWith(DoubleByDefault.class)
class PenaltyTest {

    private static final int EXAMPLES = 4;
    private static final double L2 = 0.3;

    private final Fresh fresh = Fresh.start();

    /** A step of gradient descent with the penalty, and one without, differ by its gradient; the score leaves it out. */
    @Test
    void layersOnSameDiffArePenalizedAsTheyAreTrained() {
        MultiLayerNetwork penalized = attention(L2);
        fresh.parameters(penalized);
        MultiLayerNetwork plain = attention(0);
        plain.setParams(penalized.params());
        Probe probe =
                Probe.of(fresh.normal(DataType.DOUBLE, EXAMPLES, 3, 5), fresh.oneHot(DataType.DOUBLE, EXAMPLES, 2));
        INDArray expected;
        INDArray theta;
        try (CompiledObjective with =
                        CompiledObjective.of(penalized, probe, ObjectiveOptions.DEFAULT.withRegularized(true));
                CompiledObjective without = CompiledObjective.of(plain, probe, ObjectiveOptions.DEFAULT)) {
            theta = with.layout().pack(penalized.params());
            expected = with.gradient(theta).sub(without.gradient(theta));
            penalized.fit(Converted.dataSet(probe));
            plain.fit(Converted.dataSet(probe));
            INDArray actual =
                    with.layout().pack(plain.params()).sub(with.layout().pack(penalized.params()));
            Contract.assertClose("-Dthalweg.seed=" + fresh.seed(), actual, expected, 1e-10);
        }
        assertThat(Contract.norm(expected)).isGreaterThan(0.1 * L2);
    }

    private static MultiLayerNetwork attention(double l2) {
        MultiLayerNetwork network = new MultiLayerNetwork(SmallArchitectures.builder(Activation.TANH)
                .updater(new Sgd(1))
                .l2(l2)
                .list()
                .layer(new SelfAttentionLayer.Builder()
                        .nOut(4)
                        .nHeads(2)
                        .projectInput(true)
                        .build())
                .layer(new GlobalPoolingLayer(PoolingType.AVG))
                .layer(new OutputLayer.Builder()
                        .activation(Activation.SOFTMAX)
                        .nOut(2)
                        .build())
                .setInputType(InputType.recurrent(3, 5))
                .build());
        network.init();
        return network;
    }

    @Test
    void distancesFromCentresWithPenaltiesHold() {
        MultiLayerNetwork network = new MultiLayerNetwork(SmallArchitectures.builder(Activation.TANH)
                .l2(L2)
                .l1(0.1)
                .list()
                .layer(new DenseLayer.Builder().nIn(3).nOut(4).build())
                .layer(new CenterLossOutputLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .nIn(4)
                        .nOut(2)
                        .lambda(0.3)
                        .build())
                .build());
        network.init();
        Probe probe = Probe.of(fresh.normal(DataType.DOUBLE, EXAMPLES, 3), fresh.oneHot(DataType.DOUBLE, EXAMPLES, 2));
        new Contract(fresh.parameters(network), probe, fresh, "centres with penalties")
                .hold(ObjectiveOptions.DEFAULT.withRegularized(true));
    }
}
