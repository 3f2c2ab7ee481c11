package org.thalweg.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.curvature.CurvatureEstimator;
import org.thalweg.curvature.CurvatureOperator;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.curvature.CurvaturePoint;
import org.thalweg.curvature.NamedOperator;
import org.thalweg.curvature.TraceEstimation;
import org.thalweg.curvature.TrainingState;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.Estimate;
import org.thalweg.frame.EstimateValues;
import org.thalweg.frame.Frame;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.krylov.TraceOptions;
import org.thalweg.metrics.FrameMetrics;
import org.thalweg.objective.ParameterSnapshot;
import org.thalweg.recording.RunReader;
import org.thalweg.recording.RunRecorder;
import org.thalweg.surface.Grid;
import org.thalweg.testing.QuadraticObjective;
import org.thalweg.testing.RandomFrames;
import org.thalweg.testing.Seeds;

/** A new matrix and a new question are a class each: their answers are in frames, files, tables and meters. */
class NewRequestTest {

    private static final int N = 30;

    private final long seed = Seeds.fresh("NewRequestTest");
    private final Random random = new Random(seed);

    /** H^2, whose eigenvalues are squares. */
    private static final class Squared implements CurvatureOperator {

        @Override
        public String name() {
            return "squared";
        }

        @Override
        public boolean sharesHessian() {
            return true;
        }

        @Override
        public List<NamedOperator> at(CurvaturePoint point) {
            LinearOperator hessian = point.hessian();
            return List.of(new NamedOperator(
                    name(),
                    LinearOperator.of(
                            hessian.dimension(),
                            hessian.dataType(),
                            vector -> hessian.multiply(hessian.multiply(vector)))));
        }
    }

    /** The matrix's own sum of elements, u^T A u for u of ones. */
    private static final class SumOfElements implements CurvatureEstimator<Double> {

        @Override
        public String name() {
            return "sum_of_elements";
        }

        @Override
        public Double estimate(NamedOperator operator, CurvaturePoint point) {
            INDArray ones =
                    Nd4j.ones(operator.matrix().dataType(), operator.matrix().dimension());
            return operator.matrix().multiply(ones).sumNumber().doubleValue();
        }

        @Override
        public EstimateValues values(Double sum) {
            return new EstimateValues(Map.of("value", sum), Map.of("elements", new double[] {sum}));
        }

        @Override
        public long products(Double sum) {
            return 1;
        }
    }

    @Test
    void aNewMatrixAndANewQuestionAreAClassEach(@TempDir Path folder) throws Exception {
        INDArray diagonal = Nd4j.rand(DataType.DOUBLE, N).addi(1);
        INDArray theta = Nd4j.createFromArray(random.doubles(N, -1, 1).toArray());
        CurvatureOptions options = CurvatureOptions.DEFAULT
                .withEigenvalues(1)
                .with(new Squared(), new TraceEstimation(new TraceOptions(0, 2, seed)))
                .with(new Squared(), new SumOfElements())
                .with(CurvatureOperator.HESSIAN, new SumOfElements())
                .with(CurvatureOperator.LAYERS, new SumOfElements())
                .with(CurvatureOperator.GAUSS_NEWTON, new SumOfElements());
        Frame frame = new FrameAnalysis(
                        new QuadraticObjective(diagonal),
                        null,
                        AnalysisOptions.DEFAULT
                                .withGrid(Grid.square(3, 1))
                                .withQuantities(List.of())
                                .withCurvature(options))
                .analyze(new ParameterSnapshot(4, 0, theta), TrainingState.UNKNOWN, () -> false);
        double sum = diagonal.sumNumber().doubleValue();
        double squares = diagonal.mul(diagonal).sumNumber().doubleValue();
        CurvatureValues curvature = frame.curvature();
        assertThat(curvature.estimateNumbers())
                .as("seed %d", seed)
                .containsKeys("squared.trace.standard_error", "squared.trace.products")
                .hasEntrySatisfying("squared.trace.value", value -> close(value, squares))
                .hasEntrySatisfying("squared.sum_of_elements.value", value -> close(value, squares))
                .hasEntrySatisfying("hessian.sum_of_elements.value", value -> close(value, sum));
        assertThat(curvature.estimates())
                .anyMatch(estimate -> estimate.operator().startsWith("layer:"));
        assertThat(curvature.absent()).hasSize(1).containsKey("gauss_newton.sum_of_elements");

        read(frame, folder);
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (FrameMetrics metrics = new FrameMetrics(registry, "run")) {
            metrics.frame(frame);
            assertThat(registry.get("thalweg.estimate")
                            .tags("operator", "squared", "estimator", "sum_of_elements", "name", "value")
                            .gauge()
                            .value())
                    .as("seed %d", seed)
                    .isCloseTo(squares, within(1e-9));
        }
    }

    /** The file has them, the table has a column for each, and files without them have not changed. */
    private void read(Frame frame, Path folder) throws Exception {
        try (RunRecorder recorder = new RunRecorder(folder.resolve("run"))) {
            recorder.start(new RandomFrames(random).provenance("run"));
            recorder.frame(frame);
        }
        Frame again = RunReader.open(folder.resolve("run")).frame(4);
        assertThat(again.curvature().estimateNumbers())
                .isEqualTo(frame.curvature().estimateNumbers());
        Estimate sum = again.curvature().estimates().stream()
                .filter(estimate -> estimate.estimator().equals("sum_of_elements"))
                .findFirst()
                .orElseThrow();
        assertThat(sum.values().arrays().get("elements")).hasSize(1);
        List<String> table = Files.readAllLines(folder.resolve("run/metrics.csv"));
        assertThat(table.get(0).split(",")).contains("squared.sum_of_elements.value");
    }

    private void close(double value, double expected) {
        assertThat(value).as("seed %d", seed).isCloseTo(expected, within(1e-9));
    }
}
