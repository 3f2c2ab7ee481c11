package org.thalweg.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.thalweg.frame.NamedArray;

/**
 * An HDF5 file with arrays at its root: a run's {@code probe.h5} or {@code weights/*.h5}, or the file of another program.
 *
 * @since 0.2.0
 */
public final class ArrayFile {

    private ArrayFile() {}

    /**
     * All datasets of numbers at the root; whole numbers become doubles.
     *
     * @return in the order of the file
     * @throws RunFormatException if the file is not HDF5, is damaged, or has a dataset that is not numeric
     * @throws IOException if the file is missing or cannot be read
     */
    public static List<NamedArray> read(Path file) throws IOException {
        return Hdf5.read(file, root -> Hdf5Arrays.read(root, ""));
    }
}
