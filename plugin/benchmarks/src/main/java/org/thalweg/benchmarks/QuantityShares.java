package org.thalweg.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.thalweg.curvature.CurvatureContext;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.curvature.CurvatureQuantity;
import org.thalweg.curvature.CurvatureReport;
import org.thalweg.curvature.CurvatureTracker;
import org.thalweg.curvature.FrameProbes;
import org.thalweg.curvature.TrainingState;
import org.thalweg.direction.DirectionContext;
import org.thalweg.direction.DirectionOptions;
import org.thalweg.direction.DirectionPair;
import org.thalweg.direction.RandomDirections;
import org.thalweg.objective.Probe;
import org.thalweg.surface.Grid;
import org.thalweg.surface.LossSurface;
import org.thalweg.surface.SurfaceEvaluator;

/**
 * The share of each quantity in the time of a frame as the listener computes it by default: 25 x 25 points where interpolation
 * would be off by more than 0.5 %, five eigenvalues at each end with sampling errors, and the quantities, of which the first that needs
 * a gradient or another common value pays for it. Time is that of the processor in the thread, which other programs do not
 * disturb: run it with {@code OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1}. The second of two frames counts, after the first has warmed up.
 *
 * <p>Arguments: number of examples, then names of {@link BenchmarkNetwork}.
 */
public final class QuantityShares {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final double TOLERANCE = 0.005;
    private static final int FRAMES = 2;

    /** Seconds of each quantity in the frame being computed. */
    private final Map<String, Double> seconds = new TreeMap<>();

    public static void main(String[] arguments) {
        System.out.println("| network | part of a frame | seconds | share |");
        System.out.println("|---|---|---|---|");
        for (String name : List.of(arguments).subList(1, arguments.length)) {
            Measured measured = new Measured();
            measured.subject = BenchmarkNetwork.valueOf(name);
            measured.examples = Integer.parseInt(arguments[0]);
            measured.compile();
            new QuantityShares().rows(measured);
            measured.close();
        }
    }

    private void rows(Measured measured) {
        List<CurvatureQuantity> timed = CurvatureQuantity.all().stream()
                .map(quantity -> (CurvatureQuantity) new Timed(quantity))
                .toList();
        CurvatureOptions plain = CurvatureOptions.UNTIMED.withSampling(false);
        CurvatureTracker tracker = new CurvatureTracker(Optional.of(CurvatureOptions.UNTIMED), timed);
        Map<String, Double> frame = new TreeMap<>();
        for (int i = 0; i < FRAMES; i++) {
            frame.clear();
            seconds.clear();
            DirectionPair directions = new RandomDirections(i, DirectionOptions.DEFAULT)
                    .at(DirectionContext.of(measured.objective, measured.theta));
            double start = now();
            LossSurface surface = LossSurface.empty(Grid.square(25, 1), false);
            new SurfaceEvaluator(measured.objective, null)
                    .fillWithin(surface, measured.theta, directions.plane(), TOLERANCE, () -> false, () -> {});
            frame.put("surface, " + surface.evaluatedPoints() + " points", now() - start);
            start = now();
            new CurvatureTracker(Optional.of(plain), List.of())
                    .look(measured.objective, measured.theta, 1, TrainingState.UNKNOWN)
                    .close();
            double eigenvalues = now() - start;
            start = now();
            try (CurvatureReport report = tracker.look(
                    measured.objective,
                    measured.theta,
                    1,
                    TrainingState.UNKNOWN,
                    FrameProbes.of(Probe.of(measured.data)),
                    Optional.of(directions.plane()))) {
                double all = now() - start;
                double quantities = seconds.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum();
                frame.put("eigenvalues, " + report.products() + " products", eigenvalues);
                frame.put("sampling errors", all - eigenvalues - quantities);
            }
        }
        frame.putAll(seconds);
        double whole = frame.values().stream().mapToDouble(Double::doubleValue).sum();
        frame.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .forEach(part -> System.out.printf(
                        Locale.ROOT,
                        "| %s | %s | %.3f | %.2f %% |%n",
                        measured.subject,
                        part.getKey(),
                        part.getValue(),
                        100 * part.getValue() / whole));
        System.out.printf(
                Locale.ROOT,
                "| %s | quantities together | %.3f | %.2f %% |%n",
                measured.subject,
                seconds.values().stream().collect(Collectors.summingDouble(Double::doubleValue)),
                100 * seconds.values().stream().mapToDouble(Double::doubleValue).sum() / whole);
    }

    private static double now() {
        return THREADS.getCurrentThreadCpuTime() / 1e9;
    }

    /** A quantity that notes its time. */
    private final class Timed implements CurvatureQuantity {

        private final CurvatureQuantity quantity;

        Timed(CurvatureQuantity quantity) {
            this.quantity = quantity;
        }

        @Override
        public String name() {
            return quantity.name();
        }

        @Override
        public String description() {
            return quantity.description();
        }

        @Override
        public double of(CurvatureContext context) {
            double start = now();
            try {
                return quantity.of(context);
            } finally {
                seconds.put(quantity.name(), now() - start);
            }
        }
    }
}
