package org.thalweg.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.krylov.EigenPair;
import org.thalweg.krylov.InnerProducts;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.krylov.TraceOptions;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.ObjectiveParts;
import org.thalweg.objective.Probe;
import org.thalweg.objective.ProbePart;
import org.thalweg.objective.compiled.CompiledObjective;
import org.thalweg.testing.Networks;
import org.thalweg.testing.SampledQuadratic;
import org.thalweg.testing.Seeds;

/** Sampling errors and the spread of gradients, in closed form and on networks whose batches are evaluated one by one. */
class SamplingErrorsTest {

    private static final int P = 12;

    private final long seed = Seeds.fresh("SamplingErrorsTest");
    private final Random random = new Random(seed);
    private final INDArray theta = Networks.normal(random, P);

    @Test
    void errorsOfAQuadraticAreThoseOfItsWeights() {
        INDArray diagonal = Networks.normal(random, P).muli(3);
        Probe probe = SampledQuadratic.probe(random, 16 * 7, P);
        Probe held = SampledQuadratic.probe(random, 50, P);
        SampledQuadratic objective = SampledQuadratic.on(diagonal, probe);
        SampledQuadratic validation = SampledQuadratic.on(diagonal, held);
        CurvatureOptions options = CurvatureOptions.DEFAULT.withEigenvalues(2).withTrace(new TraceOptions(0, 2, seed));
        CurvatureReport report = Curvature.report(
                objective, theta, new FrameProbes(Optional.of(probe), Optional.of(validation)), options);
        double error = SamplingErrors.standardError(batchWeights(objective, probe));
        double weight = objective.weights().meanNumber().doubleValue();
        double heldWeight = validation.weights().meanNumber().doubleValue();
        SamplingErrors errors = report.samplingErrors().orElseThrow();
        double[] along = report.validationCurvatures().orElseThrow();
        List<EigenPair> largest = report.largest();
        for (int i = 0; i < 2; i++) {
            double curvature = largest.get(i).value() / weight;
            assertThat(errors.eigenvalues()[i])
                    .as("seed %d", seed)
                    .isCloseTo(Math.abs(curvature) * error, within(1e-4 * Math.abs(curvature)));
            assertThat(along[i])
                    .as("seed %d", seed)
                    .isCloseTo(curvature * heldWeight, within(1e-4 * Math.abs(curvature)));
        }
        assertThat(errors.trace().orElseThrow())
                .as("seed %d", seed)
                .isCloseTo(
                        Math.abs(diagonal.sumNumber().doubleValue()) * error,
                        within(1e-9 * diagonal.norm1Number().doubleValue()));
        assertThat(report.absent()).isEmpty();
        report.close();
    }

    private static double[] batchWeights(SampledQuadratic objective, Probe probe) {
        try (FrameObjectives objectives = new FrameObjectives(objective, FrameProbes.of(probe))) {
            return objectives.batches().parts().stream()
                    .mapToDouble(part -> Arrays.stream(part.examples())
                            .mapToDouble(objective.weights()::getDouble)
                            .average()
                            .orElseThrow())
                    .toArray();
        }
    }

    @Test
    void errorsOfANetworkAreThoseOfBatchesOneByOne() {
        MultiLayerNetwork network = Networks.cnn(DataType.DOUBLE, seed, false);
        Probe probe = Probe.of(Networks.data(37, seed, 1, 8, 8));
        CompiledObjective objective = CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT);
        INDArray at = objective.layout().pack(network.params());
        try (FrameObjectives objectives = new FrameObjectives(objective, FrameProbes.of(probe));
                CurvatureReport report = Curvature.report(
                        objective,
                        at,
                        FrameProbes.of(probe),
                        CurvatureOptions.DEFAULT.with(CurvatureOperator.BATCHES, EIGENVALUES))) {
            List<ProbePart> parts = objectives.batches().parts();
            INDArray v = Objects.requireNonNull(report.lambdaMax().orElseThrow().vector());
            double[] forms = parts.stream()
                    .mapToDouble(part -> form(objective.withProbe(probe.select(part.examples())), at, v))
                    .toArray();
            assertThat(report.samplingErrors().orElseThrow().eigenvalues()[0])
                    .as("seed %d", seed)
                    .isCloseTo(SamplingErrors.standardError(forms), within(1e-10));
            // As a matrix, the mean over batches is the Hessian itself.
            assertThat(report.find("batches", EIGENVALUES)
                            .orElseThrow()
                            .largest()
                            .get(0)
                            .value())
                    .as("seed %d", seed)
                    .isCloseTo(report.lambdaMax().orElseThrow().value(), within(1e-5));
        }
    }

    private static final ExtremeEigenvalues EIGENVALUES = CurvatureOptions.DEFAULT.eigenvalues();

    private static double form(Objective batch, INDArray at, INDArray v) {
        try (LinearOperator hessian = batch.hessianAt(at)) {
            return InnerProducts.dot(v, hessian.multiply(v));
        }
    }

    @Test
    void noiseIsTheFormulaOfItsGradients() {
        INDArray diagonal = Networks.normal(random, P);
        Probe probe = SampledQuadratic.probe(random, 4 * 5, P);
        SampledQuadratic objective = SampledQuadratic.on(diagonal, probe);
        List<ProbePart> parts = ProbePart.random(probe, 4, seed);
        double batches = 0;
        INDArray whole = objective.gradient(theta);
        INDArray[] gradients = new INDArray[4];
        for (int b = 0; b < 4; b++) {
            gradients[b] =
                    objective.withProbe(probe.select(parts.get(b).examples())).gradient(theta);
            batches += InnerProducts.dot(gradients[b], gradients[b]) / 4;
        }
        double all = InnerProducts.dot(whole, whole);
        double ratio = 0;
        for (int j = 0; j < P; j++) {
            double variance = 0;
            for (INDArray gradient : gradients) {
                variance += Math.pow(gradient.getDouble(j) - whole.getDouble(j), 2) / 3;
            }
            // The variance of single examples is five times that of batches; (4 - 3) / (4 - 1) is the correction.
            ratio += Math.pow(whole.getDouble(j), 2) / (5 * variance) / 3 / P;
        }
        try (ObjectiveParts of = objective.parts(probe, parts)) {
            GradientNoise noise = GradientNoise.of(of, theta);
            assertThat(noise.squaredNorm()).as("seed %d", seed).isCloseTo((20 * all - 5 * batches) / 15, within(1e-9));
            assertThat(noise.trace())
                    .as("seed %d", seed)
                    .isCloseTo((batches - all) / (1.0 / 5 - 1.0 / 20), within(1e-9));
            assertThat(noise.signalToNoise()).as("seed %d", seed).isCloseTo(ratio - 1.0 / 20, within(1e-9));
        }
    }

    /** Of standard normal examples, the covariance of gradients is known; estimates scatter around it. */
    @Test
    void noiseIsWithoutBias() {
        int repetitions = 400;
        double[] norms = new double[repetitions];
        double[] traces = new double[repetitions];
        double[] ratios = new double[repetitions];
        INDArray diagonal = Networks.normal(random, P);
        INDArray here = theta.mul(0.3);
        for (int i = 0; i < repetitions; i++) {
            Probe probe = SampledQuadratic.probe(random, 64, P);
            probe.labels().get(0).assign(1);
            try (FrameObjectives objectives =
                    new FrameObjectives(SampledQuadratic.on(diagonal, probe), FrameProbes.of(probe))) {
                GradientNoise noise = GradientNoise.of(objectives.batches(), here);
                norms[i] = noise.squaredNorm();
                traces[i] = noise.trace();
                ratios[i] = noise.signalToNoise();
            }
        }
        INDArray gradient = here.mul(diagonal);
        scatters(norms, InnerProducts.dot(gradient, gradient));
        scatters(traces, InnerProducts.dot(diagonal, diagonal));
        scatters(ratios, InnerProducts.dot(here, here) / P);
    }

    private void scatters(double[] values, double truth) {
        double mean = Arrays.stream(values).average().orElseThrow();
        // Five standard errors: one of two million normal means lies outside.
        assertThat(mean).as("seed %d", seed).isCloseTo(truth, within(5 * SamplingErrors.standardError(values)));
    }

    @Test
    void whatHasNoIndependentExamplesSaysSo() {
        Probe probe = Probe.of(Networks.data(40, seed, 1, 8, 8));
        MultiLayerNetwork network = Networks.cnn(DataType.DOUBLE, seed, true);
        CompiledObjective objective =
                CompiledObjective.of(network, probe, ObjectiveOptions.DEFAULT.withMode(ObjectiveMode.BATCH));
        INDArray at = objective.layout().pack(network.params());
        try (CurvatureReport report =
                Curvature.report(objective, at, FrameProbes.of(probe), CurvatureOptions.DEFAULT)) {
            assertThat(report.absent())
                    .containsEntry("batches.sampling_errors", "batch statistics: examples depend on each other");
        }
        Probe few = Probe.of(Networks.data(15, seed, 1, 8, 8));
        CompiledObjective running =
                CompiledObjective.of(Networks.cnn(DataType.DOUBLE, seed, false), few, ObjectiveOptions.DEFAULT);
        try (CurvatureReport report = Curvature.report(
                running,
                running.layout().pack(Networks.cnn(DataType.DOUBLE, seed, false).params()),
                FrameProbes.of(few),
                CurvatureOptions.DEFAULT)) {
            assertThat(report.absent().get("batches.sampling_errors")).startsWith("probe: its 15 examples are too few");
        }
    }
}
