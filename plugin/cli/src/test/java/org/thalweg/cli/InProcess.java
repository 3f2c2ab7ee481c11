package org.thalweg.cli;

import java.io.Writer;
import java.util.Arrays;

/** The command line without a process of its own. */
final class InProcess {

    private InProcess() {}

    /**
     * Runs a command.
     *
     * @param out gets what it prints
     * @param err gets what it complains of
     * @param words the command's name and arguments, as their {@code toString()} has them
     * @return the exit code
     */
    static int execute(Writer out, Writer err, Object... words) {
        return Thalweg.commandLine(out, err)
                .execute(Arrays.stream(words).map(Object::toString).toArray(String[]::new));
    }
}
