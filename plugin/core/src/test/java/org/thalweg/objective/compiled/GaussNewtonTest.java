package org.thalweg.objective.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

/**
 * J^T H_L J, with J from differences of DL4J's own outputs and H_L in closed form, is the Gauss-Newton matrix that products
 * are taken with.
 */
class GaussNewtonTest {

    /** Of central differences in double precision: the error is about 1e-9 of J. */
    private static final double STEP = 1e-6;

    private static final int EXAMPLES = 5;

    private final long seed = Seeds.fresh("GaussNewtonTest");

    /** What the loss compares with the labels, from an output; and the loss's second derivatives in that. */
    private enum Loss {
        SOFTMAX {
            @Override
            double compared(double output) {
                return Math.log(output);
            }

            @Override
            double second(INDArray outputs, int example, int i, int j) {
                double p = outputs.getDouble(example, i);
                return (i == j ? p : 0) - p * outputs.getDouble(example, j);
            }
        },
        SIGMOID {
            @Override
            double compared(double output) {
                return Math.log(output / (1 - output));
            }

            @Override
            double second(INDArray outputs, int example, int i, int j) {
                double p = outputs.getDouble(example, i);
                return i == j ? p * (1 - p) : 0;
            }
        },
        SQUARES {
            @Override
            double compared(double output) {
                return output;
            }

            @Override
            double second(INDArray outputs, int example, int i, int j) {
                return i == j ? 2.0 / outputs.size(1) : 0;
            }
        };

        abstract double compared(double output);

        abstract double second(INDArray outputs, int example, int i, int j);
    }

    static Stream<Arguments> networks() {
        return Stream.of(
                Arguments.of(Loss.SOFTMAX, LossFunction.MCXENT, Activation.SOFTMAX, Activation.TANH),
                Arguments.of(Loss.SOFTMAX, LossFunction.NEGATIVELOGLIKELIHOOD, Activation.SOFTMAX, Activation.SOFTPLUS),
                Arguments.of(Loss.SIGMOID, LossFunction.XENT, Activation.SIGMOID, Activation.SIGMOID),
                Arguments.of(Loss.SQUARES, LossFunction.MSE, Activation.TANH, Activation.SWISH),
                Arguments.of(Loss.SQUARES, LossFunction.MSE, Activation.IDENTITY, Activation.ELU));
    }

    @ParameterizedTest(name = "{1}, {2}, {3}")
    @MethodSource("networks")
    void productsAreThoseOfTheExplicitMatrix(Loss loss, LossFunction function, Activation output, Activation hidden) {
        NeuralNetConfiguration.Builder base = Networks.base(DataType.DOUBLE, seed);
        MultiLayerNetwork network = new MultiLayerNetwork(base.list()
                .layer(new DenseLayer.Builder()
                        .nIn(6)
                        .nOut(5)
                        .activation(hidden)
                        .build())
                .layer(new DenseLayer.Builder()
                        .nIn(5)
                        .nOut(4)
                        .activation(hidden)
                        .build())
                .layer(new OutputLayer.Builder(function)
                        .nIn(4)
                        .nOut(3)
                        .activation(output)
                        .build())
                .build());
        network.init();
        check(network, Networks.data(EXAMPLES, seed, 6), loss, ObjectiveMode.RUNNING);
    }

    @ParameterizedTest
    @MethodSource("modes")
    void convolutionsPoolsAndNormsHaveItToo(boolean batchNorm, ObjectiveMode mode) {
        check(
                Networks.cnn(DataType.DOUBLE, seed, batchNorm),
                Networks.data(EXAMPLES, seed, 1, 8, 8),
                Loss.SOFTMAX,
                mode);
    }

    static Stream<Arguments> modes() {
        return Stream.of(
                Arguments.of(false, ObjectiveMode.RUNNING),
                Arguments.of(true, ObjectiveMode.RUNNING),
                Arguments.of(true, ObjectiveMode.BATCH));
    }

    private void check(MultiLayerNetwork network, DataSet data, Loss loss, ObjectiveMode mode) {
        CompiledObjective objective =
                CompiledObjective.of(network, Probe.of(data), ObjectiveOptions.DEFAULT.withMode(mode));
        INDArray theta = objective.layout().pack(network.params());
        theta.addi(Networks.normal(new Random(seed), theta.length()).muli(0.3));
        INDArray expected = explicit(network, objective, data, theta, loss, mode == ObjectiveMode.BATCH);
        INDArray actual;
        try (LinearOperator matrix = objective.gaussNewtonAt(theta).orElseThrow()) {
            actual = matrix.multiply(Nd4j.eye(theta.length()).castTo(DataType.DOUBLE));
        }
        double size = expected.norm2Number().doubleValue();
        assertThat(size).as("seed %d", seed).isPositive();
        assertThat(actual.sub(expected).norm2Number().doubleValue())
                .as("seed %d", seed)
                .isLessThan(1e-6 * size);
        objective.close();
    }

    private static INDArray explicit(
            MultiLayerNetwork network,
            CompiledObjective objective,
            DataSet data,
            INDArray theta,
            Loss loss,
            boolean training) {
        INDArray outputs = outputs(network, objective, data, theta, training);
        int classes = (int) outputs.size(1);
        int rows = EXAMPLES * classes;
        int parameters = (int) theta.length();
        INDArray jacobian = Nd4j.create(DataType.DOUBLE, rows, parameters);
        for (int p = 0; p < parameters; p++) {
            INDArray up = theta.dup().putScalar(p, theta.getDouble(p) + STEP);
            INDArray down = theta.dup().putScalar(p, theta.getDouble(p) - STEP);
            INDArray above = outputs(network, objective, data, up, training);
            INDArray below = outputs(network, objective, data, down, training);
            for (int k = 0; k < rows; k++) {
                double difference = loss.compared(above.getDouble(k / classes, k % classes))
                        - loss.compared(below.getDouble(k / classes, k % classes));
                jacobian.putScalar(k, p, difference / (2 * STEP));
            }
        }
        INDArray second = Nd4j.zeros(DataType.DOUBLE, rows, rows);
        for (int k = 0; k < rows; k++) {
            for (int j = 0; j < classes; j++) {
                int example = k / classes;
                double value = loss.second(outputs, example, k % classes, j) / EXAMPLES;
                second.putScalar(k, example * classes + j, value);
            }
        }
        return jacobian.transpose().mmul(second).mmul(jacobian);
    }

    private static INDArray outputs(
            MultiLayerNetwork network, CompiledObjective objective, DataSet data, INDArray theta, boolean training) {
        INDArray flat = network.params().dup();
        objective.layout().unpack(theta, flat);
        network.setParams(flat);
        return network.output(data.getFeatures(), training).dup();
    }
}
