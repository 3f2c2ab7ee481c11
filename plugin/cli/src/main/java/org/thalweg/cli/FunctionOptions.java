package org.thalweg.cli;

import java.util.Locale;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.ObjectiveOptions;
import picocli.CommandLine.Option;

/** Options of the function of the parameters. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class FunctionOptions {

    @Option(
            names = "--bn",
            paramLabel = "MODE",
            description = "Statistics that BatchNorm uses: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "running")
    Statistics statistics;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            description = "Examples per batch; with --bn batch, their statistics are used (default: ${DEFAULT-VALUE}).",
            defaultValue = "512")
    int batchSize;

    /** Statistics that BatchNorm uses. */
    enum Statistics {
        RUNNING,
        BATCH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @throws IllegalArgumentException naming a wrong option */
    void check() {
        DataOptions.requirePositive("--batch-size", batchSize);
    }

    /** The function. */
    ObjectiveOptions objective() {
        return ObjectiveOptions.DEFAULT
                .withMode(statistics == Statistics.BATCH ? ObjectiveMode.BATCH : ObjectiveMode.RUNNING)
                .withBatchSize(batchSize);
    }
}
