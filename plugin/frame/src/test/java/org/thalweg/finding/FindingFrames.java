package org.thalweg.finding;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Finding;
import org.thalweg.frame.Frame;
import org.thalweg.frame.FrameBuilder;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.testing.Seeds;

/** Frames on a healthy bowl, of which a test of findings changes what matters. */
abstract class FindingFrames {

    final long seed = Seeds.fresh(getClass().getSimpleName());

    final Random random = new Random(seed);

    /** A healthy scale, different each time: no finding depends on units. */
    final double scale = Math.exp(4 * random.nextDouble() - 2);

    FrameBuilder eigenvalues(long iteration, double max, double maxError, double min, double minError) {
        return frame(iteration, 1)
                .curvature(new CurvatureValues(
                        List.of(new Eigenvalue(max * scale, maxError * scale, true)),
                        List.of(new Eigenvalue(min * scale, minError * scale, true)),
                        "exact",
                        9,
                        0,
                        Optional.empty()));
    }

    FrameBuilder frame(long iteration, double loss) {
        return Frame.builder(iteration, 0)
                .loss(loss * scale, OptionalDouble.empty())
                .surface(surface(9, (a, b) -> loss * scale * (1 + a * a + 2 * b * b), (a, b) -> true))
                .curvature(new CurvatureValues(
                        List.of(new Eigenvalue(4 * scale, 0, true)),
                        List.of(new Eigenvalue(0, 0, true)),
                        "exact",
                        9,
                        0,
                        Optional.empty()));
    }

    static SurfaceValues surface(int points, DoubleBinaryOperator loss, Evaluated evaluated) {
        double[] axis = IntStream.range(0, points)
                .mapToDouble(i -> -1 + 2.0 * i / (points - 1))
                .toArray();
        boolean[][] computed = new boolean[points][points];
        double[][] losses = new double[points][points];
        for (int row = 0; row < points; row++) {
            Arrays.fill(losses[row], Double.NaN);
            for (int column = 0; column < points; column++) {
                computed[row][column] = evaluated.test(axis[column], axis[row]);
                if (computed[row][column]) {
                    losses[row][column] = loss.applyAsDouble(axis[column], axis[row]);
                }
            }
        }
        return new SurfaceValues(axis, axis, computed, losses, Optional.empty(), Optional.empty(), Optional.empty());
    }

    interface Evaluated {
        boolean test(double alpha, double beta);
    }

    static List<String> kinds(List<Finding> found) {
        return found.stream().map(Finding::kind).toList();
    }

    static Finding of(List<Finding> found, String kind) {
        return found.stream()
                .filter(each -> each.kind().equals(kind))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " in " + found));
    }
}
