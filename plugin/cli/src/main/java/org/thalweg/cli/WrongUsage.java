package org.thalweg.cli;

import java.util.List;
import java.util.stream.Stream;
import org.thalweg.terminal.internal.UsageMessage;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Says in one line what is wrong with a command's arguments, what was probably meant, and how to get help. */
final class WrongUsage {

    private WrongUsage() {}

    /** Prints the line on standard error; returns the exit code. */
    static int say(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        List<String> words = Stream.concat(
                        command.getCommandSpec().optionsMap().keySet().stream(),
                        command.getSubcommands().keySet().stream())
                .toList();
        command.getErr()
                .println("thalweg: " + UsageMessage.of(String.valueOf(failure.getMessage()), words) + " ('"
                        + command.getCommandSpec().qualifiedName() + " --help' lists all options)");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }
}
