package org.thalweg.demo.scenario;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A study of many runs that continues where it was killed. */
@Command(sortOptions = false)
abstract class ResumableScenario extends StudyScenario {

    @Option(
            names = "--resume",
            paramLabel = "DIR",
            description = "Continue the study in this directory with the runs that it has not finished. The options"
                    + " that it was started with must be given again.")
    private Optional<Path> resume = Optional.empty();

    /** As of {@link StudyScenario}. */
    ResumableScenario(int training, int trainingIfFull, int validation) {
        super(training, trainingIfFull, validation);
    }

    @Override
    final Optional<Path> resumed() {
        return resume;
    }
}
