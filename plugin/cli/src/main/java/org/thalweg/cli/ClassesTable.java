package org.thalweg.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.thalweg.frame.EstimateValues;
import org.thalweg.frame.Frame;

/** A frame's loss, accuracy and shares of curvature by class. */
final class ClassesTable {

    private ClassesTable() {}

    private static Optional<EstimateValues> of(Frame frame) {
        return frame.curvature().estimates().stream()
                .filter(estimate -> estimate.operator().equals("classes")
                        && estimate.estimator().equals("shares"))
                .map(estimate -> estimate.values())
                .findFirst();
    }

    /** The class that the sharpest direction belongs to, in words. */
    static Optional<String> sharpest(Frame frame) {
        return of(frame)
                .map(EstimateValues::numbers)
                .filter(numbers -> numbers.containsKey("top_class"))
                .map(numbers -> String.format(
                        Locale.ROOT,
                        "%.1f %% of lambda_max belong to class %.0f",
                        100 * numbers.getOrDefault("top_share", Double.NaN),
                        numbers.get("top_class")));
    }

    /** Why the class of the sharpest direction is not known, in words; empty if it was not asked for. */
    static Optional<String> absence(Frame frame) {
        Optional<String> reason = Optional.ofNullable(frame.curvature().absent().get("classes.shares"));
        return reason.or(() -> of(frame).map(values -> "lambda_max has not converged"))
                .map(why -> "no class shares: " + why);
    }

    /** The table; empty without classes. */
    static Optional<TextTable> table(Frame frame) {
        return of(frame).map(values -> table(values.arrays()));
    }

    private static TextTable table(Map<String, double[]> arrays) {
        List<String> names = new ArrayList<>(List.of("examples", "loss", "accuracy"));
        List<String> headings = new ArrayList<>(
                List.of("last frame's class", ">examples", ">loss +- 95 % bar", ">accuracy +- 95 % bar"));
        for (int rank = 1; arrays.containsKey("share_" + rank); rank++) {
            names.add("share_" + rank);
            headings.add(rank == 1 ? ">share in lambda_max +- 95 % bar" : ">in lambda_" + rank);
        }
        TextTable table = new TextTable(headings.toArray(String[]::new));
        double[] classes = arrays.getOrDefault("classes", new double[0]);
        for (int c = 0; c < classes.length; c++) {
            List<String> cells = new ArrayList<>();
            cells.add(String.format(Locale.ROOT, "%.0f", classes[c]));
            for (String name : names) {
                String cell = cell(name, arrays.getOrDefault(name, new double[0]), c);
                String bar = cell(name, arrays.getOrDefault(name + "_bar", new double[0]), c);
                cells.add(bar.equals("-") ? cell : cell + " +- " + bar);
            }
            table.row(cells.toArray(String[]::new));
        }
        return table;
    }

    private static String cell(String name, double[] values, int c) {
        if (c >= values.length || !Double.isFinite(values[c])) {
            return "-";
        }
        return switch (name) {
            case "examples" -> String.format(Locale.ROOT, "%.0f", values[c]);
            case "loss" -> String.format(Locale.ROOT, "%.5g", values[c]);
            case "accuracy" -> String.format(Locale.ROOT, "%.1f %%", values[c]);
            default -> String.format(Locale.ROOT, "%.1f %%", 100 * values[c]);
        };
    }
}
