package org.thalweg.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.thalweg.analysis.ConnectionOptions;
import org.thalweg.listener.BackendCheck;
import org.thalweg.recording.internal.OutputPath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code thalweg connect A.zip B.zip --data DIR -o OUT.h5}. */
@Command(
        name = "connect",
        description = {
            "Looks for a path of low loss between two networks.",
            "Says whether they lie in one valley: the loss on the straight line between them and on a curve that is"
                    + " trained to have a low loss, and the surface of the plane of both. 'thalweg image' draws the"
                    + " result.",
            "The curve is trained on examples of --data; losses are those of --validation, or of examples set aside.",
            "BatchNorm's statistics are estimated again at every point. Ctrl-C leaves no file."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ConnectCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConnectOptions options;

    @Override
    public Integer call() throws IOException {
        Usage.requireFile(spec, options.output, ".h5");
        PrintWriter out = spec.commandLine().getOut();
        ConnectionOptions connection = options.connection(spec);
        List<Path> models = ModelFiles.files(options.models(), false, out);
        OutputPath.prepareFile(options.output);
        BackendCheck.require();
        try (ConnectedNetworks networks = ConnectedNetworks.read(options, models, connection, out)) {
            networks.connect();
        }
        out.flush();
        return 0;
    }
}
