package org.thalweg.objective.compiled;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.AlphaDropout;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.GaussianDropout;
import org.deeplearning4j.nn.conf.dropout.GaussianNoise;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.dropout.SpatialDropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.conf.layers.SpaceToDepthLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling3DLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.Upsampling3D;
import org.deeplearning4j.nn.conf.preprocessor.Cnn3DToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.UnsupportedNetworkException;
import org.thalweg.objective.compiled.internal.rule.Rules;
import org.thalweg.objective.compiled.spi.DropoutRule;

/** The contract for each kind of dropout, drawn once from the seed. */
class DropoutContractTest {

    private static final int EXAMPLES = 11;
    private static final Map<Class<?>, IDropout> SAMPLES = Map.of(
            Dropout.class, new Dropout(0.7),
            SpatialDropout.class, new SpatialDropout(0.6),
            GaussianDropout.class, new GaussianDropout(0.3),
            GaussianNoise.class, new GaussianNoise(0.4),
            AlphaDropout.class, new AlphaDropout(0.8));

    private final Fresh fresh = Fresh.start();
    private final String seed = "-Dthalweg.seed=" + fresh.seed();
    private final ObjectiveOptions options = ObjectiveOptions.DEFAULT
            .withMode(ObjectiveMode.TRAINING)
            .withBatchSize(4)
            .withSeed(fresh.seed());

    /** One of each kind that has a rule. */
    static Stream<IDropout> kinds() {
        return Rules.covered(DropoutRule.class).stream()
                .sorted(Comparator.comparing(Class::getName))
                .map(type -> requireNonNull(SAMPLES.get(type), "no sample of " + type));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void holds(IDropout dropout) {
        MultiLayerNetwork network = SmallArchitectures.finish(
                fresh,
                SmallArchitectures.builder(Activation.TANH)
                        .list()
                        .layer(new ConvolutionLayer.Builder(3, 3)
                                .nOut(3)
                                .stride(2, 2)
                                .build())
                        .layer(new ConvolutionLayer.Builder(2, 2)
                                .nOut(2)
                                .dropOut(dropout.clone())
                                .build())
                        .layer(new BatchNormalization())
                        .layer(new DropoutLayer(dropout.clone()))
                        .layer(new DenseLayer.Builder().nOut(7).dropOut(0.6).build()));
        Probe probe = probe(SmallArchitectures.SIDE * SmallArchitectures.SIDE);
        new Contract(network, probe, fresh, dropout.getClass().getSimpleName()).holdDerivatives(options);
    }

    /** Those without weights that drop their input. */
    static Stream<Layer.Builder<?>> layersWithoutWeights() {
        return Stream.of(
                new Upsampling2D.Builder(2),
                new SpaceToDepthLayer.Builder<>(2),
                new PReLULayer.Builder().inputShape(3, 4, 4).sharedAxes(2, 3),
                new Upsampling3D.Builder(2),
                new Subsampling3DLayer.Builder().kernelSize(2, 2, 2).stride(2, 2, 2));
    }

    @ParameterizedTest
    @MethodSource("layersWithoutWeights")
    void layersWithoutWeightsDropTheirInput(Layer.Builder<?> builder) {
        Layer layer = builder.dropOut(0.6).build();
        String name = layer.getClass().getSimpleName();
        boolean volumes = name.contains("3D");
        NeuralNetConfiguration.ListBuilder list =
                SmallArchitectures.builder(Activation.TANH).list();
        list.layer(
                        volumes
                                ? new Convolution3D.Builder(1, 1, 1).nOut(3).build()
                                : new ConvolutionLayer.Builder(1, 1).nOut(3).build())
                .layer(layer)
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .nOut(SmallArchitectures.CLASSES)
                        .build())
                .setInputType(
                        volumes
                                ? InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, 2, 4, 4, 2)
                                : InputType.convolutional(4, 4, 2));
        if (layer instanceof Upsampling3D) {
            // Deeplearning4j's own choice is for channels last.
            list.inputPreProcessor(2, new Cnn3DToFeedForwardPreProcessor(4, 8, 8, 3, true));
        }
        MultiLayerNetwork network = new MultiLayerNetwork(list.build());
        network.init();
        fresh.parameters(network);
        long[] shape = volumes ? new long[] {EXAMPLES, 2, 2, 4, 4} : new long[] {EXAMPLES, 2, 4, 4};
        Probe probe = Probe.of(
                fresh.normal(DataType.DOUBLE, shape),
                fresh.oneHot(DataType.DOUBLE, EXAMPLES, SmallArchitectures.CLASSES));
        new Contract(network, probe, fresh, name + " with dropout").holdDerivatives(options);
        assertThat(loss(network, probe, options))
                .as("%s, %s", name, seed)
                .isNotEqualTo(loss(network, probe, options.withMode(ObjectiveMode.BATCH)));
    }

    /** Mean and mean square of both outputs, within six standard errors. */
    @ParameterizedTest
    @MethodSource("kinds")
    void drawsFromDeeplearning4jsDistribution(IDropout dropout) {
        Nd4j.getRandom().setSeed(fresh.seed());
        int examples = 300;
        int channels = 20;
        INDArray input = Nd4j.valueArrayOf(new long[] {examples, channels, 1, 1}, 1.5, DataType.DOUBLE);
        INDArray expected =
                dropout.clone().applyDropout(input.dup(), input.like(), 0, 0, LayerWorkspaceMgr.noWorkspaces());
        INDArray squares = expected.mul(expected);
        double far = 1000; // Every value lies above its negative, so that the absolute error is the value plus this.
        double mean = lossOfNoise(dropout, input, -far, LossFunction.MEAN_ABSOLUTE_ERROR) - far;
        double meanSquare = lossOfNoise(dropout, input, 0, LossFunction.MSE);
        assertThat(mean)
                .as("mean, %s", seed)
                .isCloseTo(expected.meanNumber().doubleValue(), within(sixErrors(expected)));
        assertThat(meanSquare)
                .as("mean square, %s", seed)
                .isCloseTo(squares.meanNumber().doubleValue(), within(sixErrors(squares)));
    }

    @Test
    void masksDependOnTheSeedAloneHoweverTheProbeIsCut() {
        MultiLayerNetwork network = dense(new Dropout(0.7), new Dropout(0.5));
        Probe probe = probe(6);
        double loss = loss(network, probe, options);
        assertThat(loss(network, probe, options)).as(seed).isEqualTo(loss);
        assertThat(loss(network, probe, options.withBatchSize(EXAMPLES)))
                .as(seed)
                .isCloseTo(loss, within(1e-13 * loss));
        assertThat(loss(network, probe, options.withSeed(fresh.seed() + 1)))
                .as(seed)
                .isNotEqualTo(loss);
        assertThat(loss(network, probe, options.withMode(ObjectiveMode.BATCH)))
                .as(seed)
                .isNotEqualTo(loss);
    }

    @Test
    void aFixedScheduleIsNone() {
        Probe probe = probe(6);
        MultiLayerNetwork scheduled = dense(new Dropout(new FixedSchedule(0.7)), new Dropout(0.5));
        MultiLayerNetwork plain = dense(new Dropout(0.7), new Dropout(0.5));
        plain.setParams(scheduled.params());
        assertThat(loss(scheduled, probe, options)).as(seed).isEqualTo(loss(plain, probe, options));
    }

    @Test
    void whatIsNotOneFunctionIsRefusedInThisModeAlone() {
        MultiLayerNetwork scheduled =
                dense(new Dropout(new ExponentialSchedule(ScheduleType.EPOCH, 0.5, 0.9)), new Dropout(0.5));
        MultiLayerNetwork noisy = SmallArchitectures.finish(
                fresh,
                SmallArchitectures.builder(Activation.TANH)
                        .list()
                        .layer(new DenseLayer.Builder()
                                .name("connections")
                                .nOut(4)
                                .weightNoise(new DropConnect(0.5))
                                .build()));
        assertRefused(scheduled, probe(6), "first", "ExponentialSchedule");
        assertRefused(noisy, probe(SmallArchitectures.SIDE * SmallArchitectures.SIDE), "connections", "DropConnect");
        assertRefused(dense(new Forgetful(), new Dropout(0.5)), probe(6), "first", "Forgetful");
    }

    private void assertRefused(MultiLayerNetwork network, Probe probe, String layer, String reason) {
        assertThatThrownBy(() -> CompiledObjective.of(network, probe, options))
                .isInstanceOf(UnsupportedNetworkException.class)
                .hasMessageContaining(layer)
                .hasMessageContaining(reason);
        assertThat(loss(network, probe, options.withMode(ObjectiveMode.BATCH)))
                .as(seed)
                .isPositive();
    }

    /** A user's own dropout. */
    private static final class Forgetful extends Dropout {
        private static final long serialVersionUID = 1;

        Forgetful() {
            super(0.5);
        }

        @Override
        public Dropout clone() {
            return new Forgetful();
        }
    }

    /** The loss of noisy input itself, passed on by weights that are the identity. */
    private double lossOfNoise(IDropout dropout, INDArray input, double labels, LossFunction loss) {
        int channels = (int) input.size(1);
        MultiLayerNetwork network = new MultiLayerNetwork(SmallArchitectures.builder(Activation.IDENTITY)
                .list()
                .layer(new ConvolutionLayer.Builder(1, 1)
                        .nOut(channels)
                        .hasBias(false)
                        .dropOut(dropout.clone())
                        .build())
                .layer(new LossLayer.Builder(loss).build())
                .inputPreProcessor(1, new CnnToFeedForwardPreProcessor(1, 1, channels))
                .setInputType(InputType.convolutional(1, 1, channels))
                .build());
        network.init();
        network.getParam("0_W").assign(Nd4j.eye(channels).reshape('c', channels, channels, 1, 1));
        INDArray target = Nd4j.valueArrayOf(new long[] {input.size(0), channels}, labels, DataType.DOUBLE);
        return loss(network, Probe.of(input, target), options);
    }

    private static double sixErrors(INDArray sample) {
        // Both sides are samples of this size.
        return 6 * sample.stdNumber().doubleValue() * Math.sqrt(2.0 / sample.length()) + 1e-12;
    }

    private static double loss(MultiLayerNetwork network, Probe probe, ObjectiveOptions options) {
        try (CompiledObjective objective = CompiledObjective.of(network, probe, options)) {
            return objective.evaluate(objective.layout().pack(network.params())).loss();
        }
    }

    private MultiLayerNetwork dense(IDropout first, IDropout second) {
        MultiLayerNetwork network = new MultiLayerNetwork(SmallArchitectures.builder(Activation.TANH)
                .list()
                .layer(new DenseLayer.Builder()
                        .name("first")
                        .nIn(6)
                        .nOut(9)
                        .dropOut(first)
                        .build())
                .layer(new DenseLayer.Builder()
                        .nOut(SmallArchitectures.CLASSES)
                        .dropOut(second)
                        .build())
                .layer(new LossLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        network.init();
        return fresh.parameters(network);
    }

    private Probe probe(int inputs) {
        return Probe.of(
                fresh.normal(DataType.DOUBLE, EXAMPLES, inputs),
                fresh.oneHot(DataType.DOUBLE, EXAMPLES, SmallArchitectures.CLASSES));
    }
}
