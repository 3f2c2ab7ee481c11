package org.thalweg.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.thalweg.recording.internal.AtomicFile;
import org.thalweg.recording.internal.OutputPath;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code thalweg generate-manual DIRECTORY}, which the build runs. */
@Command(
        name = "generate-manual",
        description = "Writes the manual pages of all commands.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        hidden = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ManualCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIRECTORY", description = "Directory to write the pages into.")
    private Path directory;

    @Override
    public Integer call() throws IOException {
        CommandLine thalweg = spec.root().commandLine();
        List<CommandLine> commands = new ArrayList<>(List.of(thalweg));
        thalweg.getSubcommands().values().stream()
                .filter(command -> !command.getCommandSpec().usageMessage().hidden())
                .forEach(commands::add);
        OutputPath.prepareDirectory(directory);
        for (CommandLine command : commands) {
            String page = ManualPage.of(command);
            AtomicFile.write(directory.resolve(ManualPage.fileName(command)), part -> Files.writeString(part, page));
        }
        spec.commandLine().getOut().println(directory + ": " + commands.size() + " pages");
        return 0;
    }
}
