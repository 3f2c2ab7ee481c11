package org.thalweg.objective.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.CenterLossOutputLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationRReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.thalweg.curvature.Curvature;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.curvature.CurvatureReport;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.ParameterBlock;
import org.thalweg.objective.Probe;
import org.thalweg.objective.compiled.CompiledObjective;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

/** A wrong gradient disables what depends on it; a right one disables nothing. */
class GradientCheckTest {

    private static final long SEED = Seeds.fresh("GradientCheckTest");

    /** Where the layer in question stands among others before the output. */
    private enum Place {
        FIRST,
        MIDDLE,
        LAST,
        ALONE
    }

    static Stream<Arguments> places() {
        return Stream.of(DataType.FLOAT, DataType.DOUBLE)
                .flatMap(type -> Stream.of(Place.values()).map(place -> Arguments.of(type, place)));
    }

    @ParameterizedTest
    @MethodSource("places")
    void aTwinOfADenseLayerOnSameDiffIsNamed(DataType type, Place place) {
        MultiLayerNetwork network = hiddenLayers(type, place, new SameDiffDense(5, 5), LossFunction.MSE);
        expectAbsent(network, Networks.data(20, SEED, 5), "twin (SameDiffDense)");
        MultiLayerNetwork plain = hiddenLayers(
                type, place, new DenseLayer.Builder().nIn(5).nOut(5).build(), LossFunction.MSE);
        expectRight(plain, Networks.data(20, SEED, 5), ObjectiveMode.RUNNING);
    }

    @ParameterizedTest
    @MethodSource("places")
    void aUsersActivationWithAnotherDerivativeIsNamed(DataType type, Place place) {
        Layer dense = new DenseLayer.Builder()
                .nIn(5)
                .nOut(5)
                .activation(new WrongActivation())
                .build();
        expectAbsent(
                hiddenLayers(type, place, dense, LossFunction.MSE), Networks.data(20, SEED, 5), "twin (DenseLayer)");
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void anActivationLayerIsAmongTheSuspects(DataType type) {
        MultiLayerNetwork network = network(Networks.base(type, SEED)
                .list()
                .layer(new DenseLayer.Builder().name("before").nIn(5).nOut(5).build())
                .layer(new ActivationLayer.Builder()
                        .name("wrong")
                        .activation(new WrongActivation())
                        .build())
                .layer(new DenseLayer.Builder().nIn(5).nOut(5).build())
                .layer(output(LossFunction.MSE))
                .build());
        expectAbsent(network, Networks.data(20, SEED, 5), "layer before (DenseLayer) or layer wrong (ActivationLayer)");
    }

    /** Deeplearning4j moves them by averages; the gradient of the rest is that of the loss. */
    @Test
    void centersOfACenterLossAreConstants() {
        MultiLayerNetwork network = network(Networks.base(DataType.DOUBLE, SEED)
                .list()
                .layer(new DenseLayer.Builder().nIn(5).nOut(5).build())
                .layer(new CenterLossOutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(5)
                        .nOut(3)
                        .lambda(0.1)
                        .alpha(0.3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        Probe probe = Probe.of(Networks.data(20, SEED, 5));
        NetworkObjective fallback = NetworkObjective.of(network, probe, ObjectiveOptions.DEFAULT);
        CompiledObjective compiled = CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT);
        assertThat(fallback.layout().trainable())
                .extracting(ParameterBlock::key)
                .doesNotContain("1_cL");
        INDArray theta = fallback.layout().pack(network.params());
        INDArray packed = compiled.layout().pack(network.params());
        INDArray expected = network.params().dup();
        INDArray actual = network.params().dup();
        compiled.layout().unpack(compiled.gradient(packed), expected);
        fallback.layout().unpack(fallback.gradient(theta), actual);
        assertThat(actual.distance2(expected)).as("seed " + SEED).isLessThan(1e-9);
    }

    /** As far out as logits of some hundreds, where Deeplearning4j clips, against the exact Hessian of the compiled objective. */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void crossEntropiesAreThoseOfTheCompiledObjective(DataType type) {
        for (LossFunction loss :
                new LossFunction[] {LossFunction.MCXENT, LossFunction.NEGATIVELOGLIKELIHOOD, LossFunction.XENT}) {
            for (double scale : new double[] {0.3, 3, 30}) {
                MultiLayerNetwork network = network(Networks.base(type, SEED)
                        .list()
                        .layer(new DenseLayer.Builder().nIn(5).nOut(5).build())
                        .layer(output(loss))
                        .build());
                network.setParams(network.params().mul(scale));
                Probe probe = Probe.of(Networks.data(20, SEED, 5));
                NetworkObjective fallback = NetworkObjective.of(network, probe, ObjectiveOptions.DEFAULT);
                CompiledObjective compiled =
                        CompiledObjective.of(network.convertDataType(DataType.DOUBLE), probe, ObjectiveOptions.DEFAULT);
                INDArray theta = fallback.layout().pack(network.params());
                INDArray packed = compiled.layout().pack(network.params().castTo(DataType.DOUBLE));
                String what = loss + " x " + scale + ", seed " + SEED;
                double expected = compiled.evaluate(packed).loss();
                double digits = type == DataType.DOUBLE ? 1e-12 : 1e-5;
                assertThat(fallback.evaluate(theta).loss())
                        .as(what)
                        .isCloseTo(expected, within(digits * (1 + expected)));
                INDArray direction = unit(packed.length());
                try (var hessian = fallback.hessianAt(theta);
                        var exact = compiled.hessianAt(packed)) {
                    assertThat(hessian.defect()).as(what).isEmpty();
                    INDArray inFlat = network.params().castTo(DataType.DOUBLE).dup();
                    compiled.layout().unpack(direction, inFlat);
                    INDArray product = hessian.multiply(fallback.layout().pack(inFlat));
                    INDArray reference = exact.multiply(direction);
                    INDArray back = network.params().castTo(DataType.DOUBLE).dup();
                    fallback.layout().unpack(product, back);
                    assertThat(compiled.layout().pack(back).distance2(reference))
                            .as(what)
                            .isLessThan(1e-5 * (1e-3 + reference.norm2Number().doubleValue()));
                }
            }
        }
    }

    /** RReLU draws slopes in training and cuts off at their mean out of it, so its gradient is that of neither. */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void drawnSlopesAreTheirMeanInBatchModeAndHaveNoGradientInRunning(DataType type) {
        MultiLayerNetwork network = network(Networks.base(type, SEED)
                .list()
                .layer(new DenseLayer.Builder()
                        .name("drawn")
                        .nIn(5)
                        .nOut(5)
                        .activation(new ActivationRReLU(0.1, 0.4))
                        .build())
                .layer(output(LossFunction.MCXENT))
                .build());
        DataSet data = Networks.data(20, SEED, 5);
        expectRight(network, data, ObjectiveMode.BATCH);
        NetworkObjective running = NetworkObjective.of(network, Probe.of(data), ObjectiveOptions.DEFAULT);
        INDArray theta = running.layout().pack(network.params());
        assertThat(running.evaluate(theta).loss()).isCloseTo(network.score(data, false), within(1e-6));
        assertThat(running.hessianAt(theta).defect()).isPresent();
        assertThatThrownBy(() -> running.gradient(theta)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> NetworkObjective.of(
                        network, Probe.of(data), ObjectiveOptions.DEFAULT.withMode(ObjectiveMode.TRAINING)))
                .hasMessageContaining("RReLU");
    }

    /** Half of the images have dark patches, on which every ReLU sits on its kink as long as biases are zero. */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void kinksAreNoWrongGradient(DataType type) {
        for (int trial = 0; trial < 3; trial++) {
            MultiLayerNetwork network = network(Networks.base(type, SEED + trial)
                    .activation(Activation.RELU)
                    .list()
                    .layer(new ConvolutionLayer.Builder(3, 3).nOut(6).build())
                    .layer(new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                            .kernelSize(2, 2)
                            .stride(2, 2)
                            .build())
                    .layer(new DenseLayer.Builder().nOut(12).build())
                    .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                            .nOut(3)
                            .activation(Activation.SOFTMAX)
                            .build())
                    .setInputType(InputType.convolutional(12, 12, 1))
                    .build());
            DataSet data = Networks.data(40, SEED + trial, 1, 12, 12);
            data.getFeatures()
                    .muli(data.getFeatures().gt(0.8).castTo(data.getFeatures().dataType()));
            expectRight(network, data, ObjectiveMode.RUNNING);
        }
    }

    @Test
    void networksThatAreRightAreNotRefused() {
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            expectRight(Networks.mlp(type, SEED), Networks.data(20, SEED, 6), ObjectiveMode.RUNNING);
            expectRight(Networks.cnn(type, SEED, false), Networks.data(10, SEED, 1, 8, 8), ObjectiveMode.RUNNING);
            expectRight(Networks.cnn(type, SEED, true), Networks.data(10, SEED, 1, 8, 8), ObjectiveMode.BATCH);
            expectRight(Networks.lstm(type, SEED), Networks.sequences(8, 5, SEED), ObjectiveMode.RUNNING);
            expectRight(Networks.graph(type, SEED), Networks.data(20, SEED, 6), ObjectiveMode.RUNNING);
        }
    }

    /** Down to losses of 1e-9, where a loss is the difference of large logits. */
    @Test
    void networksThatFitTheirDataAreNotRefused() {
        MultiLayerNetwork network = Networks.mlp(DataType.FLOAT, SEED);
        DataSet data = Networks.data(12, SEED, 6);
        for (int i = 0; i < 400; i++) {
            network.fit(data);
            if (i % 200 == 199) {
                expectRight(network, data, ObjectiveMode.RUNNING);
            }
        }
        // Rounding may hide second derivatives here, and says so; the gradient is right all the same.
        network.setParams(network.params().mul(4));
        NetworkObjective objective = NetworkObjective.of(network, Probe.of(data), ObjectiveOptions.DEFAULT);
        INDArray theta = objective.layout().pack(network.params());
        assertThat(Curvature.report(objective, theta, CurvatureOptions.DEFAULT)
                        .reason()
                        .orElse(""))
                .as("seed %d", SEED)
                .doesNotStartWith(Objective.NOT_THE_GRADIENT);
        assertThat(objective.gradient(theta).norm2Number().doubleValue()).isFinite();
    }

    /** A hinge that no example touches: loss, gradient and curvature are zero. */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void aLossOfZeroIsNotRefused(DataType type) {
        MultiLayerNetwork network = network(Networks.base(type, SEED)
                .list()
                .layer(new OutputLayer.Builder(LossFunction.HINGE)
                        .nIn(5)
                        .nOut(3)
                        .biasInit(100)
                        .activation(Activation.IDENTITY)
                        .build())
                .build());
        DataSet data = Networks.data(20, SEED, 5);
        data.getLabels().assign(1);
        expectRight(network, data, ObjectiveMode.RUNNING);
    }

    /** A loss that is clipped far away only: right at the first frame, and found out at the frame where the clip acts. */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void eachFrameIsCheckedAlongItsTopEigenvector(DataType type) {
        MultiLayerNetwork network = network(Networks.base(type, SEED)
                .list()
                .layer(new DenseLayer.Builder().nIn(5).nOut(5).build())
                .layer(new OutputLayer.Builder(new ClippedLoss())
                        .nIn(5)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        network.setParams(network.params().mul(0.3));
        NetworkObjective objective =
                NetworkObjective.of(network, Probe.of(Networks.data(20, SEED, 5)), ObjectiveOptions.DEFAULT);
        INDArray theta = objective.layout().pack(network.params());
        assertThat(Curvature.report(objective, theta, CurvatureOptions.DEFAULT).reason())
                .as("seed %d", SEED)
                .isEmpty();
        // The clip acts on a few examples, which the top eigenvector may not see at every distance.
        List<CurvatureReport> refused = Stream.of(4, 6, 9, 15, 25)
                .map(distance -> Curvature.report(objective, theta.mul(distance), CurvatureOptions.DEFAULT))
                .filter(report -> report.reason().isPresent())
                .toList();
        assertThat(refused).as("seed %d", SEED).isNotEmpty().allSatisfy(far -> {
            assertThat(far.largest()).isEmpty();
            assertThat(far.reason())
                    .hasValueSatisfying(reason ->
                            assertThat(reason).startsWith(Objective.NOT_THE_GRADIENT + ": along the top eigenvector"));
        });
    }

    /** A user's own loss, which is not among the replaced classes. */
    private static final class ClippedLoss extends LossMCXENT {

        private static final long serialVersionUID = 1;

        ClippedLoss() {
            super(0.05, null);
        }
    }

    /** Large weights overflow in DL4J's derivative of Mish, which is smooth. */
    @Test
    void aSmoothFunctionHasNoKink() {
        for (double scale : new double[] {1, 300}) {
            MultiLayerNetwork network = network(Networks.base(DataType.DOUBLE, SEED)
                    .activation(Activation.MISH)
                    .list()
                    .layer(new DenseLayer.Builder().nIn(5).nOut(8).build())
                    .layer(new DenseLayer.Builder().nIn(8).nOut(5).build())
                    .layer(output(LossFunction.MSE))
                    .build());
            network.setParams(network.params().mul(scale));
            NetworkObjective objective =
                    NetworkObjective.of(network, Probe.of(Networks.data(20, SEED, 5)), ObjectiveOptions.DEFAULT);
            INDArray theta = objective.layout().pack(network.params());
            Optional<String> defect = objective.hessianAt(theta).defect();
            if (scale == 1) {
                assertThat(defect).as("seed %d", SEED).isEmpty();
            } else {
                assertThat(defect)
                        .as("seed %d", SEED)
                        .hasValueSatisfying(reason -> assertThat(reason)
                                .startsWith("not finite: the gradient of layer ")
                                .contains("DenseLayer"));
                assertThatThrownBy(() -> objective.gradient(theta)).hasMessageContaining("not finite");
            }
        }
    }

    private static void expectRight(Model network, DataSet data, ObjectiveMode mode) {
        NetworkObjective objective =
                NetworkObjective.of(network, Probe.of(data), ObjectiveOptions.DEFAULT.withMode(mode));
        INDArray theta = objective.layout().pack(network.params());
        try (var hessian = objective.hessianAt(theta)) {
            // At theta itself a kink may be in the way of differences of the gradient.
            assertThat(hessian.defect()).as("seed %d", SEED).isIn(Optional.empty(), Optional.of("kink"));
        }
        assertThat(Curvature.report(objective, theta, CurvatureOptions.DEFAULT).reason())
                .as("seed %d", SEED)
                .isIn(Optional.empty(), Optional.of("kink"));
        assertThat(objective.gradient(theta).norm2Number().doubleValue()).isFinite();
    }

    private static void expectAbsent(MultiLayerNetwork network, DataSet data, String blamed) {
        NetworkObjective objective = NetworkObjective.of(network, Probe.of(data), ObjectiveOptions.DEFAULT);
        INDArray theta = objective.layout().pack(network.params());
        assertThat(objective.evaluate(theta).loss()).isFinite();
        try (var hessian = objective.hessianAt(theta)) {
            assertThat(hessian.defect())
                    .as("seed %d", SEED)
                    .hasValueSatisfying(reason -> assertThat(reason)
                            .startsWith("not the loss's gradient: layer ")
                            .endsWith(blamed));
        }
        assertThatThrownBy(() -> objective.gradient(theta))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining(blamed);
    }

    private static MultiLayerNetwork hiddenLayers(DataType type, Place place, Layer layer, LossFunction loss) {
        layer.setLayerName("twin");
        NeuralNetConfiguration.ListBuilder layers = Networks.base(type, SEED).list();
        for (Place here :
                place == Place.ALONE ? EnumSet.of(Place.ALONE) : EnumSet.of(Place.FIRST, Place.MIDDLE, Place.LAST)) {
            layers.layer(
                    here == place
                            ? layer
                            : new DenseLayer.Builder().nIn(5).nOut(5).build());
        }
        return network(layers.layer(output(loss)).build());
    }

    private static OutputLayer output(LossFunction loss) {
        Activation activation = switch (loss) {
            case XENT -> Activation.SIGMOID;
            case MSE -> Activation.IDENTITY;
            default -> Activation.SOFTMAX;
        };
        return new OutputLayer.Builder(loss)
                .nIn(5)
                .nOut(3)
                .activation(activation)
                .build();
    }

    private static MultiLayerNetwork network(org.deeplearning4j.nn.conf.MultiLayerConfiguration configuration) {
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        return network;
    }

    private static INDArray unit(long n) {
        INDArray v = Networks.normal(new Random(SEED), n);
        return v.div(v.norm2Number().doubleValue());
    }
}
