package org.thalweg.direction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.thalweg.objective.NetworkLayout;
import org.thalweg.objective.ParameterBlock;
import org.thalweg.objective.ParameterKind;
import org.thalweg.objective.ParameterLayout;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

class RandomDirectionsTest {

    private final long seed = Seeds.fresh("RandomDirectionsTest");
    private final MultiLayerNetwork network = Networks.cnn(DataType.FLOAT, seed, true);
    private final ParameterLayout layout = NetworkLayout.of(network);
    private final INDArray theta = layout.pack(network.params());

    @Test
    void everyFilterHasTheNormOfItsWeights() {
        INDArray delta = pair(DirectionOptions.DEFAULT).delta();
        for (ParameterBlock block : layout.trainable()) {
            if (block.kind() != ParameterKind.WEIGHT) {
                continue;
            }
            int axis = block.filterAxes()[0];
            for (int filter = 0; filter < block.filters(); filter++) {
                assertThat(filterNorm(block.of(delta), axis, filter))
                        .as(block.key() + " filter " + filter + ", seed " + seed)
                        .isCloseTo(filterNorm(block.of(theta), axis, filter), within(1e-5));
            }
        }
    }

    @Test
    void layerNormalizationKeepsTheNormOfEachArrayAndTheShapeOfTheDraw() {
        INDArray layer = pair(DirectionOptions.DEFAULT.withNormalization(Normalization.LAYER))
                .delta();
        INDArray drawn = pair(DirectionOptions.DEFAULT.withNormalization(Normalization.NONE))
                .delta();
        for (ParameterBlock block : weights()) {
            double norm = block.of(theta).norm2Number().doubleValue();
            assertThat(block.of(layer).norm2Number().doubleValue()).isCloseTo(norm, within(1e-5 * norm));
            double scale = norm / block.of(drawn).norm2Number().doubleValue();
            assertThat(block.of(layer).equalsWithEps(block.of(drawn).mul(scale), 1e-5))
                    .isTrue();
        }
    }

    @Test
    void weightNormalizationMultipliesByTheWeights() {
        INDArray weight = pair(DirectionOptions.DEFAULT.withNormalization(Normalization.WEIGHT))
                .delta();
        INDArray drawn = pair(DirectionOptions.DEFAULT.withNormalization(Normalization.NONE))
                .delta();
        for (ParameterBlock block : weights()) {
            assertThat(block.of(weight).dup('c'))
                    .isEqualTo(block.of(drawn).mul(block.of(theta)).dup('c'));
        }
    }

    @ParameterizedTest
    @EnumSource(Normalization.class)
    void biasesAndNormParametersStayPutOrMoveAlongThemselves(Normalization normalization) {
        theta.addi(0.1);
        DirectionOptions options = DirectionOptions.DEFAULT.withNormalization(normalization);
        INDArray ignored = pair(options).delta();
        INDArray kept = pair(options.withIgnoreBiasAndNorm(false)).delta();
        for (ParameterBlock block : layout.trainable()) {
            if (block.kind() != ParameterKind.WEIGHT) {
                assertThat(block.of(ignored).norm2Number().doubleValue()).isZero();
                assertThat(block.of(kept)).isEqualTo(block.of(theta));
            }
        }
    }

    @Test
    void drawsAreStandardNormalAndDifferByAxisAndSeedOnly() {
        DirectionOptions options = DirectionOptions.DEFAULT.withNormalization(Normalization.NONE);
        ParameterLayout large = ParameterLayout.single(200_000);
        INDArray at = Nd4j.ones(DataType.FLOAT, 200_000);
        DirectionPair pair = new RandomDirections(seed, options).at(large, at);
        // Mean and variance of 200,000 standard normal draws: five standard errors.
        assertThat(pair.delta().castTo(DataType.DOUBLE).meanNumber().doubleValue())
                .isCloseTo(0, within(5 / Math.sqrt(2e5)));
        assertThat(pair.delta().castTo(DataType.DOUBLE).norm2Number().doubleValue() / Math.sqrt(2e5))
                .isCloseTo(1, within(5 / Math.sqrt(4e5)));
        assertThat(pair.cosine()).isCloseTo(0, within(5 / Math.sqrt(2e5)));
        assertThat(new RandomDirections(seed, options).at(large, at).eta()).isEqualTo(pair.eta());
        assertThat(new RandomDirections(seed + 1, options).at(large, at).delta())
                .isNotEqualTo(pair.delta());
    }

    @Test
    void thePackingDoesNotChangeTheDirection() {
        ParameterBlock block = layout.trainable().stream()
                .filter(b -> b.key().equals("0_W"))
                .findFirst()
                .orElseThrow();
        ParameterLayout plain = new ParameterLayout(List.of(moved(block.packedAs(block.packedAxes(), 0))));
        ParameterLayout permuted = new ParameterLayout(List.of(moved(block.packedAs(new int[] {2, 3, 1, 0}, 0))));
        INDArray flat = Networks.normal(new Random(seed), block.length());
        INDArray a = new RandomDirections(seed, DirectionOptions.DEFAULT)
                .at(plain, plain.pack(flat))
                .delta();
        INDArray b = new RandomDirections(seed, DirectionOptions.DEFAULT)
                .at(permuted, permuted.pack(flat))
                .delta();
        assertThat(permuted.blocks().get(0).of(b).dup('c'))
                .isEqualTo(plain.blocks().get(0).of(a).dup('c'));
    }

    @Test
    void prunedWeightsStayZeroAndTheScaleFollowsTheWeights() {
        layout.trainable().get(1).of(theta).muli(0);
        ParameterBlock pruned = layout.trainable().get(1);
        INDArray delta = pair(DirectionOptions.DEFAULT.withKeepPruned(true)).delta();
        assertThat(pruned.of(delta).norm2Number().doubleValue()).isZero();

        INDArray before = pair(DirectionOptions.DEFAULT).delta();
        theta.muli(3);
        assertThat(pair(DirectionOptions.DEFAULT).delta().norm2Number().doubleValue())
                .isCloseTo(3 * before.norm2Number().doubleValue(), within(1e-4));
    }

    private List<ParameterBlock> weights() {
        return layout.trainable().stream()
                .filter(block -> block.kind() == ParameterKind.WEIGHT)
                .toList();
    }

    private DirectionPair pair(DirectionOptions options) {
        return new RandomDirections(seed, options).at(layout, theta);
    }

    private static ParameterBlock moved(ParameterBlock block) {
        return new ParameterBlock(
                block.key(),
                block.layer(),
                block.kind(),
                true,
                block.shape(),
                0,
                block.flatOrder(),
                block.filterAxes(),
                block.packedAxes(),
                0);
    }

    private static double filterNorm(INDArray array, int axis, int filter) {
        INDArrayIndex[] index = new INDArrayIndex[array.rank()];
        Arrays.fill(index, NDArrayIndex.all());
        index[axis] = NDArrayIndex.point(filter);
        return array.get(index).castTo(DataType.DOUBLE).norm2Number().doubleValue();
    }
}
