package org.thalweg.recording;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Frame;

/** The cells of a frame's line in {@code metrics.csv} by column; a cell is empty if the frame has no such value. */
final class MetricsRow {

    private static final Pattern FORMULA = Pattern.compile("\\s*[=+\\-@]");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?([eE][+-]?\\d+)?|Infinity)");

    private final Map<String, String> cells = new LinkedHashMap<>();

    private MetricsRow() {}

    static Map<String, String> of(Frame frame) {
        MetricsRow row = new MetricsRow();
        row.put("iteration", frame.iteration());
        row.put("epoch", frame.epoch());
        row.put("status", frame.status().label());
        row.put("loss", frame.loss());
        row.put("accuracy", frame.accuracy());
        row.put("validation_loss", frame.validationLoss());
        row.put("validation_accuracy", frame.validationAccuracy());
        row.put(frame.curvature());
        row.put("seconds", frame.totalSeconds());
        new TreeMap<>(frame.seconds()).forEach((stage, seconds) -> {
            if (!stage.equals("total")) {
                row.put("seconds_" + stage, seconds);
            }
        });
        new TreeMap<>(frame.quantities()).forEach(row::putQuantity);
        return row.cells;
    }

    private void put(CurvatureValues curvature) {
        List<Eigenvalue> largest = curvature.largest();
        List<Eigenvalue> smallest = curvature.smallest();
        putEnd("lambda_max_", largest, 0, 1);
        putEnd("lambda_min_", smallest, smallest.size() - 1, -1);
        put("method", curvature.method());
        put("products", curvature.products());
        put("asymmetry", curvature.asymmetry());
        put("reason", curvature.reason().orElse(""));
        curvature.trace().ifPresent(trace -> {
            put("trace", trace.value());
            put("trace_standard_error", trace.standardError());
            trace.samplingError().ifPresent(error -> put("trace_sampling_error", error));
        });
        curvature.estimateNumbers().forEach(this::put);
    }

    /** Rank 1 is the outermost eigenvalue; its columns exist even without any. */
    private void putEnd(String prefix, List<Eigenvalue> values, int first, int step) {
        for (int rank = 1; rank <= Math.max(1, values.size()); rank++) {
            String column = prefix + rank;
            if (values.isEmpty()) {
                put(column, "");
                put(column + "_residual", "");
                put(column + "_converged", "");
            } else {
                Eigenvalue eigenvalue = values.get(first + step * (rank - 1));
                put(column, eigenvalue.value());
                put(column + "_residual", eigenvalue.residual());
                put(column + "_converged", eigenvalue.converged() ? 1 : 0);
                eigenvalue.samplingError().ifPresent(error -> put(column + "_sampling_error", error));
                eigenvalue.validation().ifPresent(along -> put(column + "_validation", along));
            }
        }
    }

    private void putQuantity(String name, double value) {
        put(cells.containsKey(name) ? "quantity_" + name : name, value);
    }

    private void put(String column, OptionalDouble value) {
        put(column, value.isPresent() ? (Object) value.getAsDouble() : "");
    }

    private void put(String column, Object value) {
        cells.put(quoted(column), quoted(value.toString()));
    }

    /**
     * A line break becomes a space, since some readers split a file into lines first. Spreadsheets run text that begins
     * like a formula, even in quotes: an apostrophe before it keeps it text.
     */
    private static String quoted(String text) {
        String line = text.replaceAll("\\R", " ");
        if (FORMULA.matcher(line).lookingAt() && !NUMBER.matcher(line).matches()) {
            return "\"'" + line.replace("\"", "\"\"") + '"';
        }
        return line.contains(",") || line.contains("\"") ? '"' + line.replace("\"", "\"\"") + '"' : line;
    }
}
