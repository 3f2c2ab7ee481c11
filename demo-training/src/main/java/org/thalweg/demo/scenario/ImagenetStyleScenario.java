package org.thalweg.demo.scenario;

import java.io.IOException;
import org.thalweg.demo.Console;
import org.thalweg.demo.Scenario;
import org.thalweg.demo.ScenarioOptions;
import org.thalweg.demo.imagenet.ImagenetStyle;
import org.thalweg.demo.imagenet.ImagenetStyle.Size;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A network of ImageNet's size from its file. */
@Command(
        name = ImagenetStyleScenario.NAME,
        description =
                "Save a ResNet-50 with random weights, read it back, and draw a small surface at 224 x 224 pixels, with"
                        + " its time and memory.",
        sortOptions = false)
public final class ImagenetStyleScenario implements Scenario {

    static final String NAME = "imagenet-style";

    @Mixin
    private final ScenarioOptions options = new ScenarioOptions();

    @Override
    public void run(Console console) throws IOException {
        Size size = options.full() ? Size.FULL : Size.DEFAULT;
        options.run(
                NAME,
                size.probe(),
                1,
                (images, directory) ->
                        new ImagenetStyle(images.training(), size, options.seed(), console).run(directory));
    }
}
