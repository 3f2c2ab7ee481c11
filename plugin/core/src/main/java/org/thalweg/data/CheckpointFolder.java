package org.thalweg.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.thalweg.recording.RunReader;
import org.thalweg.recording.internal.FileErrors;

/**
 * The networks that a training run left in a folder, in order of iteration: files of Deeplearning4j's {@code
 * CheckpointListener}, the {@code bestModel.bin} and {@code latestModel.bin} of early stopping ({@code
 * LocalFileModelSaver}, {@code LocalFileGraphSaver}), any other files of {@code ModelSerializer} that end in {@code .zip}
 * or {@code .bin}, or the weights of a run.
 *
 * <p>A network's iteration is the one that Deeplearning4j saved with it. A {@code CheckpointListener} that saves at
 * iterations, instead of at the end of epochs, does so before the last update is counted, so its files have a count
 * that is lower by one.
 *
 * @param directory the folder
 * @param checkpoints the networks, ascending, at least one
 * @param leftOut the files that are left out, each with the reason, for the user
 * @since 0.2.0
 */
public record CheckpointFolder(Path directory, List<Checkpoint> checkpoints, List<String> leftOut) {

    private static final List<String> ENDINGS = List.of(".zip", ".bin");
    private static final Pattern NUMBER = Pattern.compile("checkpoint_(\\d{1,9})_.*");
    private static final String BEST = "best";

    /**
     * A saved network.
     *
     * @param file its file
     * @param iteration completed parameter updates
     * @param epoch completed epochs
     */
    public record Checkpoint(Path file, long iteration, int epoch) {

        /** The number in a file name of {@code CheckpointListener}, which counts its files. */
        private int number() {
            Matcher name = NUMBER.matcher(file.getFileName().toString());
            return name.matches() ? Integer.parseInt(name.group(1)) : -1;
        }
    }

    public CheckpointFolder {
        checkpoints = List.copyOf(checkpoints);
        leftOut = List.copyOf(leftOut);
        if (checkpoints.isEmpty()) {
            throw new IllegalArgumentException(directory + " must have at least one network");
        }
    }

    /**
     * Lists a folder. Only the networks' counts are read. Unreadable files, such as the last one of a training run that
     * was killed, are left out; of several networks with one iteration, the last one counts.
     *
     * @throws IOException if there is no such folder, or no network in it that can be read; the message names it
     */
    public static CheckpointFolder read(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IOException(directory + " is not a directory of saved networks");
        }
        List<String> leftOut = new ArrayList<>();
        List<Checkpoint> found =
                Files.exists(directory.resolve("run.json")) ? ofRun(directory) : ofFiles(directory, leftOut);
        found.sort(Comparator.comparingLong(Checkpoint::iteration)
                .thenComparingInt(Checkpoint::number)
                .thenComparing(Checkpoint::file));
        List<Checkpoint> checkpoints = new ArrayList<>();
        for (Checkpoint checkpoint : found) {
            int last = checkpoints.size() - 1;
            if (last >= 0 && checkpoints.get(last).iteration() == checkpoint.iteration()) {
                leftOut.add(checkpoints.get(last).file() + " has iteration " + checkpoint.iteration() + ", like "
                        + checkpoint.file() + ", which is used");
                checkpoints.set(last, checkpoint);
            } else {
                checkpoints.add(checkpoint);
            }
        }
        if (checkpoints.isEmpty()) {
            throw new IOException(
                    "no network in " + directory + ": expected files of CheckpointListener, early stopping"
                            + " or ModelSerializer (.zip, .bin), or a run with recorded weights"
                            + (leftOut.isEmpty() ? "" : "; " + String.join("; ", leftOut)));
        }
        return new CheckpointFolder(directory, checkpoints, leftOut);
    }

    private static List<Checkpoint> ofRun(Path directory) throws IOException {
        RunReader run = RunReader.open(directory);
        List<Checkpoint> checkpoints = new ArrayList<>();
        for (long iteration : run.iterations()) {
            Path weights = run.directory().weights(iteration);
            if (Files.exists(weights)) {
                checkpoints.add(
                        new Checkpoint(weights, iteration, run.frame(iteration).epoch()));
            }
        }
        return checkpoints;
    }

    private static List<Checkpoint> ofFiles(Path directory, List<String> leftOut) throws IOException {
        List<Path> files;
        try (Stream<Path> entries = Files.list(directory)) {
            files = entries.filter(CheckpointFolder::isNetwork).sorted().toList();
        }
        List<Checkpoint> checkpoints = new ArrayList<>();
        for (Path file : files) {
            try (ModelFile model = ModelFile.open(file)) {
                ModelFile.Counts counts = model.counts();
                checkpoints.add(new Checkpoint(file, counts.iterations(), counts.epochs()));
            } catch (IOException | RuntimeException e) {
                leftOut.add(file + " is not a saved network: " + FileErrors.reason(e));
            }
        }
        return checkpoints;
    }

    private static boolean isNetwork(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith(".") && ENDINGS.stream().anyMatch(name::endsWith) && Files.isRegularFile(file);
    }

    /** The network that early stopping chose, or else the last one. */
    public Checkpoint chosen() {
        Optional<Checkpoint> best = checkpoints.stream()
                .filter(checkpoint -> checkpoint.file().getFileName().toString().startsWith(BEST))
                .findFirst();
        return best.orElse(checkpoints.get(checkpoints.size() - 1));
    }
}
