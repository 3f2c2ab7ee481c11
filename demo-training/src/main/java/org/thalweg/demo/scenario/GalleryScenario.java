package org.thalweg.demo.scenario;

import java.io.IOException;
import java.nio.file.Path;
import org.thalweg.demo.Console;
import org.thalweg.demo.data.ImageSplit;
import org.thalweg.demo.gallery.Gallery;
import picocli.CommandLine.Command;

/** Surfaces of six kinds of networks in one picture. */
@Command(
        name = "gallery",
        description = "Train a MobileNetV2, an Inception, VGGs and residual networks, and draw their surfaces in one"
                + " picture.")
public final class GalleryScenario extends ResumableScenario {

    /** Creates it; called by the service loader. */
    public GalleryScenario() {
        super(2_000, 10_000, 1_000);
    }

    @Override
    void study(ImageSplit images, Path directory, Console console) throws IOException {
        new Gallery(images, isFull() ? Gallery.Size.FULL : Gallery.Size.DEFAULT, seed(), console).run(directory);
    }
}
