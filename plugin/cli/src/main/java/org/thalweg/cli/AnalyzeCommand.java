package org.thalweg.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code thalweg analyze MODEL.zip --data DIR -o OUT.h5}. */
@Command(
        name = "analyze",
        description = {
            "Looks at the loss around saved networks: a surface on a plane, or a line, and the curvature.",
            "Ctrl-C keeps what is done, and the same command goes on with it."
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
        Usage.checked(spec, () -> {
            options.check();
            return Planes.check(options);
        });
        // All that knows a backend is behind this, and is loaded when it is called.
        new ModelAnalysis(options, spec.commandLine().getOut()).run();
        return 0;
    }
}
