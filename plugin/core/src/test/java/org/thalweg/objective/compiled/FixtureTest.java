package org.thalweg.objective.compiled;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.thalweg.objective.compiled.FixtureSemanticsTest.distance;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
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
import org.thalweg.objective.ObjectiveValue;
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
    void doublePrecision(Fixture fixture) {
        try (Compiled compiled = Compiled.of(fixture, DataType.DOUBLE)) {
            ObjectiveValue value = compiled.objective.evaluate(compiled.theta);
            assertThat(value.loss())
                    .as("loss of %s", fixture)
                    .isCloseTo(fixture.loss(), within(fixture.tolerance() * Math.abs(fixture.loss())));
            fixture.accuracy()
                    .ifPresent(accuracy -> assertThat(value.accuracyOrNaN())
                            .as("accuracy of %s", fixture)
                            .isCloseTo(accuracy, within(1e-9)));
            assertThat(distance(compiled.gradient(), fixture.flatten(fixture.gradient())))
                    .as("gradient of %s", fixture)
                    .isLessThan(10 * fixture.tolerance());
            assertThat(distance(compiled.product(), fixture.flatten(fixture.product())))
                    .as("Hessian-vector product of %s", fixture)
                    .isLessThan(10 * fixture.tolerance());
        }
    }

    @ParameterizedTest
    @MethodSource("org.thalweg.objective.compiled.Fixture#all")
    void singlePrecision(Fixture fixture) {
        try (Compiled compiled = Compiled.of(fixture, DataType.FLOAT)) {
            assertThat(compiled.objective.evaluate(compiled.theta).loss())
                    .as("loss of %s", fixture)
                    .isCloseTo(fixture.loss(), within(FLOAT_LOSS * Math.abs(fixture.loss())));
            assertThat(distance(compiled.product(), fixture.flatten(fixture.product())))
                    .as("Hessian-vector product of %s", fixture)
                    .isLessThan(FLOAT_PRODUCT);
        }
    }

    /** Those small enough for a dense Hessian. */
    static Stream<Fixture> dense() {
        return Fixture.all().filter(fixture -> fixture.eigenvalues().length == 2);
    }

    @ParameterizedTest
    @MethodSource("dense")
    void extremeEigenvalues(Fixture fixture) {
        double scale = Arrays.stream(fixture.eigenvalues()).map(Math::abs).max().orElseThrow();
        try (Compiled compiled = Compiled.of(fixture, DataType.DOUBLE)) {
            double[] values = new EigenDecomposition(compiled.denseHessian()).getRealEigenvalues();
            Arrays.sort(values);
            assertThat(new double[] {values[0], values[values.length - 1]})
                    .as("smallest and largest eigenvalue of %s", fixture)
                    .containsExactly(fixture.eigenvalues(), within(10 * fixture.tolerance() * scale));
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

        double[] gradient() {
            return flatten(objective.gradient(theta));
        }

        double[] product() {
            try (Hessian hessian = objective.hessianAt(theta)) {
                return flatten(hessian.multiply(pack(fixture.vector())));
            }
        }

        /** Products with all unit vectors, made exactly symmetric for the solver. */
        RealMatrix denseHessian() {
            try (Hessian hessian = objective.hessianAt(theta)) {
                INDArray unit = Nd4j.eye(hessian.dimension()).castTo(theta.dataType());
                RealMatrix rows =
                        new Array2DRowRealMatrix(hessian.multiply(unit).toDoubleMatrix());
                return rows.add(rows.transpose()).scalarMultiply(0.5);
            }
        }

        private INDArray pack(Map<String, INDArray> arrays) {
            INDArray packed = theta.ulike();
            for (ParameterBlock block : objective.layout().trainable()) {
                INDArray target = block.of(packed);
                target.assign(requireNonNull(arrays.get(block.key()), block.key())
                        .castTo(target.dataType())
                        .reshape('c', target.shape()));
            }
            return packed;
        }

        private double[] flatten(INDArray packed) {
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
