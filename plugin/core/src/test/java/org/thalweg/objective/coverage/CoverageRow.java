package org.thalweg.objective.coverage;

import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.nd4j.linalg.activations.impl.ActivationRReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.krylov.LinearOperator;
import org.thalweg.objective.HessianMethod;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.setup.ObjectiveChoice;
import org.thalweg.testing.Networks;

/**
 * What a measurement says of one example.
 *
 * @param state how it is computed
 * @param deviation of the Hessian from the loss's own second differences, relative; NaN without one
 * @param reason why it is not exact; empty if it is
 */
record CoverageRow(String state, double deviation, String reason) {

    private static final String EXACT = "exact";
    private static final String DIFFERENCES = "finite differences";
    private static final String ABSENT = "absent";
    private static final String BATCH_ALONE = "finite differences in `BATCH`, absent in `RUNNING`";
    private static final String WRONG = "wrong";
    private static final String BROKEN = "Deeplearning4j fails";

    /** Where the objective's value is another one than Deeplearning4j's on purpose. */
    private static final Map<Class<?>, String> OTHER_VALUES = Map.of(
            ActivationRReLU.class,
            "below zero the input times the mean slope, where Deeplearning4j predicts the mean slope itself");

    private static final double LARGEST_DEVIATION = 1e-4;
    private static final int SOME = 3;
    private static final double[] STEPS = {1e-3, 1e-4, 1e-5};

    /**
     * Measures a fresh draw.
     *
     * @param dense whether every entry of the Hessian is compared, and not only random combinations of all
     */
    static CoverageRow measure(CoverageExample example, Random random, boolean dense) {
        CoverageExample.Instance instance;
        try {
            instance = example.maker().apply(random);
        } catch (RuntimeException e) {
            return new CoverageRow(BROKEN, Double.NaN, firstWords(e));
        }
        double score;
        try {
            score = instance.score();
        } catch (RuntimeException e) {
            return withoutDeeplearning4j(instance, firstWords(e), random, dense);
        }
        String difference = OTHER_VALUES.get(example.type());
        if (difference != null) {
            CoverageRow row = bothModes(instance, Double.NaN, random, dense);
            return new CoverageRow(row.state, row.deviation, difference);
        }
        return bothModes(instance, score, random, dense);
    }

    /** Deeplearning4j cannot compute it in double, but the compiled network can. */
    private static CoverageRow withoutDeeplearning4j(
            CoverageExample.Instance instance, String failure, Random random, boolean dense) {
        try {
            CoverageRow row = bothModes(instance, Double.NaN, random, dense);
            return row.state.equals(EXACT)
                    ? new CoverageRow(EXACT, row.deviation, BROKEN + ": " + failure)
                    : new CoverageRow(BROKEN, Double.NaN, failure);
        } catch (IllegalArgumentException e) {
            return new CoverageRow(BROKEN, Double.NaN, failure);
        }
    }

    private static CoverageRow bothModes(
            CoverageExample.Instance instance, double score, Random random, boolean dense) {
        CoverageRow running = measure(instance, ObjectiveMode.RUNNING, score, random, dense);
        if (!running.state.equals(ABSENT)) {
            return running;
        }
        CoverageRow batch = measure(instance, ObjectiveMode.BATCH, Double.NaN, random, dense);
        return batch.state.equals(ABSENT) ? running : new CoverageRow(BATCH_ALONE, batch.deviation, running.reason);
    }

    private static CoverageRow measure(
            CoverageExample.Instance instance, ObjectiveMode mode, double score, Random random, boolean dense) {
        ObjectiveChoice choice = ObjectiveChoice.of(
                instance.network(), instance.probe(), ObjectiveOptions.DEFAULT.withMode(mode), false);
        Objective objective = choice.objective();
        INDArray theta = objective.layout().pack(instance.network().params()).castTo(DataType.DOUBLE);
        double loss = loss(objective, theta);
        if (Math.abs(loss - score) > 1e-9 * (1 + Math.abs(score))) {
            return new CoverageRow(WRONG, Double.NaN, "loss " + loss + ", Deeplearning4j says " + score);
        }
        // Away from biases of zero, where some layers have kinks.
        theta.addi(Networks.normal(random, theta.length()).muli(0.1));
        try (LinearOperator hessian = objective.hessianAt(theta)) {
            if (hessian.defect().isPresent()) {
                return new CoverageRow(
                        ABSENT, Double.NaN, firstWords(hessian.defect().get()));
            }
            INDArray left = dense ? Nd4j.eye(theta.length()).castTo(DataType.DOUBLE) : some(random, theta.length());
            INDArray right = dense ? left : some(random, theta.length());
            return new CoverageRow(
                    objective.hessianMethod() == HessianMethod.EXACT ? EXACT : DIFFERENCES,
                    deviation(objective, hessian, theta, left, right),
                    choice.fallbackReason().map(CoverageRow::firstWords).orElse(""));
        }
    }

    /**
     * ||A - B|| / ||A|| in Frobenius norms, A = U H V^T from products and B from second differences of the loss, at the step
     * that rounding and kinks disturb least.
     */
    private static double deviation(
            Objective objective, LinearOperator hessian, INDArray theta, INDArray left, INDArray right) {
        INDArray products = left.mmul(hessian.multiply(right).transpose());
        double least = Double.POSITIVE_INFINITY;
        for (double step : STEPS) {
            INDArray differences = differences(objective, theta, left.mul(step), right.mul(step));
            INDArray error = differences.divi(step * step).subi(products);
            least = Math.min(
                    least,
                    error.norm2Number().doubleValue() / products.norm2Number().doubleValue());
        }
        return least;
    }

    /** For the rows u of one and v of the other: ((u + v)' H (u + v) - u' H u - v' H v) / 2, each from two losses. */
    private static INDArray differences(Objective objective, INDArray theta, INDArray left, INDArray right) {
        double center = loss(objective, theta);
        double[] alone = curvatures(objective, theta, left, center);
        double[] aside = left == right ? alone : curvatures(objective, theta, right, center);
        INDArray differences = Nd4j.create(DataType.DOUBLE, left.rows(), right.rows());
        for (int i = 0; i < left.rows(); i++) {
            // The Hessian is symmetric: of a square of the same vectors half is enough.
            for (int j = left == right ? i : 0; j < right.rows(); j++) {
                INDArray sum = left.getRow(i).add(right.getRow(j));
                double mixed = (curvature(objective, theta, sum, center) - alone[i] - aside[j]) / 2;
                differences.putScalar(i, j, mixed);
                if (left == right) {
                    differences.putScalar(j, i, mixed);
                }
            }
        }
        return differences;
    }

    private static double[] curvatures(Objective objective, INDArray theta, INDArray vectors, double center) {
        return IntStream.range(0, vectors.rows())
                .mapToDouble(i -> curvature(objective, theta, vectors.getRow(i), center))
                .toArray();
    }

    private static double curvature(Objective objective, INDArray theta, INDArray vector, double center) {
        return loss(objective, theta.add(vector)) - 2 * center + loss(objective, theta.sub(vector));
    }

    private static double loss(Objective objective, INDArray theta) {
        return objective.evaluate(theta).loss();
    }

    private static INDArray some(Random random, long n) {
        INDArray vectors = Networks.normal(random, SOME, n);
        return vectors.diviColumnVector(vectors.norm2(true, 1));
    }

    /** Whether a number is shown that is not the loss's. */
    boolean wrong() {
        return state.equals(WRONG) || deviation > LARGEST_DEVIATION;
    }

    private static String firstWords(RuntimeException e) {
        return firstWords(String.valueOf(e.getMessage()));
    }

    private static String firstWords(String message) {
        // What follows may be the message of an earlier failure.
        String line = message.lines()
                .findFirst()
                .orElse("")
                .replaceFirst(" with message.*", "")
                .replace("|", "\\|")
                .strip();
        return line.length() > 120 ? line.substring(0, 117) + "..." : line;
    }

    String text() {
        return state + " | " + (Double.isNaN(deviation) ? "" : String.format(Locale.ROOT, "%.0e", deviation)) + " | "
                + reason;
    }
}
