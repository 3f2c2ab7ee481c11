package org.thalweg.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.thalweg.video.film.FilmOptions;
import org.thalweg.video.internal.film.Scenes;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Reports a value that the library refuses as wrong usage instead of a failure. */
final class Usage {

    private Usage() {}

    /** A value of an option; a message names the option like the parser's own messages. */
    static <T> T checked(CommandSpec spec, String option, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), "Invalid value for option '" + option + "': " + e.getMessage(), e);
        }
    }

    /**
     * The name of a file to write.
     *
     * @param file of the option {@code -o}
     * @param ends allowed ends of names; none if all are allowed
     */
    static void requireFile(CommandSpec spec, Path file, String... ends) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (ends.length > 0 && Stream.of(ends).noneMatch(name::endsWith)) {
            throw new ParameterException(spec.commandLine(), "-o must end in " + listed(ends) + ", got " + file);
        }
        if (Files.isDirectory(file)) {
            throw new ParameterException(
                    spec.commandLine(), "-o must be the name of a file to write, and " + file + " is a directory");
        }
    }

    /** Whether as many runs can be shown side by side with these options. */
    static void requireComparable(CommandSpec spec, int runs, FilmOptions options) {
        checked(spec, () -> {
            Scenes.requireComparable(runs, options);
            return options;
        });
    }

    private static String listed(String... ends) {
        String all = String.join(", ", ends);
        int last = all.lastIndexOf(", ");
        return last < 0 ? all : all.substring(0, last) + " or " + all.substring(last + 2);
    }

    /** Several values; a message names the wrong one itself. */
    static <T> T checked(CommandSpec spec, Supplier<T> options) {
        try {
            return options.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
