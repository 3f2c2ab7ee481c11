package org.thalweg.objective.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationCube;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.ParameterBlock;
import org.thalweg.objective.ParameterSnapshot;
import org.thalweg.objective.Parameterization;
import org.thalweg.objective.Probe;
import org.thalweg.objective.Slice;
import org.thalweg.objective.UnsupportedNetworkException;
import org.thalweg.testing.DoublingLayer;

class CompiledObjectiveTest {

    private static final int EXAMPLES = 23;

    private final Fresh fresh = Fresh.start();
    private final String seed = "-Dthalweg.seed=" + fresh.seed();
    private final Probe probe = SmallArchitectures.probe(fresh, EXAMPLES);

    @Test
    void cuttingTheProbeChangesNothing() {
        MultiLayerNetwork network = SmallArchitectures.vgg(fresh, false);
        CompiledObjective whole = CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT);
        CompiledObjective cut = CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT.withBatchSize(5));
        INDArray theta = whole.layout().pack(network.params());
        INDArray direction = fresh.normal(DataType.DOUBLE, theta.length());
        double loss = whole.evaluate(theta).loss();
        assertThat(cut.evaluate(theta).loss()).as(seed).isCloseTo(loss, within(1e-12 * loss));
        assertThat(cut.evaluate(theta).accuracy())
                .as(seed)
                .isEqualTo(whole.evaluate(theta).accuracy());
        Contract.assertClose(seed, cut.gradient(theta), whole.gradient(theta), 1e-12);
        Contract.assertClose(seed, product(cut, theta, direction), product(whole, theta, direction), 1e-12);
    }

    /** In pieces, with images whose rows have another order, and with a penalty. */
    @Test
    void productsAddedInPlaceAreTheSame() {
        MultiLayerNetwork network = SmallArchitectures.finish(
                fresh,
                SmallArchitectures.builder(Activation.TANH)
                        .l2(0.3)
                        .list()
                        .layer(new ConvolutionLayer.Builder(3, 3).nOut(2).build())
                        .layer(new DenseLayer.Builder().nOut(900).build())
                        .layer(new DenseLayer.Builder().nOut(400).build()));
        CompiledObjective objective =
                CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT.withRegularized(true));
        INDArray theta = objective.layout().pack(network.params());
        assertThat(theta.length()).isGreaterThan(1 << 18);
        INDArray direction = fresh.normal(DataType.DOUBLE, theta.length());
        INDArray sum = fresh.normal(DataType.DOUBLE, theta.length());
        try (CompiledHessian hessian = objective.hessianAt(theta)) {
            INDArray expected = sum.mul(-0.7).addi(hessian.multiply(direction));
            hessian.multiplyAdd(direction, -0.7, sum);
            Contract.assertClose(seed, sum, expected, 1e-14);
        }
    }

    @Test
    void batchesAreTheMeanOverTheirOwnStatistics() {
        MultiLayerNetwork network = SmallArchitectures.vgg(fresh, true);
        ObjectiveOptions options =
                ObjectiveOptions.DEFAULT.withMode(ObjectiveMode.BATCH).withBatchSize(8);
        CompiledObjective objective = CompiledObjective.of(network, probe, options);
        INDArray theta = objective.layout().pack(network.params());
        double sum = 0;
        for (Probe batch : probe.batches(8)) {
            sum += batch.size() * network.score(Converted.dataSet(batch), true);
        }
        assertThat(objective.evaluate(theta).loss()).as(seed).isCloseTo(sum / EXAMPLES, within(1e-10));
        CompiledObjective tight = CompiledObjective.of(network, probe, options.withMemoryBudget(1));
        assertThat(tight.evaluate(theta))
                .as("no budget splits a batch, " + seed)
                .isEqualTo(objective.evaluate(theta));
    }

    @Test
    void frozenLayersAreConstants() {
        MultiLayerNetwork network = SmallArchitectures.finish(
                fresh,
                SmallArchitectures.builder(Activation.TANH)
                        .list()
                        .layer(new DenseLayer.Builder().nOut(6).build())
                        .layer(new FrozenLayer(new DenseLayer.Builder().nOut(5).build()))
                        .layer(new FrozenLayer(new BatchNormalization()))
                        .layer(new DenseLayer.Builder().nOut(4).build()));
        new Contract(network, probe, fresh, "frozen layers").hold(ObjectiveOptions.DEFAULT);
        CompiledObjective objective = CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT);
        assertThat(objective.layout().trainable().stream().map(ParameterBlock::key))
                .containsExactly("0_W", "0_b", "3_W", "3_b", "4_W", "4_b");
        INDArray theta = objective.layout().pack(network.params());
        INDArray moved = network.params().dup();
        network.getParam("1_W").addi(0.1);
        assertThat(objective.evaluate(theta).loss())
                .as("the live network is not read again, " + seed)
                .isCloseTo(
                        objective
                                .withConstants(new ParameterSnapshot(1, 0, moved))
                                .evaluate(theta)
                                .loss(),
                        within(1e-14));
        Objective after = objective.withConstants(
                new ParameterSnapshot(1, 0, network.params().dup()));
        assertThat(after.evaluate(theta).loss())
                .as(seed)
                .isCloseTo(network.score(Converted.dataSet(probe), false), within(1e-10));
    }

    @Test
    void penaltiesArePartOfARegularizedObjective() {
        MultiLayerNetwork network = SmallArchitectures.finish(
                fresh,
                SmallArchitectures.builder(Activation.TANH)
                        .list()
                        .layer(new DenseLayer.Builder().nOut(6).l2(0.3).l1(0.02).build())
                        .layer(new DenseLayer.Builder().nOut(5).weightDecay(0.2).build()));
        new Contract(network, probe, fresh, "penalties").hold(ObjectiveOptions.DEFAULT.withRegularized(true));
    }

    @Test
    void otherProbesAreMeasuredWithTheSameProgram() {
        MultiLayerNetwork network = SmallArchitectures.mlp(fresh);
        Probe other = SmallArchitectures.probe(fresh, 9);
        CompiledObjective objective = CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT);
        INDArray theta = objective.layout().pack(network.params());
        assertThat(objective.withProbe(other).evaluate(theta).loss())
                .as(seed)
                .isCloseTo(network.score(Converted.dataSet(other), false), within(1e-12));
        Probe wrong = Probe.of(
                fresh.normal(DataType.DOUBLE, 4, 3), fresh.oneHot(DataType.DOUBLE, 4, SmallArchitectures.CLASSES));
        assertThatThrownBy(() -> objective.withProbe(wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[4, 3]");
    }

    @Test
    void coefficientsMayDifferBetweenFilters() {
        MultiLayerNetwork network = SmallArchitectures.leNet(fresh);
        CompiledObjective objective = CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT);
        INDArray theta = objective.layout().pack(network.params());
        INDArray direction = fresh.normal(DataType.DOUBLE, theta.length());
        Parameterization halves = new Parameterization() {
            @Override
            public List<INDArray> directions() {
                return List.of(direction);
            }

            @Override
            public boolean uniform() {
                return false;
            }

            @Override
            public double[][] coefficients(double[] point, ParameterBlock block) {
                double[] filters = new double[block.filters()];
                for (int i = 0; i < filters.length; i++) {
                    filters[i] = point[0] / (i + 1);
                }
                double[] ones = new double[filters.length];
                Arrays.fill(ones, 1);
                return new double[][] {ones, filters};
            }
        };
        INDArray moved = theta.dup();
        for (ParameterBlock block : objective.layout().trainable()) {
            INDArray step = block.of(direction).dup();
            block.scaleFilters(step, halves.coefficients(new double[] {0.4}, block)[1]);
            block.of(moved).addi(step);
        }
        try (Slice slice = objective.slice(theta, halves)) {
            assertThat(slice.evaluate(new double[][] {{0.4}})[0].loss())
                    .as(seed)
                    .isCloseTo(objective.evaluate(moved).loss(), within(1e-12));
        }
    }

    @ParameterizedTest
    @EnumSource(ObjectiveMode.class)
    void gridPointsAllocateNothing(ObjectiveMode mode) {
        ObjectiveOptions options = ObjectiveOptions.DEFAULT.withMode(mode).withBatchSize(5);
        for (MultiLayerNetwork network :
                List.of(SmallArchitectures.vgg(fresh, false), SmallArchitectures.vgg(fresh, true))) {
            CompiledObjective objective = CompiledObjective.of(network, probe, options);
            INDArray theta = objective.layout().pack(network.params());
            INDArray direction = fresh.normal(DataType.DOUBLE, theta.length());
            try (Slice slice = objective.slice(theta, Parameterization.linear(direction))) {
                slice.evaluate(new double[][] {{0.5}});
                // Every buffer of ND4J takes a number from this counter; bytes in use would also tell of others'
                // garbage.
                long before = Nd4j.getDeallocatorService().nextValue();
                for (int i = 0; i < 200; i++) {
                    slice.evaluate(new double[][] {{0.001 * i}});
                }
                assertThat(Nd4j.getDeallocatorService().nextValue() - before)
                        .as("numbers taken, %s, %s", mode, seed)
                        .isEqualTo(1);
                direction.dup();
                assertThat(Nd4j.getDeallocatorService().nextValue() - before)
                        .as("an array that is made is counted")
                        .isGreaterThan(2);
            }
        }
    }

    @Test
    void whatIsNotCoveredIsNamed() {
        MultiLayerNetwork network = SmallArchitectures.finish(
                fresh,
                SmallArchitectures.builder(Activation.RELU)
                        .list()
                        .layer(new ConvolutionLayer.Builder(3, 3).nOut(2).build())
                        .layer(new DoublingLayer("brightness")));
        assertThatThrownBy(() -> CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT))
                .isInstanceOf(UnsupportedNetworkException.class)
                .hasMessageContaining("brightness")
                .hasMessageContaining("DoublingLayer");
        MultiLayerNetwork cubed = SmallArchitectures.finish(
                fresh,
                SmallArchitectures.builder(Activation.RELU)
                        .list()
                        .layer(new DenseLayer.Builder()
                                .nOut(3)
                                .activation(new OwnCube())
                                .name("third power")
                                .build()));
        assertThatThrownBy(() -> CompiledObjective.of(cubed, probe, ObjectiveOptions.DEFAULT))
                .isInstanceOf(UnsupportedNetworkException.class)
                .hasMessageContaining("third power");
    }

    /** A user's activation function. */
    private static final class OwnCube extends ActivationCube {

        private static final long serialVersionUID = 1;
    }

    private INDArray product(CompiledObjective objective, INDArray theta, INDArray direction) {
        try (CompiledHessian hessian = objective.hessianAt(theta)) {
            return hessian.multiply(direction);
        }
    }
}
