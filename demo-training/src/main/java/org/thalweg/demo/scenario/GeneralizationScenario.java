package org.thalweg.demo.scenario;

import java.io.IOException;
import java.nio.file.Path;
import org.thalweg.demo.Console;
import org.thalweg.demo.data.ImageSplit;
import org.thalweg.demo.generalization.GeneralizationStudy;
import picocli.CommandLine.Command;

/** Sharpness by several measures, and how well networks generalize. */
@Command(
        name = "generalization",
        description = "Train many small networks to one training loss, and see which measures of sharpness rank them by"
                + " how well they generalize.")
public final class GeneralizationScenario extends ResumableScenario {

    /** Creates it; called by the service loader. */
    public GeneralizationScenario() {
        super(1_000, 4_000, 2_000);
    }

    @Override
    void study(ImageSplit images, Path directory, Console console) throws IOException {
        GeneralizationStudy.Size size = isFull() ? GeneralizationStudy.Size.FULL : GeneralizationStudy.Size.DEFAULT;
        new GeneralizationStudy(images, size, seed(), console).run(directory);
    }
}
