package org.thalweg.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.thalweg.krylov.EigenPair;
import org.thalweg.krylov.LanczosResult;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.krylov.TraceEstimate;
import org.thalweg.krylov.TraceOptions;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.compiled.CompiledObjective;
import org.thalweg.testing.Networks;
import org.thalweg.testing.QuadraticObjective;
import org.thalweg.testing.Seeds;

/** Layers, Gauss-Newton matrix and reference of a network, against its matrices written out. */
class NetworkCurvatureTest {

    private static final CurvatureOptions OPTIONS = CurvatureOptions.DEFAULT
            .withEigenvalues(2)
            .withLayers(true)
            .withGaussNewton(true)
            .withReference(true)
            .withTrace(TraceOptions.DEFAULT.withSamples(100));

    private final long seed = Seeds.fresh("NetworkCurvatureTest");

    @Test
    void layersAndGaussNewtonAreThoseOfTheMatricesWrittenOut() {
        CompiledObjective objective = objective(DataType.DOUBLE);
        INDArray theta = theta(objective);
        INDArray hessian;
        INDArray gaussNewton;
        try (LinearOperator open = objective.hessianAt(theta)) {
            hessian = open.multiply(Nd4j.eye(theta.length()).castTo(DataType.DOUBLE));
        }
        try (LinearOperator open = objective.gaussNewtonAt(theta).orElseThrow()) {
            gaussNewton = open.multiply(Nd4j.eye(theta.length()).castTo(DataType.DOUBLE));
        }
        try (CurvatureReport report = Curvature.report(objective, theta, OPTIONS)) {
            assertThat(report.absent()).as("seed %d", seed).isEmpty();
            // Three dense layers, 6 -> 8 -> 5 -> 3, weights and biases one after the other.
            int[] ends = {0, 6 * 8 + 8, 6 * 8 + 8 + 8 * 5 + 5, (int) theta.length()};
            assertThat(report.layers()).extracting(LayerReport::layer).containsExactly("layer0", "layer1", "layer2");
            for (int i = 0; i < 3; i++) {
                LayerReport layer = report.layers().get(i);
                INDArray block = hessian.get(
                        NDArrayIndex.interval(ends[i], ends[i + 1]), NDArrayIndex.interval(ends[i], ends[i + 1]));
                double[] values = eigenvalues(block);
                assertThat(layer.parameters()).isEqualTo(ends[i + 1] - ends[i]);
                assertClose(layer.largest(), values[values.length - 1]);
                assertClose(layer.smallest(), values[0]);
                assertTrace(layer.trace().orElseThrow(), Arrays.stream(values).sum());
            }
            GaussNewtonReport found = report.gaussNewton().orElseThrow();
            double[] values = eigenvalues(gaussNewton);
            assertThat(values[0])
                    .as("a convex loss's is not negative, seed %d", seed)
                    .isGreaterThan(-1e-9);
            assertClose(found.largest(), values[values.length - 1]);
            assertTrace(found.trace().orElseThrow(), Arrays.stream(values).sum());
            INDArray top = Objects.requireNonNull(report.largest().get(0).vector());
            assertThat(found.share())
                    .as("seed %d", seed)
                    .isCloseTo(
                            top.mul(gaussNewton.mmul(top)).sumNumber().doubleValue()
                                    / report.largest().get(0).value(),
                            within(1e-9));
        }
        objective.close();
    }

    @Test
    void singlePrecisionIsAsGoodAsItsReference() {
        CompiledObjective objective = objective(DataType.FLOAT);
        try (CurvatureReport report = Curvature.report(objective, theta(objective), OPTIONS)) {
            LanczosResult reference = report.reference().orElseThrow();
            List<EigenPair> precise = reference.largest();
            for (int i = 0; i < precise.size(); i++) {
                assertThat(report.largest().get(i).value())
                        .as("seed %d", seed)
                        .isCloseTo(
                                precise.get(i).value(),
                                within(1e-3 * precise.get(0).value()));
            }
        }
        objective.close();
    }

    @Test
    void whatAnObjectiveDoesNotKnowIsAbsent() {
        QuadraticObjective quadratic = new QuadraticObjective(Nd4j.createFromArray(3.0, 2.0, -1.0));
        CurvatureReport report = Curvature.report(quadratic, Nd4j.ones(DataType.DOUBLE, 3), OPTIONS);
        assertThat(report.absent()).containsOnlyKeys("gauss_newton", "reference");
        assertThat(report.layers()).hasSize(1);
        CurvatureReport kink = Curvature.report(
                new QuadraticObjective(Nd4j.createFromArray(3.0, 2.0), Optional.of("kink")),
                Nd4j.ones(DataType.DOUBLE, 2),
                OPTIONS);
        assertThat(kink.absent())
                .containsOnlyKeys("layers", "gauss_newton", "reference", "trace")
                .containsValue("kink");
    }

    private CompiledObjective objective(DataType type) {
        Probe probe = Probe.of(Networks.data(20, seed, 6));
        return CompiledObjective.of(Networks.mlp(type, seed), probe, ObjectiveOptions.DEFAULT);
    }

    private INDArray theta(CompiledObjective objective) {
        return objective.layout().pack(Networks.mlp(objective.dataType(), seed).params());
    }

    /** Ascending. */
    private static double[] eigenvalues(INDArray matrix) {
        INDArray symmetric = matrix.add(matrix.transpose()).muli(0.5);
        double[] values =
                new EigenDecomposition(new Array2DRowRealMatrix(symmetric.toDoubleMatrix())).getRealEigenvalues();
        Arrays.sort(values);
        return values;
    }

    private void assertClose(EigenPair pair, double expected) {
        assertThat(pair.value()).as("seed %d", seed).isCloseTo(expected, within(pair.residual() + 1e-9));
    }

    /** Six standard errors: of a hundred samples that is one run in a hundred million. */
    private void assertTrace(TraceEstimate trace, double expected) {
        assertThat(trace.value()).as("seed %d", seed).isCloseTo(expected, within(6 * trace.standardError() + 1e-9));
    }
}
