package org.thalweg.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Bad input is named, and budgets hold. */
class LanczosLimitsTest {

    private static final LanczosRun RUN = LanczosRun.DEFAULT.withoutVectors();

    @Test
    void namesTheOffendingValue() {
        assertRefused(() -> RUN.withEnds(-1, 5), "-1");
        assertRefused(() -> RUN.withEnds(0, 0), "0 largest");
        assertRefused(() -> run(diagonal(100), RUN.withBasisSize(10)), "at least 11", "got 10");
        assertRefused(() -> RUN.withBasisSize(1), "got 1");
        assertRefused(() -> RUN.withProducts(0), "got 0");
        assertRefused(() -> RUN.withTolerance(-1e-3, ToleranceRule.RELATIVE_TO_EACH), "-0.001");
        assertRefused(() -> RUN.withTolerance(Double.NaN, ToleranceRule.RELATIVE_TO_EACH), "NaN");
        assertRefused(() -> RUN.withMemory(0), "got 0");
        assertRefused(() -> RUN.withTime(Duration.ZERO), "PT0S");
    }

    @Test
    void refusesMoreEigenvaluesThanThereAre() {
        assertRefused(() -> run(diagonal(4), RUN), "dimension 4", "5 largest");
    }

    @Test
    void refusesOtherTypes() {
        assertRefused(() -> run(MatrixOperator.diagonal(DataType.INT32, new double[100]), RUN), "INT");
    }

    @Test
    void refusesStartsOfNoUse() {
        assertRefused(() -> from(Nd4j.zeros(DataType.DOUBLE, 3, 99)), "100", "[3, 99]");
        assertRefused(() -> from(Nd4j.zeros(DataType.DOUBLE, 100)), "0.0");
    }

    @Test
    void reportsProductsThatAreNotFinite() {
        LinearOperator breaksDown = new Nd4jOperator() {
            private int products;

            @Override
            public long dimension() {
                return 50;
            }

            @Override
            public DataType dataType() {
                return DataType.FLOAT;
            }

            @Override
            public INDArray multiply(INDArray vector) {
                products++;
                return vector.mul(products < 3 ? Nd4j.arange(50) : Nd4j.valueArrayOf(50, Float.NaN));
            }
        };
        assertThatThrownBy(() -> run(breaksDown, RUN))
                .isInstanceOf(NonFiniteProductException.class)
                .hasMessageContaining("product 3");
    }

    @Test
    void shrinksTheBasisToTheMemoryBudget() {
        int n = 1000;
        LanczosRun tight = RUN.withMemory(20L * n * Double.BYTES);
        LanczosResult result = run(diagonal(n), tight.withProducts(5000));
        assertThat(result.info().basisSize()).isEqualTo(17);
        assertThat(result.info().basisBytes())
                .isLessThanOrEqualTo(tight.budget().memory());
        assertThat(result.info().stop()).isEqualTo(StopReason.CONVERGED);
        assertRefused(() -> run(diagonal(n), RUN.withMemory(10L * n * Double.BYTES)), "80000", "at least 112000");
    }

    @Test
    void endsWithWhatItHasWhenABudgetIsSpent() {
        LanczosResult result = run(diagonal(1000), RUN.withProducts(7));
        assertThat(result.info().stop()).isEqualTo(StopReason.PRODUCTS);
        assertThat(result.info().products()).isEqualTo(7);
        assertThat(result.largest()).hasSize(4).noneMatch(EigenPair::converged);
        assertThat(result.smallest()).hasSize(3).noneMatch(EigenPair::converged);

        LanczosResult hurried = run(diagonal(1000), RUN.withTime(Duration.ofNanos(1)));
        assertThat(hurried.info().stop()).isEqualTo(StopReason.TIME);
        assertThat(hurried.info().products()).isEqualTo(1);
    }

    @Test
    void anUnsymmetricOperatorShowsInTheResiduals() {
        double[][] rotation = new double[40][40];
        for (int i = 0; i < 40; i++) {
            rotation[i][i] = i;
            rotation[i][(i + 1) % 40] = 5;
        }
        LanczosResult result = run(MatrixOperator.dense(DataType.DOUBLE, rotation), RUN.withProducts(100));
        assertThat(result.info().stop()).isEqualTo(StopReason.COMPLETE);
        assertThat(result.largest()).allMatch(pair -> pair.residual() > 1 && !pair.converged());
    }

    private static MatrixOperator diagonal(int n) {
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = Math.pow(0.9, i) - Math.pow(0.8, n - 1 - i);
        }
        return MatrixOperator.diagonal(DataType.DOUBLE, values);
    }

    private static LanczosResult run(LinearOperator operator, LanczosRun run) {
        return run.on(operator);
    }

    private static LanczosResult from(INDArray start) {
        return RUN.lanczos().run(diagonal(100), RUN.query(), RUN.budget(), start);
    }

    private static void assertRefused(ThrowingCallable call, String... parts) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll(parts);
    }
}
