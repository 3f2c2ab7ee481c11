package org.thalweg.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.thalweg.frame.NamedArray;

/** An HDF5 file of arrays at its root: a run's {@code probe.h5}, its {@code weights/*.h5}, or one that others made. */
public final class ArrayFile {

    private ArrayFile() {}

    /**
     * All datasets of numbers at the root; whole numbers become doubles.
     *
     * @return in the file's order
     * @throws RunFormatException if it is no HDF5 file, or damaged, or has a dataset of something else
     * @throws IOException if it is missing or cannot be read
     */
    public static List<NamedArray> read(Path file) throws IOException {
        return Hdf5.read(file, root -> Hdf5Arrays.read(root, ""));
    }
}
