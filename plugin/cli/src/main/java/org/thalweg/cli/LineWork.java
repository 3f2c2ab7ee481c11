package org.thalweg.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.direction.DirectionContext;
import org.thalweg.direction.DirectionPair;
import org.thalweg.direction.DirectionSource;
import org.thalweg.frame.LineStudy;
import org.thalweg.frame.LineValues;
import org.thalweg.frame.RunProvenance;
import org.thalweg.objective.Parameterization;
import org.thalweg.recording.StudyFile;
import org.thalweg.surface.Axis;
import org.thalweg.surface.LineEvaluator;
import org.thalweg.surface.LossLine;
import org.thalweg.surface.ModelInterpolation;
import org.thalweg.surface.ModelInterpolation.Moving;

/** Computes the loss along a line through a network, or between two. */
final class LineWork {

    private final AnalysisInputs inputs;
    private final AnalyzeOptions options;
    private final PrintWriter out;
    private final Axis axis;

    LineWork(AnalysisInputs inputs, AnalyzeOptions options, PrintWriter out) {
        this.inputs = inputs;
        this.options = options;
        this.out = out;
        this.axis = planes().line();
    }

    private Planes planes() {
        return new Planes(options.plane, kind());
    }

    private PlaneType kind() {
        return options.plane.kind(inputs.networks().size());
    }

    /** Computes what the file lacks. */
    void run(Interruption interruption) throws IOException {
        List<INDArray> models = inputs.packed();
        DirectionSource source = planes().source(models);
        RunProvenance provenance = StudyProvenance.of(inputs, options, asked(source), settings(source));
        LossLine line = line(provenance);
        if (!line.complete()) {
            try (Checkpoints checkpoints = new Checkpoints(
                    interruption, options.minutes, () -> StudyFile.write(options.output, study(line, provenance)))) {
                fill(line, models, source, () -> reached(checkpoints, line));
                reached(checkpoints, line);
            }
        }
        StudySummary.print(options.output, study(line, provenance), out);
        if (!line.complete()) {
            StudySummary.stopped(out);
        }
    }

    private boolean reached(Checkpoints checkpoints, LossLine line) {
        return checkpoints.reached("line", "points", line.evaluatedPoints(), axis.points());
    }

    private LossLine line(RunProvenance provenance) throws IOException {
        if (!Files.exists(options.output)) {
            return LossLine.empty(axis, inputs.validation() != null);
        }
        LineStudy before = StudyFile.readLine(options.output);
        StudyFile.requireSame(options.output, before.provenance(), provenance);
        LineValues values = before.line();
        StudySummary.continuing(options.output, StudySummary.points(before), out);
        return LossLine.of(
                axis,
                values.evaluated(),
                values.loss(),
                values.accuracy(),
                values.validationLoss(),
                values.validationAccuracy());
    }

    private void fill(LossLine line, List<INDArray> models, DirectionSource source, BooleanSupplier stop) {
        if (kind() == PlaneType.INTERPOLATE) {
            new ModelInterpolation(inputs.train(), inputs.validation())
                    .fill(
                            line,
                            inputs.networks().get(0).model().params(),
                            inputs.networks().get(1).model().params(),
                            options.plane.states ? Moving.STATES : Moving.WEIGHTS,
                            stop);
            return;
        }
        INDArray theta = models.get(inputs.origin());
        DirectionPair directions = source.at(DirectionContext.of(inputs.train(), theta));
        new LineEvaluator(inputs.train(), inputs.validation())
                .fill(line, theta, Parameterization.linear(directions.delta()), stop);
    }

    private LineStudy study(LossLine line, RunProvenance provenance) {
        LineValues values = new LineValues(
                axis.coordinates(),
                line.evaluated(),
                line.loss(),
                line.accuracy(),
                line.validationLoss(),
                line.validationAccuracy());
        return new LineStudy(provenance, values, inputs.train().name());
    }

    /** Every option, as far as it changes what comes out. */
    private Map<String, Object> settings(DirectionSource source) {
        Map<String, Object> settings = new TreeMap<>();
        settings.put("line", kind().toString());
        settings.put("directions", source);
        settings.put("axis", axis);
        settings.put("states", options.plane.states);
        return settings;
    }

    /** A summary of what was asked for. */
    private Map<String, Object> asked(DirectionSource source) {
        Map<String, Object> asked = new TreeMap<>();
        asked.put("line", kind().toString());
        asked.put("directions", source.describe());
        asked.put("grid", axis.points());
        asked.put("range", List.of(axis.from(), axis.to()));
        asked.put("seed", options.plane.seed);
        asked.put("states", options.plane.states);
        return asked;
    }
}
