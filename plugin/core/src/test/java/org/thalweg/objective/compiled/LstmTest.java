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
import org.junit.jupiter.params.provider.CsvSource;
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

    /** Layers of few units have ops of their own, which take many examples in blocks. */
    @ParameterizedTest
    @CsvSource({"1,3,4", "2,3,4", "5,3,4", "8,3,4", "5,300,3", "1,3,33", "4,3,33"})
    void isTheFunctionOfItsSteps(int time, int examples, int units) {
        for (boolean both : new boolean[] {false, true}) {
            MultiLayerNetwork network = network(time, units, both);
            List<INDArray> atOnce = derivatives(network, probe(examples, time, false));
            List<INDArray> stepwise = derivatives(network, probe(examples, time, true));
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

    /** Single precision has loops of its own. */
    @ParameterizedTest
    @CsvSource({"1,2,2", "6,3,4", "4,200,5"})
    void derivativesInSinglePrecisionAreThoseInDouble(int time, int examples, int units) {
        for (boolean both : new boolean[] {false, true}) {
            MultiLayerNetwork network = network(time, units, both);
            Probe probe = probe(examples, time, false);
            List<INDArray> exact = derivatives(network, probe);
            List<INDArray> rounded = derivatives(network.convertDataType(DataType.FLOAT), probe);
            for (int i = 0; i < exact.size(); i++) {
                double size = exact.get(i).norm2Number().doubleValue();
                assertThat(rounded.get(i).castTo(DataType.DOUBLE).distance2(exact.get(i)))
                        .as("number %d of loss and derivatives; both directions: %s; %s", i, both, seed())
                        .isLessThanOrEqualTo(2e-5 * (1 + size));
            }
        }
    }

    /** In single precision the loss alone is computed by an op for whole sequences. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 9})
    void theLossAloneIsThatOfTheGradient(int time) {
        for (int size : new int[] {1, 2, 3, 16, 17, 33}) {
            boolean both = size % 2 == 0;
            MultiLayerNetwork network = Sequences.of(fresh, 3, time)
                    .toVector(layer(size, both), new LastTimeStep(layer(Math.max(1, 4 - size), both)));
            Probe probe = probe(3, time, false);
            double expected = derivatives(network, probe).get(0).getDouble(0);
            network = network.convertDataType(DataType.FLOAT);
            try (CompiledObjective objective = CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT)) {
                INDArray theta = objective.layout().pack(network.params());
                assertThat(objective.evaluate(theta).loss())
                        .as("loss with %d units; %s", size, seed())
                        .isCloseTo(expected, within(1e-5 * (1 + expected)));
            }
        }
    }

    private List<INDArray> derivatives(MultiLayerNetwork network, Probe probe) {
        List<INDArray> derivatives = new ArrayList<>();
        try (CompiledObjective objective = CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT)) {
            INDArray theta = objective.layout().pack(network.params());
            INDArray direction = Fresh.of(fresh.seed())
                    .normal(DataType.DOUBLE, theta.length())
                    .castTo(theta.dataType());
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

    private MultiLayerNetwork network(int time, int units, boolean both) {
        return Sequences.of(fresh, 3, time).toVector(layer(units, both), new LastTimeStep(layer(3, both)));
    }

    private static Layer layer(int size, boolean both) {
        LSTM lstm = new LSTM.Builder().nOut(size).activation(Activation.TANH).build();
        return both ? new Bidirectional(Bidirectional.Mode.CONCAT, lstm) : lstm;
    }

    /** The same examples, with a mask of ones or none. */
    private Probe probe(int examples, int time, boolean mask) {
        Sequences sequences = Sequences.of(Fresh.of(fresh.seed() + 1), examples, time);
        return sequences.vectors(mask ? Nd4j.ones(DataType.DOUBLE, examples, time) : null);
    }

    private String seed() {
        return "-Dthalweg.seed=" + fresh.seed();
    }
}
