package org.thalweg.objective.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;

/** A whole sequence at once is the same function as its steps one by one, which is how a mask that hides nothing is read. */
class LstmTest {

    private final Fresh fresh = Fresh.start();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 8})
    void isTheFunctionOfItsSteps(int time) {
        for (boolean both : new boolean[] {false, true}) {
            MultiLayerNetwork network = network(time, both);
            List<INDArray> atOnce = derivatives(network, probe(time, false));
            List<INDArray> stepwise = derivatives(network, probe(time, true));
            for (int i = 0; i < atOnce.size(); i++) {
                double size = stepwise.get(i).norm2Number().doubleValue();
                assertThat(atOnce.get(i).distance2(stepwise.get(i)))
                        .as(
                                "number %d of loss, gradient, product and Gauss-Newton product; both directions: %s;"
                                        + " %s",
                                i, both, seed())
                        .isLessThanOrEqualTo(1e-12 * (1 + size));
            }
        }
    }

    /** In single precision the loss alone is computed by an op for whole sequences. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 9})
    void theLossAloneIsThatOfTheGradient(int time) {
        for (int size = 1; size <= 6; size++) {
            boolean both = size % 2 == 0;
            MultiLayerNetwork network = Sequences.of(fresh, 3, time)
                    .toVector(layer((size + 1) / 2, both), new LastTimeStep(layer(4 - (size + 1) / 2, both)));
            Probe probe = probe(time, false);
            double expected = derivatives(network, probe).get(0).getDouble(0);
            network = network.convertDataType(DataType.FLOAT);
            try (CompiledObjective objective = CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT)) {
                INDArray theta = objective.layout().pack(network.params());
                assertThat(objective.evaluate(theta).loss())
                        .as("loss of size %d; %s", size, seed())
                        .isCloseTo(expected, within(1e-5 * (1 + expected)));
            }
        }
    }

    private List<INDArray> derivatives(MultiLayerNetwork network, Probe probe) {
        List<INDArray> derivatives = new ArrayList<>();
        try (CompiledObjective objective = CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT)) {
            INDArray theta = objective.layout().pack(network.params());
            INDArray direction = Fresh.of(fresh.seed()).normal(DataType.DOUBLE, theta.length());
            derivatives.add(Nd4j.createFromArray(objective.evaluate(theta).loss()));
            derivatives.add(objective.gradient(theta));
            try (LinearOperator hessian = objective.hessianAt(theta);
                    LinearOperator gaussNewton = objective.gaussNewtonAt(theta).orElseThrow()) {
                derivatives.add(hessian.multiply(direction).ravel());
                derivatives.add(gaussNewton.multiply(direction).ravel());
            }
        }
        return derivatives;
    }

    private MultiLayerNetwork network(int time, boolean both) {
        return Sequences.of(fresh, 3, time).toVector(layer(4, both), new LastTimeStep(layer(3, both)));
    }

    private static Layer layer(int size, boolean both) {
        LSTM lstm = new LSTM.Builder().nOut(size).activation(Activation.TANH).build();
        return both ? new Bidirectional(Bidirectional.Mode.CONCAT, lstm) : lstm;
    }

    /** The same examples, with a mask of ones or none. */
    private Probe probe(int time, boolean mask) {
        Sequences sequences = Sequences.of(Fresh.of(fresh.seed() + 1), 3, time);
        return sequences.vectors(mask ? Nd4j.ones(DataType.DOUBLE, 3, time) : null);
    }

    private String seed() {
        return "-Dthalweg.seed=" + fresh.seed();
    }
}
