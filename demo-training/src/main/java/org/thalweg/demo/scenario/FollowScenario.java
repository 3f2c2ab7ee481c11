package org.thalweg.demo.scenario;

import java.io.IOException;
import java.nio.file.Path;
import org.thalweg.demo.Console;
import org.thalweg.demo.data.ImageSplit;
import org.thalweg.demo.follow.FollowMinimizer;
import org.thalweg.demo.follow.FollowMinimizer.Size;
import picocli.CommandLine.Command;

/**
 * A camera that follows the minimizer; how much a surface says about the Hessian, and a sample about the whole data.
 */
@Command(
        name = "follow",
        description = "Follow the minimizer from near and far; compare its surface with a map of"
                + " eigenvalues, and a twentieth of the images with all.")
public final class FollowScenario extends StudyScenario {

    /** Creates it; called by the service loader. */
    public FollowScenario() {
        super(2_000, 5_000, 1_000);
    }

    @Override
    void study(ImageSplit images, Path directory, Console console) throws IOException {
        new FollowMinimizer(images, isFull() ? Size.FULL : Size.DEFAULT, seed(), console).run(directory);
    }
}
