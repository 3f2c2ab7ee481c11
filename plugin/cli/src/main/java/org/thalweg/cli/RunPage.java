package org.thalweg.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.thalweg.curvature.CurvatureQuantity;
import org.thalweg.finding.RunFindings;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Frame;
import org.thalweg.frame.RunProvenance;
import org.thalweg.frame.RunProvenance.Parameter;
import org.thalweg.recording.RunReader;
import org.thalweg.terminal.internal.PlainText;

/** Prints a run as text, in ASCII since terminals differ. */
final class RunPage {

    private static final String UNCONVERGED = "*";
    private static final int NAMES_A_LINE = 4;

    private RunPage() {}

    static void print(RunReader reader, List<Frame> frames, PrintWriter out) {
        RunProvenance run = reader.provenance();
        out.printf(Locale.ROOT, "run %s in %s%n%n", PlainText.line(run.run()), reader.root());
        TextTable facts = new TextTable("", "");
        facts.row("started", reader.started().toString());
        facts.row("versions", listed(run.versions()));
        facts.row("device", run.device());
        facts.row("objective", run.objective());
        facts.row("parameters", parameters(run));
        facts.row("probe", run.probeSource());
        String label = "options";
        for (Map.Entry<String, Object> option : new TreeMap<>(run.options()).entrySet()) {
            facts.row(label, option.getKey() + " " + option.getValue());
            label = "";
        }
        facts.print(out);
        out.println();
        if (frames.isEmpty()) {
            out.println("no frames yet");
            return;
        }
        frames(frames).print(out);
        FindingsTable.of(frames, RunFindings.of(run)).ifPresent(table -> {
            out.println();
            table.print(out);
        });
        if (frames.stream().anyMatch(frame -> !frame.quantities().isEmpty())) {
            out.println();
            quantities(frames).print(out);
            unasked(frames).ifPresent(table -> {
                out.println();
                table.print(out);
            });
        }
        if (frames.stream().anyMatch(frame -> frame.curvature().trace().isPresent())) {
            out.println();
            traces(frames).print(out);
        }
        if (frames.stream().anyMatch(frame -> frame.curvature().density().isPresent())) {
            out.println();
            densities(frames).print(out);
        }
        errors(frames.get(frames.size() - 1)).ifPresent(table -> {
            out.println();
            table.print(out);
        });
        ClassesTable.table(frames.get(frames.size() - 1)).ifPresent(table -> {
            out.println();
            table.print(out);
        });
        if (frames.stream()
                .anyMatch(frame -> !frame.curvature().largest().isEmpty()
                        || !frame.curvature().smallest().isEmpty())) {
            out.printf(
                    "%n+- is the larger of the residual, within which an eigenvalue of the probe lies, and, where that"
                            + " is known, the%n95 %% bar of sampling, within which that of all data lies for 95 of 100"
                            + " probes%n");
        }
        if (frames.stream().anyMatch(RunPage::hasUnconverged)) {
            out.printf("%s not converged: a Ritz value%n", UNCONVERGED);
        }
    }

    private static TextTable frames(List<Frame> frames) {
        TextTable table = new TextTable(
                ">iteration",
                ">epoch",
                ">loss",
                ">accuracy",
                ">lambda_max",
                "+- error",
                ">lambda_min",
                "+- error",
                ">seconds",
                "status");
        for (Frame frame : frames) {
            CurvatureValues curvature = frame.curvature();
            String reason = curvature.reason().map(text -> "(" + text + ")").orElse("");
            table.row(
                    Long.toString(frame.iteration()),
                    Integer.toString(frame.epoch()),
                    number(frame.loss()),
                    accuracy(frame.accuracy()),
                    value(curvature.lambdaMax()),
                    error(curvature.lambdaMax(), reason),
                    value(curvature.lambdaMin()),
                    error(curvature.lambdaMin(), reason),
                    String.format(Locale.ROOT, "%.1f", frame.totalSeconds()),
                    frame.status().label());
        }
        return table;
    }

    private static TextTable quantities(List<Frame> frames) {
        Frame first = frames.get(0);
        Frame last = frames.get(frames.size() - 1);
        Set<String> names = new TreeSet<>();
        frames.forEach(frame -> {
            names.addAll(frame.quantities().keySet());
            names.addAll(frame.curvature().estimateNumbers().keySet());
        });
        names.addAll(last.curvature().absent().keySet());
        TextTable table = new TextTable("quantity", ">first frame", ">last frame", "reason if absent in the last");
        for (String name : names) {
            table.row(
                    name,
                    value(first, name),
                    value(last, name),
                    last.curvature().absent().getOrDefault(name, ""));
        }
        return table;
    }

    /** The quantities that no frame has, nor a reason for; empty if there are none. */
    private static Optional<TextTable> unasked(List<Frame> frames) {
        List<String> names = CurvatureQuantity.all().stream()
                .map(CurvatureQuantity::name)
                .filter(name -> frames.stream()
                        .noneMatch(frame -> frame.quantities().containsKey(name)
                                || frame.curvature().absent().containsKey(name)))
                .sorted()
                .toList();
        TextTable table = new TextTable("off: not asked for, or without what it needs");
        for (int from = 0; from < names.size(); from += NAMES_A_LINE) {
            table.row(String.join(", ", names.subList(from, Math.min(from + NAMES_A_LINE, names.size()))));
        }
        return names.isEmpty() ? Optional.empty() : Optional.of(table);
    }

    private static String value(Frame frame, String quantity) {
        return Optional.ofNullable(frame.quantities().get(quantity))
                .or(() ->
                        Optional.ofNullable(frame.curvature().estimateNumbers().get(quantity)))
                .map(RunPage::number)
                .orElse("-");
    }

    private static TextTable traces(List<Frame> frames) {
        TextTable table =
                new TextTable(">iteration", ">trace", "+- standard error", "estimator", ">samples", ">products");
        for (Frame frame : frames) {
            frame.curvature()
                    .trace()
                    .ifPresent(trace -> table.row(
                            Long.toString(frame.iteration()),
                            number(trace.value()),
                            String.format(Locale.ROOT, "+- %.1e", trace.standardError()),
                            trace.estimator(),
                            Integer.toString(trace.samples()),
                            Long.toString(trace.products())));
        }
        return table;
    }

    private static TextTable densities(List<Frame> frames) {
        TextTable table = new TextTable(
                ">iteration", ">mean eigenvalue", "+- standard error", ">variance", ">from", ">to", ">probes x steps");
        for (Frame frame : frames) {
            frame.curvature().density().ifPresent(density -> {
                double[] lambda = density.lambda();
                table.row(
                        Long.toString(frame.iteration()),
                        number(density.mean()),
                        String.format(Locale.ROOT, "+- %.1e", density.meanStandardError()),
                        number(density.variance()),
                        number(lambda[0]),
                        number(lambda[lambda.length - 1]),
                        density.probes() + " x " + density.steps());
            });
        }
        return table;
    }

    /** How far the eigenvalues of a frame hold beyond its probe; empty if that is not known. */
    private static Optional<TextTable> errors(Frame frame) {
        CurvatureValues curvature = frame.curvature();
        TextTable table = new TextTable(
                "last frame's eigenvalue", ">value", "+- residual", ">sampling error", "larger bar", ">on validation");
        boolean known = errors(table, "lambda_max", curvature.largest());
        known |= errors(table, "lambda_min", reversed(curvature.smallest()));
        return known ? Optional.of(table) : Optional.empty();
    }

    private static <T> List<T> reversed(List<T> list) {
        List<T> reversed = new ArrayList<>(list);
        Collections.reverse(reversed);
        return reversed;
    }

    private static boolean errors(TextTable table, String name, List<Eigenvalue> outermostFirst) {
        for (int i = 0; i < outermostFirst.size(); i++) {
            Eigenvalue value = outermostFirst.get(i);
            OptionalDouble error = value.samplingError();
            table.row(
                    name + " " + (i + 1),
                    number(value.value()),
                    residual(value),
                    error.isPresent() ? String.format(Locale.ROOT, "%.1e", error.getAsDouble()) : "-",
                    error.isPresent() ? String.format(Locale.ROOT, "+- %.1e", value.bar()) : "-",
                    value.validation().isPresent() ? number(value.validation().getAsDouble()) : "-");
        }
        return outermostFirst.stream()
                .anyMatch(value ->
                        value.samplingError().isPresent() || value.validation().isPresent());
    }

    private static boolean hasUnconverged(Frame frame) {
        CurvatureValues curvature = frame.curvature();
        return curvature.lambdaMax().stream().anyMatch(value -> !value.converged())
                || curvature.lambdaMin().stream().anyMatch(value -> !value.converged());
    }

    private static String value(Optional<Eigenvalue> eigenvalue) {
        return eigenvalue.map(present -> number(present.value())).orElse("-");
    }

    /** The larger of residual and sampling bar, with its name. */
    private static String error(Optional<Eigenvalue> eigenvalue, String reason) {
        return eigenvalue
                .map(present ->
                        String.format(Locale.ROOT, "+- %.1e %s%s", present.bar(), kind(present), doubt(present)))
                .orElse(reason);
    }

    /** What the larger one of an eigenvalue's errors is. */
    static String kind(Eigenvalue value) {
        return value.bar() > value.residual() ? "sampling" : "residual";
    }

    private static String residual(Eigenvalue value) {
        return String.format(Locale.ROOT, "+- %.1e%s", value.residual(), doubt(value));
    }

    private static String doubt(Eigenvalue value) {
        return value.converged() ? "" : " " + UNCONVERGED;
    }

    private static String accuracy(OptionalDouble percent) {
        return percent.isPresent() ? String.format(Locale.ROOT, "%.2f %%", percent.getAsDouble()) : "-";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.5g", value);
    }

    private static String parameters(RunProvenance run) {
        long all = run.parameters().stream().mapToLong(Parameter::elements).sum();
        long trainable = run.parameters().stream()
                .filter(Parameter::trainable)
                .mapToLong(Parameter::elements)
                .sum();
        String constant = all == trainable ? "" : String.format(Locale.ROOT, ", %,d of them constant", all - trainable);
        return String.format(
                Locale.ROOT,
                "%,d%s, in %d arrays, %s",
                all,
                constant,
                run.parameters().size(),
                run.dataType());
    }

    private static String listed(Map<String, String> values) {
        return new TreeMap<>(values)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", "));
    }
}
