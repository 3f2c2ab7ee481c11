package org.thalweg.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.IParamLabelRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual page of a command, in the macros of man(7), from picocli's model of the command. */
final class ManualPage {

    /** Wide enough that picocli breaks no line; {@code man} fills lines itself. */
    private static final int WIDE = 10_000;

    private static final String SECTION = "1";

    private final CommandSpec spec;
    private final Help help;
    private final IParamLabelRenderer labels;
    private final StringBuilder page = new StringBuilder();

    private ManualPage(CommandLine command) {
        command.setUsageHelpWidth(WIDE);
        spec = command.getCommandSpec();
        help = new Help(spec, Help.defaultColorScheme(Ansi.OFF));
        labels = help.createDefaultParamLabelRenderer();
    }

    /** The page's file name, such as {@code thalweg-image.1}. */
    static String fileName(CommandLine command) {
        return name(command) + "." + SECTION;
    }

    /** The whole page. Sets the width of the command's help. */
    static String of(CommandLine command) {
        return new ManualPage(command).write();
    }

    /** Names of a command's pages follow git's habit: {@code thalweg-image}. */
    private static String name(CommandLine command) {
        return command.getCommandSpec().qualifiedName("-");
    }

    private String write() {
        String name = name(spec.commandLine());
        macro("TH", name.toUpperCase(Locale.ROOT), SECTION, "", spec.root().version()[0], "Thalweg");
        List<String> description = help.description().lines().toList();
        macro("SH", "NAME");
        line(name + " - " + description.get(0).replaceFirst("\\.$", ""));
        macro("SH", "SYNOPSIS");
        line(help.synopsis(0));
        macro("SH", "DESCRIPTION");
        description.forEach(this::line);
        arguments();
        options();
        commands();
        exitStatus();
        return page.toString();
    }

    private void arguments() {
        List<PositionalParamSpec> arguments = spec.positionalParameters().stream()
                .filter(argument -> !argument.hidden())
                .toList();
        if (!arguments.isEmpty()) {
            macro("SH", "ARGUMENTS");
        }
        for (PositionalParamSpec argument : arguments) {
            Text[][] rows = help.createDefaultParameterRenderer().render(argument, labels, help.colorScheme());
            entry(argument.paramLabel(), rows);
        }
    }

    private void options() {
        macro("SH", "OPTIONS");
        for (OptionSpec option : spec.options()) {
            if (!option.hidden()) {
                String value =
                        labels.renderParameterLabel(option, Ansi.OFF, List.of()).toString();
                Text[][] rows = help.createDefaultOptionRenderer().render(option, labels, help.colorScheme());
                entry(String.join(", ", option.names()) + value, rows);
            }
        }
    }

    private void commands() {
        List<CommandLine> commands = spec.subcommands().values().stream()
                .filter(command -> !command.getCommandSpec().usageMessage().hidden())
                .distinct()
                .toList();
        if (!commands.isEmpty()) {
            macro("SH", "COMMANDS");
        }
        for (CommandLine command : commands) {
            macro("TP");
            macro("BR", name(command), "(" + SECTION + ")");
            line(new Help(command.getCommandSpec(), help.colorScheme()).description());
        }
    }

    private void exitStatus() {
        macro("SH", "EXIT STATUS");
        line("0 for success, 1 for a failure, 2 for wrong usage, 130 after Ctrl-C.");
        if (spec.parent() != null) {
            macro("SH", "SEE ALSO");
            macro("BR", name(spec.parent().commandLine()), "(" + SECTION + ")");
        }
    }

    /** A term and what it means, which is in the last column of picocli's rows. */
    private void entry(String term, Text[][] rows) {
        macro("TP");
        macro("B", term);
        line(Arrays.stream(rows).map(row -> row[row.length - 1].toString()).collect(Collectors.joining(" ")));
    }

    private void macro(String name, String... arguments) {
        page.append('.').append(name);
        for (String argument : arguments) {
            page.append(" \"").append(escaped(argument).replace("\"", "\\(dq")).append('"');
        }
        page.append('\n');
    }

    private void line(String text) {
        String filled = escaped(text.strip().replaceAll("\\s+", " "));
        // A dot or an apostrophe at the start of a line would be a macro.
        page.append(filled.startsWith(".") || filled.startsWith("'") ? "\\&" : "")
                .append(filled)
                .append('\n');
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq");
    }
}
