package org.thalweg.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The command {@code thalweg}. Exit codes: 0 for success, 1 for a failure (one line on standard error), 2 for wrong
 * usage.
 *
 * @since 0.2.0
 */
@Command(
        name = "thalweg",
        description = "Shows the loss landscapes of training runs and analyzes saved networks.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            InfoCommand.class,
            ImageCommand.class,
            VideoCommand.class,
            ViewCommand.class,
            ServeCommand.class,
            ExportCommand.class,
            TrajectoryCommand.class,
            AnalyzeCommand.class
        })
public final class Thalweg {

    private Thalweg() {}

    /** Runs a command and exits with its code. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Thalweg());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return line.setExecutionExceptionHandler((failure, command, parsed) -> {
            String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
            command.getErr().println("thalweg: " + message.replaceAll("\\R", " "));
            return CommandLine.ExitCode.SOFTWARE;
        });
    }
}
