package org.thalweg.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

class ParameterLayoutTest {

    private final long seed = Seeds.fresh("ParameterLayoutTest");

    @Test
    void everyArrayOfTheNetworkIsFoundAtItsPlace() {
        for (MultiLayerNetwork network : new MultiLayerNetwork[] {
            Networks.mlp(DataType.FLOAT, seed),
            Networks.cnn(DataType.DOUBLE, seed, true),
            Networks.lstm(DataType.FLOAT, seed)
        }) {
            ParameterLayout layout = NetworkLayout.of(network);
            assertThat(layout.blocks())
                    .extracting(ParameterBlock::key)
                    .containsExactlyInAnyOrderElementsOf(network.paramTable().keySet());
            for (ParameterBlock block : layout.blocks()) {
                assertThat(block.ofFlat(network.params())).isEqualTo(network.getParam(block.key()));
            }
        }
    }

    @Test
    void packingAndUnpackingGiveTheNetworkBackAndLeaveStatisticsAlone() {
        MultiLayerNetwork network = Networks.cnn(DataType.DOUBLE, seed, true);
        ParameterLayout layout = NetworkLayout.of(network);
        INDArray flat = Networks.normal(new Random(seed), network.numParams());
        INDArray packed = layout.pack(flat);
        assertThat(packed.length()).isEqualTo(network.numParams() - 2 * 4);

        INDArray target = Nd4j.zeros(DataType.DOUBLE, flat.length());
        layout.unpack(packed, target);
        for (ParameterBlock block : layout.blocks()) {
            INDArray expected = block.kind() == ParameterKind.STATISTIC
                    ? Nd4j.zeros(DataType.DOUBLE, block.shape())
                    : block.ofFlat(flat);
            assertThat(block.ofFlat(target)).isEqualTo(expected);
        }
    }

    @Test
    void aPermutedPackingShowsTheNetworksShapeAndKeepsTheNorm() {
        INDArray flat = Networks.normal(new Random(seed), 3 * 4 * 5);
        ParameterBlock block = new ParameterBlock(
                "w",
                "w",
                ParameterKind.WEIGHT,
                true,
                new long[] {3, 4, 5},
                0,
                'c',
                new int[] {0},
                new int[] {1, 2, 0},
                0);
        ParameterLayout layout = new ParameterLayout(List.of(block));
        INDArray packed = layout.pack(flat);
        assertThat(block.of(packed).dup('c')).isEqualTo(flat.reshape('c', 3, 4, 5));
        assertThat(packed)
                .isEqualTo(flat.reshape('c', 3, 4, 5).permute(1, 2, 0).dup('c').reshape(60));
    }

    @Test
    void filtersAreColumnsOfDenseAndOutputMapsOfConvolutionWeights() {
        ParameterLayout dense = NetworkLayout.of(Networks.mlp(DataType.FLOAT, seed));
        assertThat(block(dense, "0_W").filters()).isEqualTo(8);
        assertThat(block(dense, "0_W").filterAxes()).containsExactly(1);
        ParameterLayout convolution = NetworkLayout.of(Networks.cnn(DataType.FLOAT, seed, true));
        assertThat(block(convolution, "0_W").filterAxes()).containsExactly(0);
        assertThat(block(convolution, "0_b").kind()).isEqualTo(ParameterKind.BIAS);
        assertThat(block(convolution, "1_gamma").kind()).isEqualTo(ParameterKind.NORM);
        assertThat(block(convolution, "1_mean").kind()).isEqualTo(ParameterKind.STATISTIC);
    }

    @Test
    void frozenLayersAreConstants() {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(DataType.FLOAT, seed)
                .list()
                .layer(new FrozenLayer(new DenseLayer.Builder().nIn(4).nOut(3).build()))
                .layer(new OutputLayer.Builder().nIn(3).nOut(2).build())
                .build());
        network.init();
        ParameterLayout layout = NetworkLayout.of(network);
        assertThat(layout.parameters()).isEqualTo(8);
        assertThatThrownBy(() -> block(layout, "0_W").of(Nd4j.zeros(8))).hasMessageContaining("0_W");
    }

    @Test
    void aVectorOfAnotherNetworkIsRefused() {
        ParameterLayout layout = NetworkLayout.of(Networks.mlp(DataType.FLOAT, seed));
        assertThatThrownBy(() -> layout.pack(Nd4j.zeros(7)))
                .hasMessageContaining("got 7")
                .hasMessageContaining("another network");
    }

    private static ParameterBlock block(ParameterLayout layout, String key) {
        return layout.blocks().stream()
                .filter(block -> block.key().equals(key))
                .findFirst()
                .orElseThrow();
    }
}
