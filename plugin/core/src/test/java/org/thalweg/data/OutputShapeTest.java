package org.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** What labels a loss can be held against. */
class OutputShapeTest {

    private static final ILossFunction BITS = new LossBinaryXENT();

    /** The cross entropy of a bit and a label of 2 has no lower bound. */
    @Test
    void bitsHaveLabelsFrom0To1() throws IOException {
        INDArray classes = Nd4j.createFromArray(0.0, 1.0, 2.0);
        assertThatThrownBy(() -> OutputShape.of(1, BITS).fit(classes, "c.csv"))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("c.csv", "got 2.0 for example 2");
        assertThat(OutputShape.of(1, new LossMSE()).fit(classes, "c.csv").shape())
                .containsExactly(3, 1);
        assertThat(OutputShape.of(3, BITS).fit(classes, "c.csv"))
                .isEqualTo(Nd4j.eye(3).castTo(classes.dataType()));
        INDArray soft = Nd4j.createFromArray(new double[][] {{0.2, 1}, {0, -0.1}});
        assertThatThrownBy(() -> OutputShape.of(2, BITS).fit(soft, "soft.npz"))
                .hasMessageContainingAll("soft.npz", "got -0.1 for example 1");
    }
}
