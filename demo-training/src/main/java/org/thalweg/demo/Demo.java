package org.thalweg.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.Set;
import org.thalweg.listener.BackendCheck;
import org.thalweg.listener.UnusableBackendException;
import org.thalweg.objective.Device;
import org.thalweg.recording.internal.FileErrors;
import org.thalweg.recording.internal.ShutdownCleanup;
import org.thalweg.terminal.internal.PlainText;
import org.thalweg.terminal.internal.UsageMessage;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line: {@code demo-training/run [SCENARIO] [OPTION...]}. Exit codes: 0 for success, 1 for a failure, 2
 * for an invalid command line.
 */
@Command(
        name = "demo-training/run",
        synopsisSubcommandLabel = "[SCENARIO] [OPTION...]",
        description = "Train a real network with Thalweg attached, and see the loss landscape around its minimizer.",
        commandListHeading = "%nScenarios (the first is the default):%n")
public final class Demo {

    private static final String DEFAULT_SCENARIO = "lenet";
    private static final String NAME = "demo-training";
    private static final String LIST = "--list";
    /** Options that may replace a scenario. */
    private static final Set<String> GENERAL_OPTIONS = Set.of("-h", "--help", LIST);

    private Demo() {}

    /** Runs and exits. The start script says whether there is a terminal, which not every Java version can tell. */
    public static void main(String[] args) {
        // Messages quote files, which may come from strangers.
        System.setErr(PlainText.stream(System.err, Charset.defaultCharset()));
        ShutdownCleanup.watch();
        // ND4J leaves threads behind that would keep the JVM alive.
        System.exit(run(new Console(System.out, Boolean.getBoolean("thalweg.demo.terminal")), System.err, args));
    }

    /**
     * Runs a command line.
     *
     * @param console where to report
     * @param errors where to report failures
     * @param args scenario and options; without a scenario, the default one
     * @return exit code
     */
    static int run(Console console, PrintStream errors, String... args) {
        CommandLine demo = new CommandLine(new Demo());
        for (Scenario scenario : ServiceLoader.load(Scenario.class)) {
            demo.addSubcommand(scenario);
        }
        demo.getCommandSpec().addOption(help());
        demo.getCommandSpec().addOption(list());
        demo.getSubcommands()
                .values()
                .forEach(command -> command.getCommandSpec().addOption(help()));
        demo.setCaseInsensitiveEnumValuesAllowed(true);
        demo.registerConverter(Path.class, Demo::path);
        demo.setUsageHelpAutoWidth(true);
        demo.registerConverter(Device.class, Demo::device);
        demo.setParameterExceptionHandler((e, given) -> usageError(e, errors));
        demo.setExecutionStrategy(result -> start(result, console, errors));
        return demo.execute(withScenario(args));
    }

    private static Device device(String text) {
        try {
            return Device.of(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    /** An empty path, for example of a variable that is not set, would be the working directory. */
    private static Path path(String text) {
        if (text.isEmpty()) {
            throw new TypeConversionException("a path must not be empty: the working directory itself is '.'");
        }
        return Path.of(text);
    }

    private static OptionSpec help() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help.")
                .build();
    }

    private static OptionSpec list() {
        return OptionSpec.builder(LIST)
                .type(boolean.class)
                .description("List the scenarios.")
                .build();
    }

    private static String[] withScenario(String... args) {
        List<String> words = new ArrayList<>(List.of(args));
        boolean general = !words.isEmpty() && GENERAL_OPTIONS.contains(words.get(0));
        if (words.isEmpty() || (words.get(0).startsWith("-") && !general)) {
            words.add(0, DEFAULT_SCENARIO);
        }
        return words.toArray(String[]::new);
    }

    private static int start(ParseResult result, Console console, PrintStream errors) {
        CommandLine demo = result.commandSpec().commandLine();
        if (result.hasMatchedOption(LIST)) {
            demo.getSubcommands().values().forEach(scenario -> console.line(line(scenario)));
            return CommandLine.ExitCode.OK;
        }
        if (!result.hasSubcommand()) {
            console.text(demo.getUsageMessage());
            demo.getSubcommands().values().forEach(scenario -> console.text("\n" + scenario.getUsageMessage()));
            return CommandLine.ExitCode.OK;
        }
        CommandLine chosen = result.subcommand().commandSpec().commandLine();
        if (result.subcommand().isUsageHelpRequested()) {
            console.text(chosen.getUsageMessage());
            return CommandLine.ExitCode.OK;
        }
        Scenario scenario = chosen.getCommand();
        try {
            requireBackend();
            scenario.run(console);
            return CommandLine.ExitCode.OK;
        } catch (IOException | IllegalArgumentException | UnusableBackendException e) {
            errors.println(NAME + ": " + PlainText.line(FileErrors.message(e)));
        } catch (OutOfMemoryError | StackOverflowError e) {
            errors.println(NAME + ": this cannot be done: " + FileErrors.reason(e));
        } catch (ParameterException e) {
            throw e;
        } catch (RuntimeException unforeseen) {
            unforeseen.printStackTrace(errors);
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static String line(CommandLine scenario) {
        String description =
                String.join(" ", scenario.getCommandSpec().usageMessage().description());
        return String.format(Locale.ROOT, "%-20s %s", scenario.getCommandName(), description);
    }

    /**
     * Loads ND4J. Its CUDA backend prints a stack trace if something is missing; the listener's report says so in one
     * sentence.
     */
    private static void requireBackend() {
        PrintStream errors = System.err;
        System.setErr(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
        try {
            BackendCheck.require();
        } finally {
            System.setErr(errors);
        }
    }

    private static int usageError(ParameterException e, PrintStream errors) {
        errors.println(NAME + ": " + describe(e) + " (see --help)");
        return CommandLine.ExitCode.USAGE;
    }

    private static String describe(ParameterException e) {
        boolean atTop = e.getCommandLine().getParent() == null;
        if (atTop
                && e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            return "unknown scenario '"
                    + PlainText.line(unmatched.getUnmatched().get(0)) + "', expected one of "
                    + String.join(", ", e.getCommandLine().getSubcommands().keySet());
        }
        return UsageMessage.of(
                String.valueOf(e.getMessage()),
                e.getCommandLine().getCommandSpec().optionsMap().keySet());
    }
}
