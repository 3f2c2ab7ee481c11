package org.thalweg.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.curvature.Curvature;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.curvature.CurvatureReport;
import org.thalweg.curvature.TrainingState;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.Frame;
import org.thalweg.krylov.EigenPair;
import org.thalweg.krylov.EigenvalueQuery;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.krylov.Nd4jOperator;
import org.thalweg.krylov.TraceOptions;
import org.thalweg.metrics.FrameMetrics;
import org.thalweg.objective.ObjectiveValue;
import org.thalweg.objective.ParameterLayout;
import org.thalweg.objective.ParameterSnapshot;
import org.thalweg.surface.Grid;
import org.thalweg.testing.KnownObjective;
import org.thalweg.testing.Networks;
import org.thalweg.testing.QuadraticObjective;
import org.thalweg.testing.Seeds;

/** A user's objective with a mistake in its Hessian: the frame says so, and none of its eigenvalues claims to be one. */
class UnsymmetricHessianTest {

    private static final int PARAMETERS = 80;

    /** Far above rounding, and far below what nearly all random vectors see. */
    private static final double UNSYMMETRIC = 1e-7;

    private static final String ASYMMETRIC = "asymmetric";

    private final long seed = Seeds.fresh("UnsymmetricHessianTest");
    private final Random random = new Random(seed);
    private final INDArray theta = Networks.normal(random, PARAMETERS);
    private final INDArray symmetric = symmetric();

    /** As large as the symmetric part, so that the self-check, about 1/sqrt(P), is far above rounding. */
    private final INDArray unsymmetric = symmetric.add(Networks.normal(random, PARAMETERS, PARAMETERS));

    @Test
    void theReportSaysSo() {
        try (CurvatureReport wrong = report(unsymmetric);
                CurvatureReport right = report(symmetric)) {
            assertThat(right.asymmetry()).as("seed %d", seed).isLessThan(1e-13);
            assertThat(right.largest()).as("seed %d", seed).allMatch(EigenPair::converged);
            assertThat(wrong.asymmetry()).as("seed %d", seed).isGreaterThan(UNSYMMETRIC);
            assertThat(wrong.reason().orElseThrow()).as("seed %d", seed).startsWith(ASYMMETRIC);
            assertThat(wrong.largest()).isEmpty();
            assertThat(wrong.absent().get("trace")).startsWith(ASYMMETRIC);
        }
    }

    @Test
    void theFrameAndItsMetersSaySo() {
        Frame frame = frame(unsymmetric);
        CurvatureValues curvature = frame.curvature();
        assertThat(curvature.asymmetry()).as("seed %d", seed).isGreaterThan(UNSYMMETRIC);
        assertThat(curvature.reason().orElseThrow()).as("seed %d", seed).startsWith(ASYMMETRIC);
        assertThat(curvature.trace()).isEmpty();
        assertThat(frame.quantities().keySet())
                .as("quantities of eigenvalues, seed %d", seed)
                .doesNotContain("eigenvalue_ratio", "gradient_top_share", "gradient_curvature");
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (FrameMetrics metrics = new FrameMetrics(registry, "run")) {
            metrics.frame(frame);
            assertThat(registry.get("thalweg.hessian.asymmetry").gauge().value())
                    .isEqualTo(curvature.asymmetry());
            assertThat(registry.find("thalweg.hessian.converged").gauges()).isEmpty();
            assertThat(registry.get("thalweg.curvature.absent.frames")
                            .tag("reason", ASYMMETRIC)
                            .counter()
                            .count())
                    .isEqualTo(1);
        }
    }

    private INDArray symmetric() {
        INDArray half = Networks.normal(random, PARAMETERS, PARAMETERS);
        return half.add(half.transpose());
    }

    private static CurvatureOptions options() {
        return CurvatureOptions.DEFAULT
                .withEigenvalues(EigenvalueQuery.ofEachEnd(1))
                .withTrace(TraceOptions.DEFAULT);
    }

    private CurvatureReport report(INDArray matrix) {
        return Curvature.report(new Claimed(matrix), theta, options());
    }

    private Frame frame(INDArray matrix) {
        AnalysisOptions analysis = AnalysisOptions.DEFAULT
                .withGrid(Grid.square(3, 1))
                .withSeed(seed)
                .withCurvature(options());
        return new FrameAnalysis(new Claimed(matrix), null, analysis)
                .analyze(new ParameterSnapshot(0, 0, theta), TrainingState.UNKNOWN, () -> false);
    }

    /**
     * theta^T theta / 2, with any matrix for its Hessian.
     *
     * @param matrix {@code [P, P]}
     */
    private record Claimed(INDArray matrix) implements KnownObjective {

        @Override
        public String name() {
            return "claimed";
        }

        @Override
        public ParameterLayout layout() {
            return ParameterLayout.single(matrix.size(0));
        }

        @Override
        public DataType dataType() {
            return matrix.dataType();
        }

        @Override
        public ObjectiveValue evaluate(INDArray theta) {
            return identity().evaluate(theta);
        }

        @Override
        public INDArray gradient(INDArray theta) {
            return identity().gradient(theta);
        }

        private QuadraticObjective identity() {
            return new QuadraticObjective(Nd4j.ones(dataType(), matrix.size(0)));
        }

        @Override
        public LinearOperator hessianAt(INDArray theta) {
            INDArray claimed = matrix;
            return new Nd4jOperator() {
                @Override
                public long dimension() {
                    return claimed.size(0);
                }

                @Override
                public DataType dataType() {
                    return claimed.dataType();
                }

                @Override
                public INDArray multiply(INDArray vectors) {
                    return Nd4jOperator.eachRow(
                            vectors,
                            vector -> claimed.mmul(vector.reshape(vector.length(), 1))
                                    .reshape(vector.length()));
                }
            };
        }
    }
}
