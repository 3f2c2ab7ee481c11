package org.thalweg.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.thalweg.krylov.EigenvalueQuery;
import org.thalweg.krylov.KrylovBudget;
import org.thalweg.krylov.Lanczos;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.krylov.ToleranceRule;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.compiled.CompiledObjective;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

/**
 * Two and a half million parameters in single precision: sums over them keep their digits. The network has no kinks: rounding
 * would decide on which side of one some of twenty thousand units lie.
 */
class LargeNetworkTest {

    private static final long SEED = Seeds.fresh("LargeNetworkTest");
    private static final String WHAT = "-Dthalweg.seed=" + SEED;

    /** An eigenvalue's error is of the order of its residual's square over the distance to the next one. */
    private static final CurvatureOptions OPTIONS = CurvatureOptions.DEFAULT
            .withEigenvalues(EigenvalueQuery.ofEachEnd(1))
            .withLanczos(Lanczos.DEFAULT.withBasisSize(16).withTolerance(1e-3, ToleranceRule.RELATIVE_TO_LARGEST))
            .withBudget(KrylovBudget.DEFAULT);

    private final MultiLayerNetwork network = network();
    private final DataSet data = Networks.data(8, SEED, 800);

    @Test
    void singlePrecisionAgreesWithDouble() {
        Look single = look(DataType.FLOAT);
        Look twice = look(DataType.DOUBLE);
        assertThat(single.loss).as("loss, " + WHAT).isCloseTo(twice.loss, within(1e-5 * twice.loss));
        assertThat(single.product.distance2(twice.product))
                .as("H v, " + WHAT)
                .isLessThan(1e-3 * twice.product.norm2Number().doubleValue());
        assertThat(single.largest).as("largest, " + WHAT).isCloseTo(twice.largest, within(1e-3 * twice.largest));
        assertThat(single.smallest)
                .as("smallest, " + WHAT)
                .isCloseTo(twice.smallest, within(1e-3 * Math.max(-twice.smallest, 0.01 * twice.largest)));
    }

    private record Look(double loss, INDArray product, double largest, double smallest) {}

    private Look look(DataType type) {
        Probe probe = Probe.of(data.getFeatures().castTo(type), data.getLabels().castTo(type));
        try (Objective objective =
                CompiledObjective.of(network.convertDataType(type), probe, ObjectiveOptions.DEFAULT)) {
            INDArray theta = objective.layout().pack(network.params()).castTo(type);
            assertThat(theta.length()).isGreaterThan(2_500_000);
            double loss = objective.evaluate(theta).loss();
            INDArray product;
            try (LinearOperator hessian = objective.hessianAt(theta)) {
                INDArray vector = Networks.normal(new Random(SEED), theta.length());
                product = hessian.multiply(vector.castTo(type)).castTo(DataType.DOUBLE);
            }
            CurvatureReport report = Curvature.report(objective, theta, OPTIONS);
            return new Look(
                    loss,
                    product,
                    report.largest().get(0).value(),
                    report.smallest().get(0).value());
        }
    }

    private static MultiLayerNetwork network() {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(DataType.FLOAT, SEED)
                .activation(Activation.SOFTPLUS)
                .list()
                .layer(new DenseLayer.Builder().nIn(800).nOut(1600).build())
                .layer(new DenseLayer.Builder().nIn(1600).nOut(800).build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(800)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        network.init();
        return network;
    }
}
