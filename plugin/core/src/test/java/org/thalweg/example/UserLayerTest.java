package org.thalweg.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.compiled.CompiledObjective;
import org.thalweg.testing.Seeds;

/** A user's own layer, compiled by a rule and a kernel that use only the public interface. */
class UserLayerTest {

    private static final int EXAMPLES = 6;
    private static final int INPUTS = 4;
    private static final int HIDDEN = 3;

    private final long seed = Seeds.fresh("UserLayerTest");

    @Test
    void isExact() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .seed(seed)
                .list()
                .layer(new SquaredDense(HIDDEN))
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .nOut(1)
                        .activation(Activation.IDENTITY)
                        .build())
                .setInputType(InputType.feedForward(INPUTS))
                .build());
        network.init();
        Nd4j.getRandom().setSeed(seed);
        INDArray features = Nd4j.randn(DataType.DOUBLE, EXAMPLES, INPUTS);
        INDArray labels = Nd4j.randn(DataType.DOUBLE, EXAMPLES, 1);
        try (Objective objective =
                CompiledObjective.of(network, Probe.of(features, labels), ObjectiveOptions.DEFAULT)) {
            INDArray theta = objective.layout().pack(network.params());
            String message = "-Dthalweg.seed=" + seed;
            assertThat(objective.evaluate(theta).loss())
                    .as(message)
                    .isCloseTo(loss(network, features, labels), within(1e-12));
            differencesAgree(objective, theta, message);
        }
    }

    private static void differencesAgree(Objective objective, INDArray theta, String message) {
        INDArray direction = Nd4j.randn(DataType.DOUBLE, theta.length());
        INDArray ahead = theta.add(direction.mul(1e-6));
        INDArray behind = theta.sub(direction.mul(1e-6));
        double rise =
                (objective.evaluate(ahead).loss() - objective.evaluate(behind).loss()) / 2e-6;
        double slope = objective.gradient(theta).mul(direction).sumNumber().doubleValue();
        assertThat(slope).as(message).isCloseTo(rise, within(1e-6 * Math.max(1, Math.abs(rise))));
        INDArray turn =
                objective.gradient(ahead).sub(objective.gradient(behind)).div(2e-6);
        try (LinearOperator hessian = objective.hessianAt(theta)) {
            INDArray product = hessian.multiply(direction);
            double error = product.distance2(turn);
            assertThat(error)
                    .as(message)
                    .isLessThan(1e-6 * Math.max(1, turn.norm2Number().doubleValue()));
        }
    }

    /** The mean over examples of the squared error of (x W + b)^2 V + c. */
    private static double loss(MultiLayerNetwork network, INDArray features, INDArray labels) {
        INDArray hidden = features.mmul(network.getParam("0_W")).addiRowVector(network.getParam("0_b"));
        INDArray outputs = hidden.mul(hidden).mmul(network.getParam("1_W")).addiRowVector(network.getParam("1_b"));
        INDArray errors = outputs.sub(labels);
        return errors.mul(errors).sumNumber().doubleValue() / EXAMPLES;
    }
}
