package org.thalweg.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.util.ModelSerializer;
import org.thalweg.data.AllowedClasses;
import org.thalweg.data.NetworkReader;
import org.thalweg.recording.RunDirectory;
import org.thalweg.recording.internal.AtomicFile;
import org.thalweg.recording.internal.FileErrors;

/**
 * The directory of a run.
 *
 * @param path absolute
 */
public record OutputDirectory(Path path) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    /** A directory named after the scenario and the time, in {@code runs} of the working directory. */
    public static Path byDefault(String scenario) {
        return Path.of(
                "runs",
                scenario + "-" + LocalDateTime.now(ZoneId.systemDefault()).format(TIME));
    }

    /**
     * Checks, before anything is written, that a run can be written here.
     *
     * @throws IOException if the path is a file, holds something already, or cannot be created; the message names it
     */
    public static OutputDirectory require(Path path) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        RunDirectory.checkFree(absolute);
        return new OutputDirectory(absolute);
    }

    /**
     * The directory of a run to continue.
     *
     * @throws IOException if it contains no run or the run saved no model; the message names the path
     */
    static OutputDirectory existing(Path path) throws IOException {
        OutputDirectory directory = new OutputDirectory(path.toAbsolutePath().normalize());
        RunDirectory.open(directory.path());
        if (!Files.isRegularFile(directory.model())) {
            throw new IOException("the run in " + directory.path()
                    + " has no model.zip to continue from, which is saved after each epoch: start again with"
                    + " another --out");
        }
        return directory;
    }

    /**
     * Reads the network that was saved last.
     *
     * @throws IOException if it cannot be read; the message names the file
     */
    public Model restore() throws IOException {
        return NetworkReader.readForTraining(model(), AllowedClasses.DEFAULT).model();
    }

    /** {@code model.zip}. */
    public Path model() {
        return path.resolve("model.zip");
    }

    /**
     * Creates the directory where it does not exist.
     *
     * @throws IOException if it cannot be created; the message names it
     */
    public void create() throws IOException {
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new IOException(
                    "output directory " + path + " cannot be created (" + FileErrors.reason(e)
                            + "): choose another --out",
                    e);
        }
    }

    /**
     * Saves a network with its updater as {@code model.zip}; a kill leaves no partial file.
     *
     * @throws IOException if it cannot be written; the message names it
     */
    public void save(Model network) throws IOException {
        AtomicFile.write(model(), part -> ModelSerializer.writeModel(network, part.toFile(), true));
    }
}
