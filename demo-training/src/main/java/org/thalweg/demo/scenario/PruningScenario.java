package org.thalweg.demo.scenario;

import java.io.IOException;
import java.nio.file.Path;
import org.thalweg.demo.Console;
import org.thalweg.demo.data.ImageSplit;
import org.thalweg.demo.pruning.PruningStudy;
import picocli.CommandLine.Command;

/** A trained LeNet without its smallest weights. */
@Command(
        name = "pruning",
        description =
                "Prune a trained LeNet by the size of its weights, and compare surfaces, spectra and held-out loss.")
public final class PruningScenario extends StudyScenario {

    /** Creates it; called by the service loader. */
    public PruningScenario() {
        super(2_000, 10_000, 1_000);
    }

    @Override
    void study(ImageSplit images, Path directory, Console console) throws IOException {
        new PruningStudy(images, isFull() ? PruningStudy.Size.FULL : PruningStudy.Size.DEFAULT, seed(), console)
                .run(directory);
    }
}
