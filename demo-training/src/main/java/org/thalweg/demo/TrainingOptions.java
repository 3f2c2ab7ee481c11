package org.thalweg.demo;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The length of a scenario's training, and the contents and place of its frames. */
public final class TrainingOptions {

    private static final int DEFAULT_EPOCHS = 3;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "Epochs to train (default: 3, or what --iterations needs).")
    private Optional<Integer> epochs = Optional.empty();

    @Option(names = "--iterations", paramLabel = "N", description = "End training after N iterations.")
    private Optional<Integer> iterations = Optional.empty();

    @Mixin
    private final FrameOptions frames = new FrameOptions();

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "12345",
            description = "Seed of weights, batches, probe and directions (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Directory of the run, new or empty (default: runs/SCENARIO-DATE-TIME).")
    private Optional<Path> out = Optional.empty();

    @Option(
            names = "--resume",
            paramLabel = "DIR",
            description =
                    "Continue the run in this directory, from the model that it saved after its last whole epoch or at"
                            + " its end. The options that it was started with must be given again.")
    private Optional<Path> resume = Optional.empty();

    @Option(
            names = "--metrics-port",
            paramLabel = "P",
            description = "Serve /metrics for Prometheus on this port of the loopback interface while training;"
                    + " 0 for any free one.")
    private Optional<Integer> metricsPort = Optional.empty();

    @Option(
            names = "--no-film",
            description = "Leave out the films at the end: landscape.mp4 and landscape.gif in the run's directory.")
    private boolean noFilm;

    @Option(
            names = "--page-port",
            paramLabel = "P",
            description = "Serve the page that shows the run while it trains on this port of the loopback interface"
                    + " (default: any free one).")
    private Optional<Integer> pagePort = Optional.empty();

    @Option(names = "--no-page", description = "Serve no page.")
    private boolean noPage;

    @Option(names = "--no-landscape", description = "Train without Thalweg, to compare.")
    private boolean noLandscape;

    /**
     * Rejects invalid values.
     *
     * @throws ParameterException names the option, the value and what is expected
     */
    public void check() {
        epochs.ifPresent(n -> require(n >= 1, "--epochs must be at least 1, got " + n));
        iterations.ifPresent(n -> require(n >= 1, "--iterations must be at least 1, got " + n));
        require(
                resume.isEmpty() || out.isEmpty(),
                "--resume continues in the run's own directory, and --out starts another one: give one of them, got both");
        frames.check(this::require);
        metricsPort.ifPresent(p -> require(p >= 0 && p <= 65535, "--metrics-port must be 0 to 65535, got " + p));
        pagePort.ifPresent(p -> require(p >= 0 && p <= 65535, "--page-port must be 0 to 65535, got " + p));
        require(
                pagePort.isEmpty() || (!noLandscape && !noPage),
                "--page-port has nothing to serve with --no-landscape or --no-page: leave one of them out");
        require(
                metricsPort.isEmpty() || !noLandscape,
                "--metrics-port has nothing to serve with --no-landscape: leave one of them out");
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            if (command == null) {
                throw new IllegalArgumentException(otherwise);
            }
            throw new ParameterException(command.commandLine(), otherwise);
        }
    }

    /**
     * Number of iterations to train.
     *
     * @param perEpoch iterations an epoch
     */
    long totalIterations(int perEpoch) {
        long ofEpochs = epochs.map(n -> (long) n * perEpoch)
                .orElse(iterations.isPresent() ? Long.MAX_VALUE : (long) DEFAULT_EPOCHS * perEpoch);
        return iterations.map(n -> Math.min(n, ofEpochs)).orElse(ofEpochs);
    }

    /** The times and contents of frames. */
    FrameOptions frames() {
        return frames;
    }

    /** Seed of everything random. */
    public long seed() {
        return seed;
    }

    Optional<Path> out() {
        return out;
    }

    /** The run to continue, if there is one. */
    Optional<Path> resume() {
        return resume;
    }

    Optional<Integer> metricsPort() {
        return metricsPort;
    }

    /** Whether to make films. */
    boolean films() {
        return landscape() && !noFilm;
    }

    /** Port of the page, 0 for any free port; empty for no page. */
    Optional<Integer> pagePort() {
        return noPage || noLandscape ? Optional.empty() : Optional.of(pagePort.orElse(0));
    }

    boolean landscape() {
        return !noLandscape;
    }
}
