package org.thalweg.demo.batchnorm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.testing.Networks;
import org.thalweg.testing.QuadraticObjective;
import org.thalweg.testing.Seeds;

/** On theta^T D theta / 2, where the gradient after a step of size h is (I - h D) g. */
class AlongGradientTest {

    private final long seed = Seeds.fresh("AlongGradientTest");

    @Test
    void ofAQuadraticIsKnown() {
        INDArray theta = Networks.normal(new Random(seed), 4);
        INDArray diagonal = Nd4j.createFromArray(0.5, 1, 2, 4.0);
        double rate = 0.01;
        double[] moments = new double[4];
        for (int i = 0; i < 4; i++) {
            double d = diagonal.getDouble(i);
            double g = d * theta.getDouble(i);
            for (int power = 0; power < 4; power++) {
                moments[power] += g * g * Math.pow(d, power);
            }
        }
        AlongGradient found = AlongGradient.at(new QuadraticObjective(diagonal), theta, rate);
        assertThat(found.gradientChange())
                .as("4 steps of ||D g||, seed %d", seed)
                .isCloseTo(4 * rate * Math.sqrt(moments[2]), within(1e-12));
        assertThat(found.smoothness()).as("seed %d", seed).isCloseTo(Math.sqrt(moments[2] / moments[0]), within(1e-9));
        // The loss falls by h g^T g - h^2 g^T D g / 2, most on the longest of these short steps.
        double range = (4 - 0.5) * rate * moments[0] - (16 - 0.25) * rate * rate * moments[1] / 2;
        assertThat(found.lossRange()).as("seed %d", seed).isCloseTo(range, within(1e-12));
    }
}
