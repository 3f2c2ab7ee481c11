package org.thalweg.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code thalweg analyze MODEL.zip --data DIR -o OUT.h5}. */
@Command(
        name = "analyze",
        description = {
            "Computes the loss around saved networks, on a plane or along a line, and its curvature.",
            "Ctrl-C keeps the results so far; the same command continues them."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AnalyzeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private AnalyzeOptions options;

    @Override
    public Integer call() throws IOException {
        Usage.requireFile(spec, options.output);
        PrintWriter out = spec.commandLine().getOut();
        options.models = ModelFiles.files(options.models, options.plane.kind == PlaneType.PCA, out);
        Usage.checked(spec, () -> {
            options.check();
            return options.classes.allowed();
        });
        Planes.check(spec, options);
        // Loads the backend, which no other command needs.
        new ModelAnalysis(options, out).run();
        return 0;
    }
}
