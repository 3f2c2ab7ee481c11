package org.thalweg.objective.compiled;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.deeplearning4j.nn.api.Model;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.objective.Hessian;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ParameterBlock;
import org.thalweg.objective.Probe;

/** The compiled objective against PyTorch's automatic differentiation. */
class FixtureTest {

    /** Relative error of a mean over a few terms in single precision. */
    private static final double FLOAT_LOSS = 1e-5;
    /** Second derivatives in single precision: a few hundred roundings of 6e-8, and cancellation. */
    private static final double FLOAT_PRODUCT = 1e-3;

    @ParameterizedTest
    @MethodSource("org.thalweg.objective.compiled.Fixture#all")
    void lossAndAccuracyInDoublePrecision(Fixture fixture) {
        try (Compiled compiled = Compiled.of(fixture, DataType.DOUBLE)) {
            var value = compiled.objective.evaluate(compiled.theta);
            assertThat(value.loss())
                    .as("loss of %s", fixture)
                    .isCloseTo(fixture.loss(), within(fixture.tolerance() * Math.abs(fixture.loss())));
            fixture.accuracy()
                    .ifPresent(accuracy -> assertThat(value.accuracyOrNaN())
                            .as("accuracy of %s", fixture)
                            .isCloseTo(accuracy, within(1e-9)));
        }
    }

    @ParameterizedTest
    @MethodSource("org.thalweg.objective.compiled.Fixture#all")
    void gradientInDoublePrecision(Fixture fixture) {
        try (Compiled compiled = Compiled.of(fixture, DataType.DOUBLE)) {
            double[] gradient = compiled.flatten(compiled.objective.gradient(compiled.theta));
            assertThat(FixtureSemanticsTest.distance(gradient, fixture.flatten(fixture.gradient())))
                    .as("gradient of %s", fixture)
                    .isLessThan(10 * fixture.tolerance());
        }
    }

    @ParameterizedTest
    @MethodSource("org.thalweg.objective.compiled.Fixture#all")
    void hessianProductInDoublePrecision(Fixture fixture) {
        assertThat(productError(fixture, DataType.DOUBLE))
                .as("Hessian-vector product of %s", fixture)
                .isLessThan(10 * fixture.tolerance());
    }

    @ParameterizedTest
    @MethodSource("org.thalweg.objective.compiled.Fixture#all")
    void extremeEigenvaluesInDoublePrecision(Fixture fixture) {
        assumeTrue(fixture.eigenvalues().length == 2, "the network is too large for its dense Hessian");
        double scale = Arrays.stream(fixture.eigenvalues()).map(Math::abs).max().orElseThrow();
        assertThat(extremeEigenvalues(fixture))
                .as("smallest and largest eigenvalue of %s", fixture)
                .containsExactly(fixture.eigenvalues(), within(10 * fixture.tolerance() * scale));
    }

    @ParameterizedTest
    @MethodSource("org.thalweg.objective.compiled.Fixture#all")
    void singlePrecision(Fixture fixture) {
        try (Compiled compiled = Compiled.of(fixture, DataType.FLOAT)) {
            assertThat(compiled.objective.evaluate(compiled.theta).loss())
                    .as("loss of %s", fixture)
                    .isCloseTo(fixture.loss(), within(FLOAT_LOSS * Math.abs(fixture.loss())));
        }
        assertThat(productError(fixture, DataType.FLOAT))
                .as("Hessian-vector product of %s", fixture)
                .isLessThan(FLOAT_PRODUCT);
    }

    private static double productError(Fixture fixture, DataType type) {
        try (Compiled compiled = Compiled.of(fixture, type);
                Hessian hessian = compiled.objective.hessianAt(compiled.theta)) {
            double[] product = compiled.flatten(hessian.multiply(compiled.pack(fixture.vector())));
            return FixtureSemanticsTest.distance(product, fixture.flatten(fixture.product()));
        }
    }

    private static double[] extremeEigenvalues(Fixture fixture) {
        try (Compiled compiled = Compiled.of(fixture, DataType.DOUBLE);
                Hessian hessian = compiled.objective.hessianAt(compiled.theta)) {
            INDArray dense = hessian.multiply(Nd4j.eye(hessian.dimension()).castTo(DataType.DOUBLE));
            RealMatrix matrix = new Array2DRowRealMatrix(dense.toDoubleMatrix());
            double[] values =
                    new EigenDecomposition(matrix.add(matrix.transpose()).scalarMultiply(0.5)).getRealEigenvalues();
            return new double[] {
                Arrays.stream(values).min().orElseThrow(),
                Arrays.stream(values).max().orElseThrow()
            };
        }
    }

    /** A fixture's objective at its weights. */
    private record Compiled(Fixture fixture, Objective objective, INDArray theta) implements AutoCloseable {

        static Compiled of(Fixture fixture, DataType type) {
            Model model = FixtureNetwork.of(fixture, type);
            MultiDataSet data = fixture.data();
            Objective objective = CompiledObjective.of(
                    model,
                    Probe.of(new MultiDataSet(
                            cast(data.getFeatures(), type),
                            cast(data.getLabels(), type),
                            null,
                            data.getLabelsMaskArrays() == null ? null : cast(data.getLabelsMaskArrays(), type))),
                    fixture.options());
            return new Compiled(fixture, objective, objective.layout().pack(model.params()));
        }

        INDArray pack(Map<String, INDArray> arrays) {
            INDArray packed = theta.ulike();
            for (ParameterBlock block : objective.layout().trainable()) {
                INDArray target = block.of(packed);
                target.assign(requireNonNull(arrays.get(block.key()), block.key())
                        .castTo(target.dataType())
                        .reshape('c', target.shape()));
            }
            return packed;
        }

        double[] flatten(INDArray packed) {
            Map<String, INDArray> arrays = new LinkedHashMap<>();
            objective.layout().trainable().forEach(block -> arrays.put(block.key(), block.of(packed)));
            return fixture.flatten(arrays);
        }

        private static INDArray[] cast(INDArray[] arrays, DataType type) {
            return Arrays.stream(arrays)
                    .map(array -> array == null ? null : array.castTo(type))
                    .toArray(INDArray[]::new);
        }

        @Override
        public void close() {
            objective.close();
        }
    }
}
