package org.thalweg.demo.scenario;

import java.io.IOException;
import java.nio.file.Path;
import org.thalweg.demo.Console;
import org.thalweg.demo.data.ImageSplit;
import org.thalweg.demo.vgg.VggSurfaces;
import org.thalweg.demo.vgg.VggSurfaces.Size;
import picocli.CommandLine.Command;

/** The surface of a VGG of 13 layers in several parameterizations. */
@Command(
        name = "vgg-seed",
        description = "Train a VGG of 13 layers and draw its surface of 51 x 51 points in four" + " parameterizations.")
public final class VggSeedScenario extends StudyScenario {

    /** Creates it; called by the service loader. */
    public VggSeedScenario() {
        super(2_000, 2_000, 1_000);
    }

    @Override
    void study(ImageSplit images, Path directory, Console console) throws IOException {
        new VggSurfaces(images, isFull() ? Size.FULL : Size.DEFAULT, seed(), console).run(directory);
    }
}
