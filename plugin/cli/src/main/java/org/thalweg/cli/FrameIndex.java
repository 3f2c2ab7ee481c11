package org.thalweg.cli;

import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The option {@code --frame}: a number from 0, or {@code last}. */
final class FrameIndex {

    static final String LAST = "last";

    private FrameIndex() {}

    /**
     * The index of a frame.
     *
     * @throws ParameterException if the text is neither a number nor {@code last}, or the run has no such frame
     */
    static int of(CommandSpec spec, String text, Path run, int frames) {
        if (text.equals(LAST)) {
            return frames - 1;
        }
        try {
            int index = Integer.parseInt(text);
            if (index < 0 || index >= frames) {
                throw new ParameterException(
                        spec.commandLine(),
                        "Invalid value for option '--frame': the run at " + run + " has frames 0 to " + (frames - 1)
                                + ", got " + text);
            }
            return index;
        } catch (NumberFormatException e) {
            throw new ParameterException(
                    spec.commandLine(), "--frame must be a number or 'last', got '" + text + "'", e);
        }
    }
}
