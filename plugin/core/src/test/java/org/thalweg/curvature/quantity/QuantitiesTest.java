package org.thalweg.curvature.quantity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;
import org.thalweg.curvature.Available;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.curvature.CurvatureQuantity;
import org.thalweg.curvature.CurvatureReport;
import org.thalweg.curvature.CurvatureTracker;
import org.thalweg.curvature.FrameProbes;
import org.thalweg.curvature.SamplingErrors;
import org.thalweg.curvature.TrainingState;
import org.thalweg.curvature.UpdateRule;
import org.thalweg.krylov.KrylovBudget;
import org.thalweg.krylov.ToleranceRule;
import org.thalweg.objective.Parameterization;
import org.thalweg.objective.Probe;
import org.thalweg.objective.ProbePart;
import org.thalweg.testing.Networks;
import org.thalweg.testing.QuadraticObjective;
import org.thalweg.testing.SampledQuadratic;
import org.thalweg.testing.Seeds;

/** Every quantity on quadratics, where all of them are known, and every reason for their absence. */
class QuantitiesTest {

    private static final int N = 40;
    private static final int TOP = 3;
    private static final CurvatureOptions OPTIONS = CurvatureOptions.DEFAULT.withEigenvalues(TOP);

    private final long seed = Seeds.fresh("QuantitiesTest");
    private final Random random = new Random(seed);
    private final CurvatureTracker tracker = new CurvatureTracker(Optional.of(OPTIONS), CurvatureQuantity.all());

    /** 10, 9, 8 at the first places, -2 at the last, between -1 and 1 elsewhere. */
    private final INDArray diagonal = diagonal();

    private final QuadraticObjective objective = new QuadraticObjective(diagonal);
    private final INDArray theta = Networks.normal(random, N);
    private final INDArray before = Networks.normal(random, N);
    private final Set<String> checked = new TreeSet<>();

    private INDArray diagonal() {
        INDArray values = Nd4j.create(DataType.DOUBLE, N);
        for (int i = 0; i < N; i++) {
            values.putScalar(i, i < TOP ? 10 - i : i == N - 1 ? -2 : 2 * random.nextDouble() - 1);
        }
        return values;
    }

    @Test
    void everyQuantityIsItsFormula() {
        look(before, TrainingState.UNKNOWN);
        Map<String, Double> values = look(theta, training(new Sgd(0.1), 0.1)).quantities();
        INDArray gradient = theta.mul(diagonal);
        INDArray step = theta.sub(before);
        double squares = dot(gradient, gradient);
        double top = 0;
        for (int i = 0; i < TOP; i++) {
            top += gradient.getDouble(i) * gradient.getDouble(i);
        }
        // Eigenvalues are good to the square of their tolerance of 1e-3, eigenvectors to the tolerance over the gap.
        close(values, "eigenvalue_ratio", 0.2, 1e-5);
        close(values, "edge_of_stability", 0.1 * 10 / 2, 1e-5);
        close(values, "learning_rate", 0.1, 0);
        close(values, "gradient_norm", Math.sqrt(squares), 1e-12);
        close(values, "gradient_top_share", top / squares, 1e-4);
        close(values, "gradient_curvature", dot(gradient, gradient.mul(diagonal)) / squares, 1e-12);
        close(
                values,
                "preconditioned_gradient_curvature",
                0.1 / 2 * dot(gradient, gradient.mul(diagonal)) / squares,
                1e-12);
        close(values, "step_curvature", dot(step, step.mul(diagonal)) / dot(step, step), 1e-12);
        close(values, "eigenspace_overlap", 1, 1e-4);
        close(values, "parameter_norm", Math.sqrt(dot(theta, theta)), 1e-12);
        close(values, "distance_from_start", Math.sqrt(dot(step, step)), 1e-12);
        // On a quadratic the fitted parabola is the landscape: derivative m0 at the beginning, m0 plus the second
        // derivative at the end.
        double first = dot(before.mul(diagonal), step);
        double second = dot(step, step.mul(diagonal));
        close(values, "step_alpha", second < 0 ? -1 : -second / first - 1, 1e-6 * (1 + Math.abs(second / first)));
        double rise = 0.05 * Math.sqrt(squares) + 0.05 * 0.05 / 2 * dot(gradient, gradient.mul(diagonal)) / squares;
        close(values, "sam_rise", rise, 1e-10);
        close(values, "critical_step", CriticalStep.search(s -> s * first + s * s * second / 2), 1e-9);
        values = new TreeMap<>(values);
        values.putAll(ofExamples());
        assertThat(checked)
                .as("quantities whose formula is checked here, seed %d", seed)
                .containsExactlyInAnyOrderElementsOf(names())
                .containsExactlyInAnyOrderElementsOf(values.keySet());
    }

    /** The quantities that need batches or held-out examples. */
    private Map<String, Double> ofExamples() {
        Probe probe = SampledQuadratic.probe(random, 16 * 4, N);
        SampledQuadratic train = SampledQuadratic.on(diagonal, probe);
        SampledQuadratic held = SampledQuadratic.on(diagonal, SampledQuadratic.probe(random, 20, N));
        FrameProbes probes = new FrameProbes(Optional.of(probe), Optional.of(held));
        INDArray delta = Networks.normal(random, N);
        INDArray eta = Networks.normal(random, N);
        Optional<Parameterization> plane = Optional.of(Parameterization.linear(delta, eta));
        Map<String, Double> values =
                new TreeMap<>(tracker.look(train, theta, 1, training(new Sgd(0.1), 0.1), probes, plane)
                        .quantities());
        Set<String> already = Set.copyOf(checked);
        values.keySet().removeIf(already::contains);
        INDArray gradients = train.gradients(theta);
        double noise = 0;
        double norm = Math.pow(train.gradient(theta).norm2Number().doubleValue(), 2);
        for (ProbePart batch : ProbePart.random(probe, 16, 20410)) {
            INDArray mean = gradients.getRows(batch.examples()).mean(0);
            noise += dot(mean, mean) / 16;
        }
        double trace = (noise - norm) / (1.0 / 4 - 1.0 / 64);
        double unbiased = (64 * norm - 4 * noise) / 60;
        close(values, "gradient_noise_scale", trace / unbiased, 1e-9);
        close(values, "batch_size", 7, 0);
        INDArray ofBatches = Nd4j.vstack(ProbePart.random(probe, 16, 20410).stream()
                .map(batch -> gradients.getRows(batch.examples()).mean(0).reshape(1, N))
                .toArray(INDArray[]::new));
        INDArray means = ofBatches.mean(0);
        double ratios = means.mul(means).div(ofBatches.var(0)).meanNumber().doubleValue();
        close(values, "gradient_signal_to_noise", 13.0 / 15 * ratios / 4 - 1.0 / 64, 1e-9);
        double[] scales = new double[16];
        for (int b = 0; b < 16; b++) {
            INDArray others = means.mul(16).subi(ofBatches.getRow(b)).divi(15);
            double squares = 0;
            for (int other = 0; other < 16; other++) {
                squares += other == b ? 0 : dot(ofBatches.getRow(other), ofBatches.getRow(other)) / 15;
            }
            double ofMean = dot(others, others);
            scales[b] = (squares - ofMean) / (1.0 / 4 - 1.0 / 60) / ((60 * ofMean - 4 * squares) / 56);
        }
        close(values, "gradient_noise_scale_error", 15 * SamplingErrors.standardError(scales), 1e-7);
        double[] losses = ProbePart.random(probe, 16, 20410).stream()
                .mapToDouble(batch -> train.withProbe(probe.select(batch.examples()))
                        .evaluate(theta)
                        .loss())
                .toArray();
        close(values, "loss_standard_error", SamplingErrors.standardError(losses), 1e-12);
        INDArray step = theta.sub(before);
        double search =
                CriticalStep.search(s -> held.evaluate(before.add(step.mul(s))).loss());
        close(values, "validation_critical_step", search, 1e-12);
        INDArray slope = train.gradient(theta);
        INDArray bend = diagonal.mul(train.weights().meanNumber());
        close(values, "plane_slope_alpha", dot(slope, delta), 1e-12);
        close(values, "plane_slope_beta", dot(slope, eta), 1e-12);
        close(values, "plane_curvature_alpha", dot(delta.mul(bend), delta), 1e-12);
        close(values, "plane_curvature_alpha_beta", dot(delta.mul(bend), eta), 1e-12);
        close(values, "plane_curvature_beta", dot(eta.mul(bend), eta), 1e-12);
        // The frame before was at the same place, and the first one does not count.
        close(values, "averaged_frames", 2, 0);
        close(values, "averaged_loss", train.evaluate(theta).loss(), 1e-12);
        close(values, "averaged_validation_loss", held.evaluate(theta).loss(), 1e-12);
        close(values, "averaged_alpha", 0, 1e-12);
        close(values, "averaged_beta", 0, 1e-12);
        return values;
    }

    /** A plain mean of up to six frames, then an exponential one; its place on the plane by the normal equations. */
    @Test
    void averagesAreOfFramesAfterTheFirst() {
        INDArray delta = Networks.normal(random, N);
        INDArray eta = Networks.normal(random, N);
        INDArray mean = Nd4j.zeros(DataType.DOUBLE, N);
        for (int frame = 0; frame < 9; frame++) {
            INDArray here = Networks.normal(random, N);
            CurvatureReport report = tracker.look(
                    objective,
                    here,
                    1,
                    TrainingState.UNKNOWN,
                    FrameProbes.UNKNOWN,
                    Optional.of(Parameterization.linear(delta, eta)));
            if (frame == 0) {
                assertThat(report.absent()).containsEntry("averaged_loss", "first frame");
                continue;
            }
            mean.addi(here.sub(mean).divi(Math.min(6, frame)));
            Map<String, Double> values = report.quantities();
            close(values, "averaged_frames", Math.min(6, frame), 0);
            close(values, "averaged_loss", objective.evaluate(mean).loss(), 1e-12);
            INDArray way = mean.sub(here);
            double alpha = values.getOrDefault("averaged_alpha", Double.NaN);
            double beta = values.getOrDefault("averaged_beta", Double.NaN);
            INDArray rest = way.sub(delta.mul(alpha)).subi(eta.mul(beta));
            assertThat(dot(rest, delta)).as("seed %d", seed).isCloseTo(0, within(1e-9));
            assertThat(dot(rest, eta)).as("seed %d", seed).isCloseTo(0, within(1e-9));
        }
        // Parameters that are not finite leave the mean as it was.
        CurvatureReport diverged = look(theta.dup().putScalar(3, Double.NaN), TrainingState.UNKNOWN);
        assertThat(diverged.quantities()).doesNotContainKeys("averaged_frames", "averaged_loss");
        assertThat(diverged.absent())
                .containsEntry("averaged_frames", "diverged")
                .containsEntry("averaged_loss", "diverged");
        INDArray next = Networks.normal(random, N);
        mean.addi(next.sub(mean).divi(6));
        close(
                look(next, TrainingState.UNKNOWN).quantities(),
                "averaged_loss",
                objective.evaluate(mean).loss(),
                1e-12);
    }

    @Test
    void theCriticalStepIsTheFarSideOfTheValley() {
        double bottom = Math.exp(6 * random.nextDouble() - 3);
        assertThat(CriticalStep.search(s -> (s - bottom) * (s - bottom)))
                .as("seed %d", seed)
                .isCloseTo(2 * bottom, within(0.05 * 2 * bottom));
        assertThat(CriticalStep.search(s -> s > 3 ? Double.NaN : -s)).isCloseTo(3, within(0.15));
        assertThat(CriticalStep.search(s -> -s)).isEqualTo(1024);
        assertThat(CriticalStep.search(s -> s)).isZero();
    }

    @Test
    void quantitiesAreFoundUnderAnyContextClassLoader() {
        List<String> names = names();
        Thread thread = Thread.currentThread();
        ClassLoader own = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            assertThat(names()).isNotEmpty().isEqualTo(names);
        } finally {
            thread.setContextClassLoader(own);
        }
    }

    private static List<String> names() {
        return CurvatureQuantity.all().stream().map(CurvatureQuantity::name).toList();
    }

    @Test
    void alphaIsAPlaceInTheValley() {
        // f(s) = (s - 1)^2 and -(s - 1)^2 with the step's length the unit.
        assertThat(StepAlpha.alpha(1, -2, 0, 0)).isCloseTo(0, within(1e-15));
        assertThat(StepAlpha.alpha(0.25, -1, 0.25, 1)).isCloseTo(1, within(1e-15));
        assertThat(StepAlpha.alpha(-1, 2, 0, 0)).isEqualTo(-1);
        assertThat(StepAlpha.alpha(4, -4, 1, -2)).isCloseTo(-0.5, within(1e-15));
    }

    @Test
    void alphaIsTheLeastSquaresParabola() {
        double[] f = random.doubles(4, -1, 1).toArray();
        double second = Double.NaN;
        double first = Double.NaN;
        double least = Double.POSITIVE_INFINITY;
        // The normal equations against their purpose: no parabola nearby fits the four observations better.
        double w2 = (f[3] - f[1]) / 2;
        double w1 = (f[2] - f[0] + 2 * (f[1] + f[3])) / 5 - w2;
        for (int trial = 0; trial < 2000; trial++) {
            double a = trial == 0 ? w2 : w2 + 0.1 * random.nextGaussian();
            double b = trial == 0 ? w1 : w1 + 0.1 * random.nextGaussian();
            double c = (f[0] + f[2] - a - b) / 2;
            double misfit = sq(c - f[0]) + sq(a + b + c - f[2]) + sq(b - f[1]) + sq(2 * a + b - f[3]);
            if (misfit < least) {
                least = misfit;
                second = a;
                first = b;
            }
        }
        assertThat(StepAlpha.alpha(f[0], f[1], f[2], f[3]))
                .as("seed %d", seed)
                .isEqualTo(second < 0 ? -1 : -2 * second / first - 1);
        assertThat(second).as("seed %d", seed).isEqualTo(w2);
    }

    @Test
    void overlapIsTheMeanSquaredCosine() {
        look(theta, TrainingState.UNKNOWN);
        // The next frame's largest are at the places 1, 2 and N - 1: two of three directions are the same.
        INDArray turned = diagonal.dup().putScalar(0, 0).putScalar(N - 1, 12);
        CurvatureReport report = tracker.look(new QuadraticObjective(turned), theta, 1, TrainingState.UNKNOWN);
        close(report.quantities(), "eigenspace_overlap", 2.0 / 3, 1e-4);
    }

    /** Eigenvectors in single precision are of unit length up to rounding. */
    @Test
    void sharesNeverExceedOne() {
        for (int i = 0; i < 20; i++) {
            INDArray single = diagonal().castTo(DataType.FLOAT);
            QuadraticObjective steep = new QuadraticObjective(single);
            INDArray here = Networks.normal(random, N).castTo(DataType.FLOAT);
            here.get(NDArrayIndex.interval(TOP, N)).muli(1e-9);
            CurvatureTracker twice = new CurvatureTracker(Optional.of(OPTIONS), CurvatureQuantity.all());
            twice.look(steep, here, 1, TrainingState.UNKNOWN);
            Map<String, Double> values =
                    twice.look(steep, here, 1, TrainingState.UNKNOWN).quantities();
            assertThat(values.get("eigenspace_overlap")).as("seed %d", seed).isBetween(0.999, 1.0);
            assertThat(values.get("gradient_top_share")).as("seed %d", seed).isBetween(0.999, 1.0);
        }
    }

    @Test
    void updatersHaveTheirOwnThresholds() {
        close(look(theta, training(new Nesterovs(0.1, 0.9), 0.1)), "edge_of_stability", 0.1 * 10 * 2.8 / 3.8);
        // Layers of different learning rates: the largest eigenvalue of the product with their diagonal matrix.
        INDArray sizes = Nd4j.valueArrayOf(new long[] {N}, 0.02, DataType.DOUBLE);
        sizes.putScalar(0, 0.2);
        UpdateRule fast = new UpdateRule(0, 1, new Sgd(0.2), 0.2, 5, 0, Optional.empty());
        UpdateRule slow = new UpdateRule(1, N, new Sgd(0.02), 0.02, 5, 0, Optional.empty());
        CurvatureReport report = look(theta, training(List.of(fast, slow)));
        close(report, "edge_of_stability", diagonal.mul(sizes).maxNumber().doubleValue() / 2);
        assertThat(report.absent()).containsEntry("learning_rate", "updater: learning rates differ between layers");
    }

    @Test
    void whatHasNoThresholdSaysSo() {
        assertThat(look(theta, training(new Nadam(), 0.1)).absent())
                .containsEntry("edge_of_stability", "updater: no threshold is known for Nadam");
        assertThat(look(theta, training(new NoOp(), Double.NaN)).absent())
                .containsEntry("edge_of_stability", "updater: no threshold is known for NoOp")
                .containsEntry("learning_rate", "updater: NoOp has no learning rate");
        UpdateRule light = new UpdateRule(0, 1, new Nesterovs(0.1, 0.5), 0.1, 5, 0, Optional.empty());
        UpdateRule heavy = new UpdateRule(1, N, new Nesterovs(0.1, 0.9), 0.1, 5, 0, Optional.empty());
        assertThat(look(theta, training(List.of(light, heavy))).absent().get("edge_of_stability"))
                .contains("different momentum");
        TrainingState other = new TrainingState(
                Available.absent("off"), training(new Sgd(0.1), 0.1).updateRules(), Optional.of("penalty"));
        assertThat(look(theta, other).absent()).containsEntry("edge_of_stability", "objective: penalty");
    }

    @Test
    void whatWasNotAskedForIsLeftOutAndWhatCannotBeHadSaysWhy() {
        CurvatureTracker norms = new CurvatureTracker(Optional.empty(), CurvatureQuantity.all());
        CurvatureReport off = norms.look(objective, theta, 1, TrainingState.UNKNOWN);
        assertThat(off.reason()).hasValue("off");
        assertThat(off.quantities())
                .containsOnlyKeys("gradient_norm", "parameter_norm", "distance_from_start", "sam_rise");
        assertThat(off.absent()).containsOnlyKeys("averaged_loss", "averaged_frames");

        CurvatureReport kink = tracker.look(
                new QuadraticObjective(diagonal, Optional.of("kink")), theta, 1, training(new Sgd(0.1), 0.1));
        assertThat(kink.absent())
                .containsEntry("eigenvalue_ratio", "kink")
                .containsEntry("gradient_curvature", "kink")
                .containsEntry("edge_of_stability", "kink");
        assertThat(kink.quantities()).containsKeys("gradient_norm", "learning_rate");

        CurvatureReport diverged = look(theta.dup().putScalar(3, Double.NaN), training(new Sgd(0.1), 0.1));
        assertThat(diverged.absent())
                .containsEntry("gradient_norm", "not finite")
                .containsEntry("edge_of_stability", "diverged");
    }

    @Test
    void unconvergedEigenvaluesMakeNoQuantities() {
        CurvatureOptions hasty = OPTIONS.withBudget(KrylovBudget.DEFAULT.withProducts(7))
                .withTolerance(1e-12, ToleranceRule.RELATIVE_TO_EACH);
        CurvatureReport report = new CurvatureTracker(Optional.of(hasty), CurvatureQuantity.all())
                .look(objective, theta, 1, training(new Sgd(0.1), 0.1));
        assertThat(report.largest()).isNotEmpty();
        assertThat(report.absent())
                .containsEntry("eigenvalue_ratio", "unconverged")
                .containsEntry("gradient_top_share", "unconverged")
                .containsEntry("edge_of_stability", "unconverged");
    }

    @Test
    void namesSuitFilesAndMeters() {
        List<CurvatureQuantity> all = CurvatureQuantity.all();
        assertThat(all)
                .extracting(CurvatureQuantity::name)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z]+(_[a-z]+)*"));
        assertThat(all)
                .extracting(CurvatureQuantity::description)
                .doesNotHaveDuplicates()
                .allMatch(s -> s.length() > 20);
    }

    private CurvatureReport look(INDArray at, TrainingState training) {
        return tracker.look(objective, at, objective.evaluate(at).loss(), training);
    }

    private TrainingState training(IUpdater updater, double learningRate) {
        return training(List.of(new UpdateRule(0, N, updater, learningRate, 5, 0, Optional.empty())));
    }

    private TrainingState training(List<UpdateRule> rules) {
        return new TrainingState(Available.of(before), Available.of(rules), Optional.empty(), OptionalInt.of(7));
    }

    private void close(CurvatureReport report, String name, double expected) {
        close(report.quantities(), name, expected, 1e-5);
    }

    private void close(Map<String, Double> values, String name, double expected, double relative) {
        checked.add(name);
        assertThat(values).as("seed %d", seed).containsKey(name);
        assertThat(values.get(name))
                .as("%s, seed %d", name, seed)
                .isCloseTo(expected, within(relative * Math.max(1, Math.abs(expected))));
    }

    private static double dot(INDArray a, INDArray b) {
        return a.mul(b).sumNumber().doubleValue();
    }

    private static double sq(double x) {
        return x * x;
    }
}
