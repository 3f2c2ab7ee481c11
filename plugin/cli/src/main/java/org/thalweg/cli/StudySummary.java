package org.thalweg.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.thalweg.frame.ConvexityValues;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Frame;
import org.thalweg.frame.LineStudy;
import org.thalweg.frame.LineValues;
import org.thalweg.frame.SurfaceStudy;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.surface.Flatness;
import org.thalweg.topology.PlaneComparison;

/** Prints the results of a study in a few lines. */
final class StudySummary {

    private StudySummary() {}

    /** Says that a file is continued, and the number of its points. */
    static void continuing(Path file, String points, PrintWriter out) {
        out.println("continuing " + file + ", which has " + points);
        out.flush();
    }

    /** Says that a file is not complete. */
    static void stopped(PrintWriter out) {
        out.println("stopped before the end: the same command continues");
    }

    /** The computed part of a surface and its convexity map. */
    static String points(SurfaceStudy study) {
        String map = study.convexity()
                .map(values -> ", " + count(values.evaluated()) + " of the convexity map")
                .orElse("");
        return points(study.frame().surface()) + map;
    }

    /** The computed part of a surface. */
    static String points(SurfaceValues surface) {
        int all = surface.alpha().length * surface.beta().length;
        return surface.evaluatedPoints() + " of " + all + " points"
                + surface.interpolation()
                        .map(points -> String.format(
                                Locale.ROOT, ", the others within an estimated %.2g %%", 100 * points.loss()))
                        .orElse("");
    }

    /** The computed part of a line. */
    static String points(LineStudy study) {
        boolean[] evaluated = study.line().evaluated();
        return count(new boolean[][] {evaluated}) + " of " + evaluated.length + " points";
    }

    static void print(Path file, SurfaceStudy study, PrintWriter out) {
        Frame frame = study.frame();
        double[] losses = Arrays.stream(frame.surface().computed().loss())
                .flatMapToDouble(Arrays::stream)
                .toArray();
        out.printf(
                Locale.ROOT,
                "%s: %s in %.1f s; loss %.5g at the model, %s on the plane%n",
                file,
                points(study),
                frame.totalSeconds(),
                frame.loss(),
                range(losses));
        flatness(frame.surface()).ifPresent(out::println);
        hollows(frame).ifPresent(out::println);
        PlaneComparison.of(frame.curvature())
                .ifPresent(planes -> out.println("the plane "
                        + planes.words().replace("\u00b1", "+-")
                        + (planes.isUntypical() ? ": it is not typical" : "")));
        CurvatureValues curvature = frame.curvature();
        curvature.lambdaMax().ifPresent(value -> out.println("lambda_max " + eigenvalue(value)));
        curvature.lambdaMin().ifPresent(value -> out.println("lambda_min " + eigenvalue(value)));
        ClassesTable.sharpest(frame)
                .or(() -> study.curvatureDone() ? ClassesTable.absence(frame) : Optional.empty())
                .ifPresent(out::println);
        curvature
                .reason()
                .filter(reason -> study.curvatureDone() && !reason.equals("off"))
                .ifPresent(reason -> out.println("no eigenvalues: " + reason));
        Optional.ofNullable(curvature.absent().get("batches.sampling_errors"))
                .ifPresent(reason -> out.println("no sampling errors: " + reason));
        study.convexity().ifPresent(map -> out.println("|lambda_min/lambda_max| " + convexity(map)));
    }

    static void print(Path file, LineStudy study, PrintWriter out) {
        LineValues line = study.line();
        out.println(file + ": " + points(study) + ", loss " + range(line.loss()));
    }

    /** Flatness halfway to the rim, for a complete surface with its model among its points. */
    private static Optional<String> flatness(SurfaceValues surface) {
        double[] alpha = surface.alpha();
        double[] beta = surface.beta();
        boolean whole = surface.evaluatedPoints() == alpha.length * beta.length;
        boolean centred = Arrays.binarySearch(alpha, 0) >= 0 && Arrays.binarySearch(beta, 0) >= 0;
        if (!whole || !centred) {
            return Optional.empty();
        }
        Flatness flatness = new Flatness(alpha, beta, surface.loss());
        double radius = flatness.reach() / 2;
        if (radius == 0) {
            return Optional.empty();
        }
        double average = flatness.averageRise(radius);
        double worst = flatness.worstRise(radius);
        return Double.isFinite(average)
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "at radius %.3g the loss is %.4g higher on average and %.4g at worst",
                        radius,
                        average,
                        worst))
                : Optional.empty();
    }

    /** Minima of the surface beyond the errors of their depths. */
    private static Optional<String> hollows(Frame frame) {
        Double minima = frame.quantities().get("surface_minima");
        Double persistence = frame.quantities().get("surface_persistence");
        if (minima == null || persistence == null) {
            return Optional.empty();
        }
        String inside = String.format(
                Locale.ROOT, "%.0f local %s inside the surface", minima, minima == 1 ? "minimum" : "minima");
        return Optional.of(
                persistence == 0
                        ? inside
                        : inside
                                + String.format(
                                        Locale.ROOT,
                                        "; all hollows but the lowest are %.4g deep together",
                                        persistence));
    }

    private static String eigenvalue(Eigenvalue value) {
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, "%.5g +- %.1e %s", value.value(), value.bar(), RunPage.kind(value)));
        if (!value.converged()) {
            text.append(", not converged: a Ritz value");
        }
        value.samplingError()
                .ifPresent(error -> text.append(
                        String.format(Locale.ROOT, "; residual %.1e, sampling error %.1e", value.residual(), error)));
        value.validation()
                .ifPresent(curvature ->
                        text.append(String.format(Locale.ROOT, "; %.5g on the validation probe", curvature)));
        return text.toString();
    }

    private static String convexity(ConvexityValues map) {
        double[] ratios =
                Arrays.stream(map.ratio()).flatMapToDouble(Arrays::stream).toArray();
        int there = count(map.evaluated());
        int converged = count(map.converged());
        return range(ratios) + " at " + there + " points"
                + (converged < there ? ", " + converged + " of them converged" : "");
    }

    /** The range of the finite values. */
    private static String range(double[] values) {
        Optional<DoubleSummaryStatistics> finite = Optional.of(
                        DoubleStream.of(values).filter(Double::isFinite).summaryStatistics())
                .filter(statistics -> statistics.getCount() > 0);
        return finite.map(found -> String.format(Locale.ROOT, "%.5g to %.5g", found.getMin(), found.getMax()))
                .orElse("not finite anywhere");
    }

    private static int count(boolean[][] flags) {
        int count = 0;
        for (boolean[] row : flags) {
            for (boolean flag : row) {
                count += flag ? 1 : 0;
            }
        }
        return count;
    }
}
