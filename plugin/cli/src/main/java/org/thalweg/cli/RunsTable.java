package org.thalweg.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.thalweg.cli.InfoCommand.ReadRun;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Frame;

/** The last frames of several runs as a table, a row per run. */
final class RunsTable {

    private RunsTable() {}

    static TextTable of(List<ReadRun> runs) {
        TextTable table = new TextTable(
                "run",
                "started",
                ">frames",
                ">iteration",
                ">epoch",
                ">loss",
                ">accuracy",
                ">lambda_max",
                "status",
                "directory");
        for (ReadRun run : runs) {
            Optional<Frame> last = run.frames().isEmpty()
                    ? Optional.empty()
                    : Optional.of(run.frames().get(run.frames().size() - 1));
            table.row(
                    run.reader().provenance().run(),
                    run.reader().started().toString(),
                    Integer.toString(run.frames().size()),
                    last.map(frame -> Long.toString(frame.iteration())).orElse("-"),
                    last.map(frame -> Integer.toString(frame.epoch())).orElse("-"),
                    last.map(frame -> number(frame.loss())).orElse("-"),
                    last.filter(frame -> frame.accuracy().isPresent())
                            .map(frame -> String.format(
                                    Locale.ROOT, "%.2f %%", frame.accuracy().getAsDouble()))
                            .orElse("-"),
                    last.flatMap(frame -> frame.curvature().lambdaMax())
                            .map(RunsTable::eigenvalue)
                            .orElse("-"),
                    last.map(frame -> frame.status().label()).orElse("no frames yet"),
                    run.reader().root().toString());
        }
        return table;
    }

    private static String eigenvalue(Eigenvalue value) {
        return number(value.value()) + (value.converged() ? "" : " *");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.5g", value);
    }
}
