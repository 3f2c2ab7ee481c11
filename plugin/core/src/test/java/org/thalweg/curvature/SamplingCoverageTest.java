package org.thalweg.curvature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.frame.SamplingBar;
import org.thalweg.krylov.EigenPair;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.ObjectiveParts;
import org.thalweg.objective.ObjectiveValue;
import org.thalweg.objective.Probe;
import org.thalweg.objective.ProbePart;
import org.thalweg.objective.compiled.CompiledObjective;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

/**
 * How often 95 % bars of fresh probes cover the whole set's value, on trained networks. {@code -Dthalweg.coverage.probes=200}
 * draws as many probes and prints the shares.
 */
class SamplingCoverageTest {

    private static final int PROBES = Integer.getInteger("thalweg.coverage.probes", 12);
    private static final int WHOLE = 4096;
    private static final int PROBE = 256;

    private final long seed = Seeds.fresh("SamplingCoverageTest");
    private final Random random = new Random(seed);

    static Stream<Arguments> networks() {
        long seed = Seeds.fresh("SamplingCoverageTest networks");
        return Stream.of(
                Arguments.of("MLP", Networks.mlp(DataType.FLOAT, seed), new long[] {6}),
                Arguments.of("convolutions", Networks.cnn(DataType.FLOAT, seed, false), new long[] {1, 8, 8}),
                Arguments.of("LSTM", Networks.lstm(DataType.FLOAT, seed), new long[0]));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void barsCoverTheWholeSet(String name, MultiLayerNetwork network, long[] shape) {
        DataSet all = shape.length == 0 ? Networks.sequences(WHOLE, 5, seed) : taught(shape);
        network.fit(new ListDataSetIterator<>(all.copy().asList(), 64), 3);
        Probe whole = Probe.of(all);
        CurvatureOptions options = CurvatureOptions.DEFAULT.withEigenvalues(1).withClasses();
        int ofLambda = 0;
        int ofLoss = 0;
        int[] ofClass = new int[3];
        try (Objective objective = CompiledObjective.of(network, whole, ObjectiveOptions.DEFAULT);
                FrameObjectives everything = new FrameObjectives(objective, FrameProbes.of(whole))) {
            INDArray theta = objective.layout().pack(network.params());
            double lambda;
            try (CurvatureReport report = Curvature.report(objective, theta, options)) {
                lambda = report.lambdaMax().orElseThrow().value();
            }
            double loss = objective.evaluate(theta).loss();
            boolean hasClasses = ProbePart.hasClasses(whole);
            for (int i = 0; i < PROBES; i++) {
                Probe probe = whole.select(
                        random.ints(0, WHOLE).distinct().limit(PROBE).sorted().toArray());
                try (Objective sampled = objective.withProbe(probe);
                        FrameObjectives batches = new FrameObjectives(sampled, FrameProbes.of(probe));
                        CurvatureReport report = Curvature.report(sampled, theta, FrameProbes.of(probe), options)) {
                    EigenPair largest = report.lambdaMax().orElseThrow();
                    double error = report.samplingErrors().orElseThrow().eigenvalues()[0];
                    ofLambda += Math.abs(largest.value() - lambda) <= SamplingBar.of(error) ? 1 : 0;
                    double ofBatches = SamplingErrors.standardError(batches.batches().evaluate(theta).stream()
                            .mapToDouble(ObjectiveValue::loss)
                            .toArray());
                    if (hasClasses) {
                        ClassReport found = report.find("classes", new ClassShares(options.eigenvalues()))
                                .orElseThrow();
                        double[] expected =
                                ofFirstClass(everything.classes(), theta, Objects.requireNonNull(largest.vector()));
                        ofClass[0] += covers(found.loss()[0], found.lossBar()[0], expected[0]);
                        ofClass[1] += covers(found.accuracy()[0], found.accuracyBar()[0], expected[1]);
                        ofClass[2] += covers(found.shares()[0][0], found.shareBars()[0][0], expected[2]);
                    }
                    ofLoss += Math.abs(sampled.evaluate(theta).loss() - loss) <= SamplingBar.of(ofBatches) ? 1 : 0;
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%s: bars of %d probes cover lambda_max %.3f, loss %.3f; of a class loss, accuracy, share %s times%n",
                name,
                PROBES,
                (double) ofLambda / PROBES,
                (double) ofLoss / PROBES,
                Arrays.toString(ofClass));
        // Five standard errors of a share of 0.9 or more.
        double least = 0.9 - 5 * Math.sqrt(0.9 * 0.1 / PROBES);
        assertThat((double) ofLambda / PROBES).as("lambda_max, seed %d", seed).isGreaterThan(least);
        assertThat((double) ofLoss / PROBES).as("loss, seed %d", seed).isGreaterThan(least);
        if (shape.length > 0) {
            assertThat(Arrays.stream(ofClass).mapToDouble(covered -> (double) covered / PROBES))
                    .as("loss, accuracy and share of a class, seed %d", seed)
                    .allMatch(share -> share > least);
        }
    }

    private static int covers(double value, double bar, double expected) {
        return Math.abs(value - expected) <= bar ? 1 : 0;
    }

    /** Loss, accuracy, and share in the curvature along a vector, of the first class of the whole set. */
    private static double[] ofFirstClass(ObjectiveParts classes, INDArray theta, INDArray vector) {
        List<ProbePart> parts = classes.parts();
        List<ObjectiveValue> values = classes.evaluate(theta);
        double[] forms;
        try (ObjectiveParts.Products products = classes.hessiansAt(theta)) {
            forms = products.forms(vector);
        }
        double[] sums = new double[5];
        for (int i = 0; i < forms.length; i++) {
            int size = parts.get(i).size();
            sums[4] += size * forms[i];
            if (parts.get(i).classNumber() == 0) {
                sums[0] += size;
                sums[1] += size * values.get(i).loss();
                sums[2] += size * values.get(i).accuracy().orElseThrow();
                sums[3] += size * forms[i];
            }
        }
        return new double[] {sums[1] / sums[0], sums[2] / sums[0], sums[3] / sums[4]};
    }

    /** Examples that a random linear teacher labels, one label in five at random. */
    private DataSet taught(long[] shape) {
        long[] all = new long[shape.length + 1];
        all[0] = WHOLE;
        System.arraycopy(shape, 0, all, 1, shape.length);
        INDArray features = Networks.normal(random, all);
        INDArray flat = features.reshape(WHOLE, features.length() / WHOLE);
        int[] classes =
                flat.mmul(Networks.normal(random, flat.size(1), 3)).argMax(1).toIntVector();
        INDArray labels = Nd4j.zeros(DataType.DOUBLE, WHOLE, 3);
        IntStream.range(0, WHOLE)
                .forEach(i -> labels.putScalar(i, random.nextInt(5) == 0 ? random.nextInt(3) : classes[i], 1));
        return new DataSet(features.castTo(DataType.FLOAT), labels.castTo(DataType.FLOAT));
    }
}
