package org.thalweg.cli;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.file.Path;
import org.thalweg.objective.Device;
import org.thalweg.recording.internal.FileErrors;
import org.thalweg.terminal.internal.PlainText;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.TypeConversionException;

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
            AnalyzeCommand.class,
            FollowCommand.class,
            ConnectCommand.class,
            HelpCommand.class,
            GenerateCompletion.class,
            ManualCommand.class
        })
public final class Thalweg {

    private Thalweg() {}

    /** Runs a command and exits with its code. */
    public static void main(String[] arguments) {
        Charset charset = Charset.defaultCharset();
        // Log messages quote files, too.
        System.setErr(PlainText.stream(System.err, charset));
        System.exit(
                commandLine(new OutputStreamWriter(System.out, charset), new OutputStreamWriter(System.err, charset))
                        .execute(arguments));
    }

    /** An empty path, for example of a variable that is not set, would be the working directory. */
    private static Path path(String text) {
        if (text.isEmpty()) {
            throw new TypeConversionException("a path must not be empty: the working directory itself is '.'");
        }
        return Path.of(text);
    }

    private static Device device(String text) {
        try {
            return Device.of(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    /** The command line, which prints only plain text. */
    static CommandLine commandLine(Writer out, Writer err) {
        CommandLine line = new CommandLine(new Thalweg());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.registerConverter(Path.class, Thalweg::path);
        line.registerConverter(Device.class, Thalweg::device);
        line.setColorScheme(Help.defaultColorScheme(Ansi.OFF));
        line.setOut(PlainText.writer(out)).setErr(PlainText.writer(err));
        line.getSubcommands().values().stream()
                .filter(command -> command.getCommandName().equals("generate-completion"))
                .forEach(command -> command.getCommandSpec().usageMessage().hidden(true));
        line.setParameterExceptionHandler(WrongUsage::say);
        line.setExecutionStrategy(Thalweg::execute);
        return line.setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println("thalweg: " + PlainText.line(FileErrors.message(failure)));
            return CommandLine.ExitCode.SOFTWARE;
        });
    }

    /** The parser does not catch errors of the virtual machine, which would print stack traces. */
    private static int execute(ParseResult words) {
        try {
            return new RunLast().execute(words);
        } catch (OutOfMemoryError | StackOverflowError e) {
            CommandLine command = words.commandSpec().commandLine();
            throw new ExecutionException(
                    command, e.getMessage(), new IOException("this cannot be done: " + FileErrors.reason(e), e));
        }
    }
}
