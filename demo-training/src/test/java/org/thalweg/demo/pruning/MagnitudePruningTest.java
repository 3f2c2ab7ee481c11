package org.thalweg.demo.pruning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

class MagnitudePruningTest {

    private final long seed = Seeds.fresh("MagnitudePruningTest");

    @Test
    void theSmallestWeightsOfAllLayersGo() {
        MultiLayerNetwork network = Networks.mlp(DataType.FLOAT, seed);
        int weights = 6 * 8 + 8 * 5 + 5 * 3;
        MultiLayerNetwork pruned = new MagnitudePruning(60).of(network);
        assertThat(MagnitudePruning.left(pruned)).as("seed %d", seed).isEqualTo(weights - weights * 60 / 100);
        double largestGone = 0;
        double smallestLeft = Double.POSITIVE_INFINITY;
        for (String key : new String[] {"0_W", "1_W", "2_W"}) {
            for (long i = 0; i < network.getParam(key).length(); i++) {
                double size = Math.abs(network.getParam(key).getDouble(i));
                if (pruned.getParam(key).getDouble(i) == 0) {
                    largestGone = Math.max(largestGone, size);
                } else {
                    smallestLeft = Math.min(smallestLeft, size);
                    assertThat(pruned.getParam(key).getDouble(i))
                            .isEqualTo(network.getParam(key).getDouble(i));
                }
            }
        }
        assertThat(largestGone).as("seed %d", seed).isLessThan(smallestLeft);
        assertThat(new MagnitudePruning(0).of(network).params()).isEqualTo(network.params());
        assertThatThrownBy(() -> new MagnitudePruning(100)).hasMessageContaining("0 to 99 percent, got 100");
    }
}
