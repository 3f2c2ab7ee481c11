package org.thalweg.demo.scenario;

import java.io.IOException;
import java.nio.file.Path;
import org.thalweg.demo.Console;
import org.thalweg.demo.data.ImageSplit;
import org.thalweg.demo.residual.SkipVsPlain;
import org.thalweg.demo.residual.SkipVsPlain.Size;
import picocli.CommandLine.Command;

/** A deep residual network next to the same one without shortcuts. */
@Command(
        name = "skip-vs-plain",
        description = "Train a deep residual network and the same one without shortcuts, and compare the"
                + " surfaces around their minimizers.")
public final class SkipVsPlainScenario extends ResumableScenario {

    /** Creates it; called by the service loader. */
    public SkipVsPlainScenario() {
        super(2_000, 8_000, 1_000);
    }

    @Override
    void study(ImageSplit images, Path directory, Console console) throws IOException {
        new SkipVsPlain(images, isFull() ? Size.FULL : Size.DEFAULT, seed(), console).run(directory);
    }
}
