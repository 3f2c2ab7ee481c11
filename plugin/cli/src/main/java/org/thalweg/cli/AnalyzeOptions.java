package org.thalweg.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What to look at, and for what. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AnalyzeOptions {

    @Parameters(
            paramLabel = "MODEL",
            arity = "1..*",
            description =
                    "Files written by ModelSerializer, or RUN/weights/N.h5 of a run that has recorded its weights.")
    List<Path> models;

    @Option(
            names = "--data",
            paramLabel = "DIR|FILE",
            description = {
                "IDX directory (MNIST's files); CSV with the class, the value or one-hot columns last;",
                "HDF5 with features and labels; or a run, for its probe. With --master also Parquet, and",
                "URIs of any file system that Hadoop knows: hdfs://HOST/PATH."
            },
            required = true)
    String data;

    @Option(
            names = "--probe",
            paramLabel = "N",
            description = "So many examples, drawn once (default: ${DEFAULT-VALUE}).",
            defaultValue = "512")
    int probe;

    @Option(
            names = "--validation",
            paramLabel = "DIR|FILE",
            description = "Look at examples of these data, too: the set t10k of an IDX directory, where there is one.")
    @Nullable
    String validation;

    @Mixin
    PlaneOptions plane;

    @Option(
            names = "--eigenvalues",
            paramLabel = "K",
            description = "How many of each end of the Hessian's spectrum at the model (default: 1); 0 for none.")
    @Nullable
    Integer eigenvalues;

    @Option(names = "--density", description = "The density of eigenvalues as well: 800 products more.")
    boolean density;

    @Option(
            names = "--convexity",
            paramLabel = "N",
            description = "Eigenvalues at N x N points of the surface's, too: |lambda_min/lambda_max|.")
    @Nullable
    Integer convexity;

    @Option(
            names = "--bn",
            paramLabel = "MODE",
            description = "BatchNorm's statistics: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            defaultValue = "running")
    Statistics statistics;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            description = "Examples a batch: with --bn batch, whose statistics count (default: ${DEFAULT-VALUE}).",
            defaultValue = "512")
    int batchSize;

    @Option(
            names = "--save-directions",
            description = "Keep the directions in the file, so that others can compute the surface again.")
    boolean saveDirections;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            description = {
                "Stop after so long with what is there, eigenvalues in work finished first; the same command",
                "goes on with it."
            })
    @Nullable
    Double minutes;

    @Option(
            names = "--master",
            paramLabel = "URL",
            description = {
                "Compute on a cluster of Apache Spark: spark://HOST:PORT, or local[N].",
                "Needs Spark on the class path: start plugin/spark/thalweg-spark instead of thalweg."
            })
    @Nullable
    String master;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The file to write: out.h5. One that the same command has begun is gone on with.",
            required = true)
    Path output;

    /** Which statistics BatchNorm works with. */
    enum Statistics {
        RUNNING,
        BATCH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Refuses what does not go together.
     *
     * @throws IllegalArgumentException naming it
     */
    void check() {
        plane.check(models.size());
        requirePositive("--probe", probe);
        requirePositive("--batch-size", batchSize);
        if (eigenvalues != null && eigenvalues < 0) {
            throw new IllegalArgumentException("--eigenvalues must not be negative, got " + eigenvalues);
        }
        if (minutes != null && !(minutes > 0)) {
            throw new IllegalArgumentException("--minutes must be positive, got " + minutes);
        }
        boolean curved = (eigenvalues != null && eigenvalues > 0) || density || convexity != null;
        if (plane.line && (curved || saveDirections)) {
            throw new IllegalArgumentException("--eigenvalues, --density, --convexity and --save-directions are for"
                    + " surfaces: leave them or --line out");
        }
    }

    private static void requirePositive(String option, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(option + " must be at least 1, got " + value);
        }
    }
}
