package org.thalweg.direction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.ParameterBlock;
import org.thalweg.objective.Parameterization;
import org.thalweg.objective.Probe;
import org.thalweg.objective.Slice;
import org.thalweg.objective.compiled.CompiledObjective;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

/** Points of the bent planes against vectors that are put together filter by filter, as the definitions say. */
class FilterInterpolationTest {

    private final long seed = Seeds.fresh("FilterInterpolationTest");
    private final Random random = new Random(seed);
    private final Objective objective = CompiledObjective.of(
            Networks.cnn(DataType.DOUBLE, seed, true),
            Probe.of(Networks.data(9, seed, 1, 8, 8)),
            ObjectiveOptions.DEFAULT);
    private final INDArray theta = vector();
    private final INDArray first = vector();
    private final INDArray second = vector();
    private final double alpha = random.nextDouble();
    private final double beta = random.nextDouble();

    private INDArray vector() {
        return Networks.normal(random, objective.layout().parameters()).muli(0.4);
    }

    @Test
    void doubleLinear() {
        INDArray bent = restored(theta.mul(1 - alpha).addi(first.mul(alpha)));
        expect(
                new DoubleLinear(objective.layout(), theta, first, second),
                bent.muli(1 - beta).addi(second.mul(beta)));
    }

    @Test
    void barycentric() {
        INDArray one = restored(theta.mul(1 - alpha).addi(first.mul(alpha)));
        INDArray two = restored(theta.mul(1 - beta).addi(second.mul(beta)));
        expect(
                new Barycentric(objective.layout(), theta, first, second),
                one.muli(alpha).addi(two.muli(1 - beta)));
    }

    private void expect(Parameterization plane, INDArray point) {
        try (Slice slice = objective.slice(theta, plane)) {
            assertThat(slice.evaluate(new double[][] {{alpha, beta}})[0].loss())
                    .as("(%s, %s), seed %d", alpha, beta, seed)
                    .isCloseTo(objective.evaluate(point).loss(), within(1e-10));
            assertThat(slice.evaluate(new double[][] {{0, 0}})[0].loss())
                    .as("theta itself, seed %d", seed)
                    .isEqualTo(objective.evaluate(theta).loss());
        }
    }

    /** Every filter as long as theta's, number by number. */
    private INDArray restored(INDArray point) {
        for (ParameterBlock block : objective.layout().trainable()) {
            INDArray target = block.of(point);
            INDArray weights = block.of(theta);
            double[] squares = new double[block.filters()];
            double[] wanted = new double[block.filters()];
            eachEntry(block, (filter, index) -> {
                squares[filter] += Math.pow(target.getDouble(index), 2);
                wanted[filter] += Math.pow(weights.getDouble(index), 2);
            });
            eachEntry(
                    block,
                    (filter, index) -> target.putScalar(
                            index, target.getDouble(index) * Math.sqrt(wanted[filter] / squares[filter])));
        }
        return point;
    }

    private interface Entry {
        void visit(int filter, long[] index);
    }

    private static void eachEntry(ParameterBlock block, Entry entry) {
        long[] shape = block.shape();
        for (long i = 0; i < block.length(); i++) {
            long[] index = new long[shape.length];
            long rest = i;
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                index[axis] = rest % shape[axis];
                rest /= shape[axis];
            }
            int filter = 0;
            for (int axis : block.filterAxes()) {
                filter = (int) (filter * shape[axis] + index[axis]);
            }
            entry.visit(filter, index);
        }
    }

    @Test
    void aFilterThatIsZeroStaysFinite() {
        INDArray zero = theta.mul(0);
        DoubleLinear plane = new DoubleLinear(objective.layout(), zero, zero, second);
        for (ParameterBlock block : objective.layout().trainable()) {
            for (double[] row : plane.coefficients(new double[] {alpha, beta}, block)) {
                assertThat(row).doesNotContain(Double.NaN);
            }
        }
        assertThatThrownBy(() -> new DoubleLinear(objective.layout(), theta, first, Nd4j.ones(3)))
                .hasMessageContaining("got 3");
    }
}
