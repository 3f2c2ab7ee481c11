package org.thalweg.demo.scenario;

import java.io.IOException;
import java.nio.file.Path;
import org.thalweg.demo.Console;
import org.thalweg.demo.data.ImageSplit;
import org.thalweg.demo.imagenet.ImagenetStyle;
import org.thalweg.demo.imagenet.ImagenetStyle.Size;
import picocli.CommandLine.Command;

/** A network of ImageNet's size from its file. */
@Command(
        name = "imagenet-style",
        description = "Save a ResNet-50 with random weights, read it back, and draw a small surface at 224"
                + " x 224 pixels, with its time and memory.")
public final class ImagenetStyleScenario extends StudyScenario {

    /** Creates it; called by the service loader. */
    public ImagenetStyleScenario() {
        super(Size.DEFAULT.probe(), Size.FULL.probe(), 1);
    }

    @Override
    void study(ImageSplit images, Path directory, Console console) throws IOException {
        new ImagenetStyle(images.training(), isFull() ? Size.FULL : Size.DEFAULT, seed(), console).run(directory);
    }
}
