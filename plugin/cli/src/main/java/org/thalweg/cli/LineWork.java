package org.thalweg.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.analysis.internal.values.GridValues;
import org.thalweg.direction.DirectionContext;
import org.thalweg.direction.DirectionPair;
import org.thalweg.direction.DirectionSource;
import org.thalweg.frame.LineStudy;
import org.thalweg.frame.RunProvenance;
import org.thalweg.objective.Parameterization;
import org.thalweg.recording.StudyFile;
import org.thalweg.surface.Axis;
import org.thalweg.surface.LineEvaluator;
import org.thalweg.surface.LossLine;
import org.thalweg.surface.ModelInterpolation;
import org.thalweg.surface.ModelInterpolation.Moving;

/** Computes the loss along a line through a network, or between two. */
final class LineWork extends AnalysisWork {

    private final AnalysisInputs inputs;
    private final PlaneType kind;
    private final Axis axis;
    private final List<INDArray> models;
    private final DirectionSource source;
    private final RunProvenance provenance;
    private final LossLine line;

    /** @throws IOException if the output file exists and cannot be continued; the message names it */
    LineWork(AnalysisInputs inputs, AnalyzeOptions options, PrintWriter out) throws IOException {
        super(options, out);
        this.inputs = inputs;
        this.kind = options.plane.kind(inputs.networks().size());
        Planes planes = new Planes(options.plane, kind);
        this.axis = planes.line();
        this.models = inputs.packed();
        this.source = planes.source(models);
        this.provenance = StudyProvenance.of(inputs, options.function.objective(), asked(), settings());
        this.line = line();
    }

    @Override
    boolean complete() {
        return line.complete();
    }

    @Override
    void compute(Checkpoints checkpoints) {
        fill(() -> reached(checkpoints));
        reached(checkpoints);
    }

    @Override
    void save() throws IOException {
        StudyFile.write(options.output, study());
    }

    @Override
    void print() {
        StudySummary.print(options.output, study(), out);
    }

    private boolean reached(Checkpoints checkpoints) {
        return checkpoints.reached("line", "points", line.evaluatedPoints(), axis.points());
    }

    private LossLine line() throws IOException {
        if (!Files.exists(options.output)) {
            return LossLine.empty(axis, inputs.validation() != null);
        }
        LineStudy before = StudyFile.readLine(options.output);
        continued(before.provenance(), provenance, StudySummary.points(before));
        return GridValues.line(axis, before.line());
    }

    private void fill(BooleanSupplier stop) {
        if (kind == PlaneType.INTERPOLATE) {
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

    private LineStudy study() {
        return new LineStudy(provenance, GridValues.of(line), inputs.train().name());
    }

    /** Every option that changes the result. */
    private Map<String, Object> settings() {
        Map<String, Object> settings = new TreeMap<>();
        settings.put("line", kind.toString());
        settings.put("directions", source);
        settings.put("axis", axis);
        settings.put("states", options.plane.states);
        return settings;
    }

    /** The options in short, for readers. */
    private Map<String, Object> asked() {
        Map<String, Object> asked = new TreeMap<>();
        asked.put("line", kind.toString());
        asked.put("directions", source.describe());
        asked.put("grid", axis.points());
        asked.put("range", List.of(axis.from(), axis.to()));
        asked.put("seed", options.plane.seed);
        asked.put("states", options.plane.states);
        return asked;
    }
}
