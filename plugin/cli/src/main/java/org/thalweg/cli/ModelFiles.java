package org.thalweg.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.thalweg.data.AllowedClasses;
import org.thalweg.data.CheckpointFolder;
import org.thalweg.data.CheckpointFolder.Checkpoint;
import org.thalweg.data.NetworkReader;
import org.thalweg.data.SavedNetwork;

/** Reads networks from Deeplearning4j's files, runs, Keras's files and folders of checkpoints. */
final class ModelFiles {

    private ModelFiles() {}

    /**
     * The files of models: a folder stands for all of its networks, or for its best or last one.
     *
     * @param all whether for all
     * @param notes receives messages for the user
     * @throws IOException if a folder has no networks; the message names it
     */
    static List<Path> files(List<Path> models, boolean all, PrintWriter notes) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path model : models) {
            if (!Files.isDirectory(model)) {
                files.add(model);
                continue;
            }
            CheckpointFolder folder = CheckpointFolder.read(model);
            folder.leftOut().forEach(notes::println);
            if (all) {
                folder.checkpoints().stream().map(Checkpoint::file).forEach(files::add);
            } else {
                Checkpoint chosen = folder.chosen();
                notes.println("taking " + chosen.file() + ", of iteration " + chosen.iteration());
                files.add(chosen.file());
            }
        }
        return files;
    }

    /**
     * Reads a network.
     *
     * @param notes receives messages for the user
     * @throws IOException if it cannot be read; the message names it
     */
    static SavedNetwork read(Path file, AllowedClasses allowed, PrintWriter notes) throws IOException {
        SavedNetwork network = KerasFile.is(file) ? KerasFile.read(file) : NetworkReader.read(file, allowed);
        if (network.normalized()) {
            notes.println(file + " contains a normalizer, which is not applied to the data");
        }
        return network;
    }
}
