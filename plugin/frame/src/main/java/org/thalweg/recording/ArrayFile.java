package org.thalweg.recording;

import io.jhdf.api.Attribute;
import io.jhdf.api.Group;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.thalweg.frame.NamedArray;

/**
 * An HDF5 file with arrays at its root: a run's {@code probe.h5} or {@code weights/*.h5}, or the file of another program.
 *
 * @since 0.2.0
 */
public final class ArrayFile {

    /** More groups than any file of this kind has; links may go in circles. */
    private static final int MOST_GROUPS = 1 << 16;

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

    /**
     * All datasets of numbers at any depth, named by their paths, such as {@code model_weights/dense/kernel:0};
     * otherwise as {@link #read}.
     */
    public static List<NamedArray> readAll(Path file) throws IOException {
        return Hdf5.read(file, root -> {
            List<NamedArray> arrays = new ArrayList<>();
            Deque<Group> groups = new ArrayDeque<>(List.of(root));
            int seen = 0;
            while (!groups.isEmpty()) {
                if (++seen > MOST_GROUPS) {
                    throw new IllegalArgumentException("it has more than " + MOST_GROUPS + " groups");
                }
                Group group = groups.remove();
                arrays.addAll(Hdf5Arrays.read(group, group.getPath().substring(1)));
                group.getChildren().values().stream()
                        .filter(Group.class::isInstance)
                        .map(Group.class::cast)
                        .forEach(groups::add);
            }
            return arrays;
        });
    }

    /**
     * The texts among the attributes of the root.
     *
     * @throws IOException as {@link #read}
     */
    public static Map<String, String> texts(Path file) throws IOException {
        return Hdf5.read(
                file,
                root -> root.getAttributes().values().stream()
                        .filter(attribute -> attribute.getJavaType() == String.class && attribute.isScalar())
                        .collect(Collectors.toMap(Attribute::getName, attribute -> (String) attribute.getData())));
    }
}
