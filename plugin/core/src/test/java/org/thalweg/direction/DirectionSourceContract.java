package org.thalweg.direction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.direction.EigenvectorDirections.Ends;
import org.thalweg.krylov.InnerProducts;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.ParameterBlock;
import org.thalweg.objective.ParameterKind;
import org.thalweg.objective.Probe;
import org.thalweg.objective.compiled.CompiledObjective;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

/** What every kind of plane keeps to, on a small convolutional network with biases and BatchNorm. */
abstract class DirectionSourceContract {

    final long seed = Seeds.fresh(getClass().getSimpleName());
    final Random random = new Random(seed);
    final Objective objective = CompiledObjective.of(
            Networks.cnn(DataType.DOUBLE, seed, true),
            Probe.of(Networks.data(12, seed, 1, 8, 8)),
            ObjectiveOptions.DEFAULT);
    final INDArray theta = parameters();
    final INDArray previous = parameters();
    final DirectionContext context = new DirectionContext(objective, theta, Optional.of(previous), Optional.of(theta));

    /** A source of the kind, the same at every call. */
    abstract DirectionSource source();

    /** The kind around another source; empty for kinds that wrap none. */
    Optional<DirectionSource> around(DirectionSource inner) {
        return Optional.empty();
    }

    /** Parameters of the network, none of them zero. */
    final INDArray parameters() {
        return Networks.normal(random, objective.layout().parameters()).muli(0.3);
    }

    @Test
    void theSameViewpointGivesTheSameDirections() {
        INDArray before = theta.dup();
        DirectionPair pair = source().at(context);
        DirectionPair copy = new DirectionPair(pair.delta().dup(), pair.eta().dup(), pair.quantities());
        pair.close();
        DirectionSource source = source();
        for (int i = 0; i < 2; i++) {
            DirectionPair again = source.at(context);
            assertThat(bits(again.delta())).as("seed %d", seed).isEqualTo(bits(copy.delta()));
            assertThat(bits(again.eta())).as("seed %d", seed).isEqualTo(bits(copy.eta()));
            assertThat(again.quantities()).isEqualTo(copy.quantities());
            again.close();
        }
        assertThat(bits(theta)).as("seed %d", seed).isEqualTo(bits(before));
    }

    @Test
    void directionsAreVectorsOfTheParametersTypeAndSpanAPlane() {
        DirectionPair pair = source().at(context);
        for (INDArray direction : new INDArray[] {pair.delta(), pair.eta()}) {
            assertThat(direction.shape()).containsExactly(objective.layout().parameters());
            assertThat(direction.dataType()).isEqualTo(theta.dataType());
        }
        assertThat(Math.abs(pair.cosine())).as("seed %d", seed).isLessThan(0.999);
        assertThat(source().describe()).isNotBlank();
    }

    @Test
    void filterNormalizationGivesEveryFilterTheWeightsLength() {
        DirectionOptions options = DirectionOptions.DEFAULT.withNormalization(Normalization.FILTER);
        DirectionPair ignored = source().scaled(options).at(context);
        DirectionPair kept =
                source().scaled(options.withIgnoreBiasAndNorm(false)).at(context);
        for (ParameterBlock block : objective.layout().trainable()) {
            if (block.kind() == ParameterKind.WEIGHT) {
                expectSameLengths(block, ignored.delta());
                expectSameLengths(block, ignored.eta());
                expectSameLengths(block, kept.eta());
            } else {
                assertThat(block.of(ignored.delta()).norm2Number().doubleValue())
                        .as(block.key())
                        .isZero();
            }
        }
        assertThat(source().scaled(options).describe())
                .contains("filter normalization")
                .contains("ignored");
    }

    private void expectSameLengths(ParameterBlock block, INDArray direction) {
        int[] within = block.withinFilterAxes();
        double[] lengths = block.of(direction).norm2(within).dup('c').data().asDouble();
        double[] expected = block.of(theta).norm2(within).dup('c').data().asDouble();
        // The constant 1e-10 in the denominator, against filters of an eigenvector that may be as short as 1e-7.
        assertThat(lengths).as("%s, seed %d", block.key(), seed).containsExactly(expected, within(1e-3));
    }

    @Test
    void theFirstFramesScaleIsKept() {
        DirectionOptions options = DirectionOptions.DEFAULT.withScaleReference(ScaleReference.FIRST);
        ParameterBlock weights = objective.layout().trainable().stream()
                .filter(block -> block.kind() == ParameterKind.WEIGHT)
                .findFirst()
                .orElseThrow();
        INDArray later = theta.mul(3);
        DirectionSource source = source().scaled(options);
        DirectionPair pair =
                source.at(new DirectionContext(objective, later, Optional.of(previous), Optional.of(theta)));
        assertThat(source.usesFirstFrame()).isTrue();
        expectSameLengths(weights, pair.delta());
    }

    /** Also holds for wrapped sources, with and without a previous step, which decides which source is used. */
    @Test
    void aSourceSaysWhetherItUsesTheFirstFrame() {
        for (DirectionSource source : List.of(
                source(),
                around(random(ScaleReference.FIRST)).orElseGet(this::source),
                around(random(ScaleReference.CURRENT)).orElseGet(this::source))) {
            boolean differs = Stream.of(Optional.of(previous), Optional.<INDArray>empty())
                    .anyMatch(step -> differs(source, step));
            assertThat(source.usesFirstFrame()).as(source.describe()).isEqualTo(differs);
        }
        assertThat(around(random(ScaleReference.FIRST)).map(DirectionSource::usesFirstFrame))
                .isIn(Optional.empty(), Optional.of(true));
    }

    private DirectionSource random(ScaleReference reference) {
        return new RandomDirections(seed, DirectionOptions.DEFAULT.withScaleReference(reference));
    }

    private boolean differs(DirectionSource source, Optional<INDArray> step) {
        try {
            DirectionPair one = source.at(new DirectionContext(objective, theta, step, Optional.of(theta)));
            DirectionPair other = source.at(new DirectionContext(objective, theta, step, Optional.of(theta.mul(2))));
            return !Arrays.equals(bits(one.delta()), bits(other.delta()))
                    || !Arrays.equals(bits(one.eta()), bits(other.eta()));
        } catch (IllegalStateException needsAStep) {
            return false;
        }
    }

    @Test
    void aWrappedSourcesMemoryCounts() {
        DirectionSource inner = new EigenvectorDirections(Ends.LARGEST_TWO);
        around(inner).ifPresent(source -> assertThat(source.workingVectors()).isEqualTo(inner.workingVectors()));
    }

    @Test
    void orthogonalizingKeepsThePlane() {
        DirectionPair pair = source().at(context);
        DirectionPair orthogonal = source().orthogonalized().at(context);
        // delta may be as much longer than eta as parameters are many, so its rest in eta is seen at that scale.
        assertThat(orthogonal.cosine()).as("seed %d", seed).isCloseTo(0, within(1e-12));
        assertThat(bits(orthogonal.delta())).isEqualTo(bits(pair.delta()));
        INDArray moved = pair.eta().sub(orthogonal.eta());
        double along = InnerProducts.dot(moved, pair.delta()) / InnerProducts.dot(pair.delta(), pair.delta());
        assertThat(InnerProducts.norm(moved.sub(pair.delta().mul(along))))
                .as("seed %d", seed)
                .isCloseTo(0, within(1e-12 * InnerProducts.norm(pair.eta())));
    }

    static double[] bits(INDArray array) {
        return array.dup().data().asDouble();
    }
}
