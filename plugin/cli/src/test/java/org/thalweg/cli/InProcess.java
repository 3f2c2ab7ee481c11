package org.thalweg.cli;

import java.io.Writer;
import java.util.Arrays;

/** Runs the command line within this process. */
final class InProcess {

    private InProcess() {}

    /**
     * Runs a command.
     *
     * @param out receives its output
     * @param err receives its error messages
     * @param words the command's name and arguments, by their {@code toString()}
     * @return the exit code
     */
    static int execute(Writer out, Writer err, Object... words) {
        return Thalweg.commandLine(out, err)
                .execute(Arrays.stream(words).map(Object::toString).toArray(String[]::new));
    }
}
