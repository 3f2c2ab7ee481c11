package org.thalweg.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.krylov.ConvergenceInfo;
import org.thalweg.krylov.EigenPair;
import org.thalweg.krylov.EigenvalueQuery;
import org.thalweg.krylov.KrylovBudget;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.krylov.SpectralDensity;
import org.thalweg.krylov.SpectralDensityOptions;
import org.thalweg.krylov.SymmetryCheck;
import org.thalweg.krylov.TraceEstimate;
import org.thalweg.krylov.TraceEstimator;
import org.thalweg.krylov.TraceOptions;
import org.thalweg.objective.HessianMethod;
import org.thalweg.testing.QuadraticObjective;

/** Eigenvalues of objectives whose Hessian is known, and every reason for their absence. */
class CurvatureTest {

    private static final CurvatureOptions OPTIONS = CurvatureOptions.DEFAULT;

    @Test
    void reportsBothEndsWithTheirErrors() {
        // Eigenvalues 1000 * 0.97^i: the ends are 1000, 970, ... and next to nothing, less a few negative ones.
        int n = 600;
        INDArray diagonal = Nd4j.create(DataType.DOUBLE, n);
        for (int i = 0; i < n; i++) {
            diagonal.putScalar(i, i < 4 ? -10.0 * (i + 1) : 1000 * Math.pow(0.97, i - 4));
        }
        CurvatureOptions options = OPTIONS.withEigenvalues(4)
                .withEigenvalues(EigenvalueQuery.ofEachEnd(4).withEigenvectors(true));
        try (CurvatureReport report = report(diagonal, Optional.empty(), options)) {
            assertThat(report.reason()).isEmpty();
            assertThat(report.method()).isEqualTo(HessianMethod.EXACT);
            assertThat(report.asymmetry()).isLessThan(1e-12);
            assertThat(report.convergence().map(ConvergenceInfo::products))
                    .hasValue((int) report.products() - SymmetryCheck.PRODUCTS);
            for (int i = 0; i < 4; i++) {
                assertClose(report.largest().get(i), 1000 * Math.pow(0.97, i));
                assertClose(report.smallest().get(i), -10 * (i + 1));
            }
        }
    }

    @Test
    void aModelMayHaveFewerParametersThanEigenvaluesAskedFor() {
        CurvatureReport report = report(Nd4j.createFromArray(3f, -1f), Optional.empty(), OPTIONS);
        assertThat(report.largest()).hasSize(2);
        assertThat(report.smallest()).hasSize(2);
        assertThat(report.largest().get(0).value()).isCloseTo(3, within(1e-5));
        assertThat(report.smallest().get(1).value()).isCloseTo(-1, within(1e-5));
    }

    @Test
    void eigenvaluesThatCannotBeTrustedAreAbsent() {
        CurvatureReport report = report(Nd4j.ones(DataType.FLOAT, 50), Optional.of("kink"), OPTIONS);
        assertAbsent(report, "kink");
        assertThat(report.products()).isZero();
    }

    @Test
    void divergedParametersOrProductsHaveNoEigenvalues() {
        INDArray diagonal = Nd4j.ones(DataType.FLOAT, 50);
        diagonal.putScalar(7, Float.POSITIVE_INFINITY);
        assertAbsent(report(diagonal, Optional.empty(), OPTIONS), CurvatureReport.DIVERGED);

        INDArray theta = Nd4j.ones(DataType.FLOAT, 50).putScalar(3, Float.NaN);
        QuadraticObjective objective = new QuadraticObjective(Nd4j.ones(DataType.FLOAT, 50));
        assertAbsent(Curvature.report(objective, theta, OPTIONS), CurvatureReport.DIVERGED);
    }

    @Test
    void aBasisThatDoesNotFitIsNotTried() {
        CurvatureOptions options = OPTIONS.withBudget(KrylovBudget.DEFAULT.withMemory(1000));
        CurvatureReport report = report(Nd4j.ones(DataType.FLOAT, 500), Optional.empty(), options);
        assertThat(report.reason().orElseThrow()).startsWith("memory: ").contains("500 parameters", "1000");
        assertThat(report.largest()).isEmpty();
    }

    @Test
    void traceAndDensityComeWithTheirErrors() {
        int n = 400;
        INDArray diagonal = Nd4j.linspace(DataType.DOUBLE, -1, 0.01, n);
        double trace = diagonal.sumNumber().doubleValue();
        CurvatureOptions options =
                OPTIONS.withTrace(TraceOptions.DEFAULT).withDensity(SpectralDensityOptions.DEFAULT.withSteps(30));
        CurvatureReport report = report(diagonal, Optional.empty(), options);
        TraceEstimate estimate = report.trace().orElseThrow();
        SpectralDensity density = report.density().orElseThrow();
        // Probes of elements +1 and -1 see a diagonal's trace without error.
        assertThat(estimate.value()).isCloseTo(trace, within(5 * estimate.standardError() + 1e-9 * n));
        assertThat(density.mean()).isCloseTo(trace / n, within(5 * density.meanStandardError() + 1e-9));
        double spacing = density.lambda()[1] - density.lambda()[0];
        assertThat(Arrays.stream(density.density()).sum() * spacing).isCloseTo(1, within(1e-12));
        assertThat(report.products())
                .as("products of eigenvalues and self-check alone")
                .isEqualTo(report.convergence().orElseThrow().products() + SymmetryCheck.PRODUCTS);
    }

    @Test
    void traceAndDensityThatCannotBeHadAreAbsentWithTheirReason() {
        CurvatureOptions options = OPTIONS.withTrace(TraceOptions.DEFAULT).withDensity(SpectralDensityOptions.DEFAULT);
        INDArray diagonal = Nd4j.ones(DataType.FLOAT, 5000);
        assertThat(report(diagonal, Optional.of("kink"), options).absent())
                .containsOnly(Map.entry("trace", "kink"), Map.entry("density", "kink"));
        KrylovBudget little = KrylovBudget.DEFAULT.withMemory(1 << 20);
        CurvatureReport report = report(diagonal, Optional.empty(), options.withBudget(little));
        assertThat(report.reason()).isEmpty();
        assertThat(report.trace()).isPresent();
        assertThat(report.absent()).containsOnlyKeys("density");
        assertThat(report.absent().get("density")).startsWith("memory: ").contains("1048576");
        diagonal.putScalar(7, Float.NaN);
        assertThat(report(diagonal, Optional.empty(), options).absent())
                .containsOnly(Map.entry("trace", "diverged"), Map.entry("density", "diverged"));
    }

    @Test
    void blocksOfVectorsCountAsManyProducts() {
        INDArray diagonal = Nd4j.createFromArray(1.0, 2.0, 4.0);
        try (LinearOperator hessian = new QuadraticObjective(diagonal).hessianAt(diagonal)) {
            TraceEstimate trace = TraceEstimator.hutchinson(hessian, 5, 1);
            assertThat(trace.value()).isCloseTo(7, within(1e-12));
            assertThat(trace.products()).isEqualTo(5);
        }
    }

    private static CurvatureReport report(INDArray diagonal, Optional<String> defect, CurvatureOptions options) {
        return Curvature.report(
                new QuadraticObjective(diagonal, defect), Nd4j.zeros(diagonal.dataType(), diagonal.length()), options);
    }

    private static void assertClose(EigenPair pair, double expected) {
        assertThat(pair.converged()).isTrue();
        assertThat(pair.value()).isCloseTo(expected, within(pair.residual() + 1e-9));
        assertThat(pair.residual()).isLessThanOrEqualTo(1e-3 * Math.abs(pair.value()));
    }

    private static void assertAbsent(CurvatureReport report, String reason) {
        assertThat(report.reason()).hasValue(reason);
        assertThat(report.largest()).isEmpty();
        assertThat(report.smallest()).isEmpty();
    }
}
