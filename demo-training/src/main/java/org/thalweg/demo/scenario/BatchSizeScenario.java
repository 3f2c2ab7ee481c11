package org.thalweg.demo.scenario;

import java.io.IOException;
import java.nio.file.Path;
import org.thalweg.demo.Console;
import org.thalweg.demo.batchsize.BatchSize;
import org.thalweg.demo.batchsize.BatchSize.Size;
import org.thalweg.demo.data.ImageSplit;
import picocli.CommandLine.Command;

/** Minimizers of small and large batches. */
@Command(
        name = "batch-size",
        description = "Train with small and large batches, with and without weight decay, and show the line"
                + " between the minimizers and the surface around each.")
public final class BatchSizeScenario extends StudyScenario {

    /** Creates it; called by the service loader. */
    public BatchSizeScenario() {
        super(1_000, 10_000, 1_000);
    }

    @Override
    void study(ImageSplit images, Path directory, Console console) throws IOException {
        new BatchSize(images, isFull() ? Size.FULL : Size.DEFAULT, seed(), console).run(directory);
    }
}
