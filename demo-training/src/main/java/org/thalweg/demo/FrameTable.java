package org.thalweg.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Frame;
import org.thalweg.frame.FrameSink;
import org.thalweg.frame.RunProvenance;

/**
 * One line for each frame on the console as it arrives, and all of them again at the end. An eigenvalue whose residual
 * exceeds the tolerance is marked {@code ~}; if there is none, the reason is printed instead.
 *
 * <p>Thread-safe.
 */
final class FrameTable implements FrameSink {

    /** Names of the columns, aligned with {@link #row}. */
    static final String HEADER = String.format(
            Locale.ROOT,
            "%10s %6s %10s %9s %12s %9s %12s %9s %8s",
            "iteration",
            "epoch",
            "loss",
            "accuracy",
            "lambda_max",
            "residual",
            "lambda_min",
            "residual",
            "seconds");

    private final Console console;
    private final Runnable before;
    private final List<String> rows = new ArrayList<>();

    /**
     * @param before runs after all checks, before the first frame is computed
     */
    FrameTable(Console console, Runnable before) {
        this.console = console;
        this.before = before;
    }

    @Override
    public void start(RunProvenance run) {
        before.run();
    }

    @Override
    public void frame(Frame frame) {
        add(row(frame));
    }

    @Override
    public void skipped(long iteration, String reason) {
        add(String.format(Locale.ROOT, "%10d skipped: %s", iteration, reason));
    }

    @Override
    public void failed(long iteration, Throwable cause) {
        add(String.format(Locale.ROOT, "%10d failed: %s", iteration, cause));
    }

    private synchronized void add(String row) {
        if (rows.isEmpty()) {
            console.line(HEADER);
        }
        rows.add(row);
        console.line(row);
    }

    /** All lines so far. */
    synchronized List<String> rows() {
        return List.copyOf(rows);
    }

    static String row(Frame frame) {
        CurvatureValues curvature = frame.curvature();
        String row = String.format(
                Locale.ROOT,
                "%10d %6d %10.5f %9s %s %s %8.1f",
                frame.iteration(),
                frame.epoch(),
                frame.loss(),
                percent(frame.accuracy()),
                eigenvalue(curvature.lambdaMax(), curvature.reason()),
                eigenvalue(curvature.lambdaMin(), curvature.reason()),
                frame.totalSeconds());
        return frame.status() == Frame.Status.COMPLETE
                ? row
                : row + "  " + frame.status().label();
    }

    /** An accuracy in percent, or a dash. */
    static String percent(OptionalDouble accuracy) {
        return accuracy.isPresent() ? String.format(Locale.ROOT, "%.1f %%", accuracy.getAsDouble()) : "-";
    }

    private static String eigenvalue(Optional<Eigenvalue> found, Optional<String> reason) {
        if (found.isEmpty()) {
            return String.format(Locale.ROOT, "%22s", reason.orElse("-"));
        }
        Eigenvalue eigenvalue = found.get();
        String value = String.format(Locale.ROOT, "%.5g", eigenvalue.value());
        return String.format(
                Locale.ROOT, "%12s %9.1e", eigenvalue.converged() ? value : "~" + value, eigenvalue.residual());
    }
}
