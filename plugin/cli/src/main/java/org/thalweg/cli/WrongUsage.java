package org.thalweg.cli;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.thalweg.terminal.internal.UsageMessage;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Says in one line what is wrong with a command's arguments, what was probably meant, and how to get help. Where a command is
 * missing or unknown, lists them all.
 */
final class WrongUsage {

    private WrongUsage() {}

    /** Prints the line on standard error; returns the exit code. */
    static int say(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        List<String> words = Stream.concat(
                        command.getCommandSpec().optionsMap().keySet().stream(),
                        command.getSubcommands().keySet().stream())
                .toList();
        String commands = command.getSubcommands().entrySet().stream()
                .filter(entry ->
                        !entry.getValue().getCommandSpec().usageMessage().hidden())
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
        String help = commands.isEmpty()
                ? " --help' lists all options)"
                : " --help' says what the commands do: " + commands + ")";
        command.getErr()
                .println("thalweg: " + UsageMessage.of(String.valueOf(failure.getMessage()), words) + " ('"
                        + command.getCommandSpec().qualifiedName() + help);
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }
}
