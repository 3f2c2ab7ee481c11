package org.thalweg.demo.scenario;

import java.io.IOException;
import java.nio.file.Path;
import org.thalweg.demo.Console;
import org.thalweg.demo.data.ImageSplit;
import org.thalweg.demo.probesize.ProbeSizeStudy;
import picocli.CommandLine.Command;

/** One network on shares of its images. */
@Command(
        name = "probe-size",
        description =
                "Compare surface and eigenvalues on small and large shares of the images, several times each, with"
                        + " those on all of them.")
public final class ProbeSizeScenario extends ResumableScenario {

    /** Creates it; called by the service loader. */
    public ProbeSizeScenario() {
        super(2_000, 10_000, 1);
    }

    @Override
    void study(ImageSplit images, Path directory, Console console) throws IOException {
        ProbeSizeStudy.Size size = isFull() ? ProbeSizeStudy.Size.FULL : ProbeSizeStudy.Size.DEFAULT;
        new ProbeSizeStudy(images, size, seed(), console).run(directory);
    }
}
