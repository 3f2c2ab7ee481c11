package org.thalweg.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.thalweg.listener.BackendCheck;
import org.thalweg.listener.SurfaceOptions;
import org.thalweg.surface.Grid;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code thalweg follow CHECKPOINTS --data DIR -o RUN}. */
@Command(
        name = "follow",
        description = {
            "Makes a run of a folder of saved networks, for training runs that had no listener.",
            "It has a frame of each network, their curves, a film and a page.",
            "After Ctrl-C, the same command continues the run, and so it does once there are more networks."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class FollowCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private FollowOptions options;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Usage.checked(spec, () -> {
            options.check();
            return options;
        });
        Grid grid = Usage.checked(spec, "--grid", options::grid);
        SurfaceOptions surface = Usage.checked(spec, () -> options.surface(grid));
        BackendCheck.require();
        new FollowedTraining(options, surface, out).run();
        out.flush();
        return 0;
    }
}
