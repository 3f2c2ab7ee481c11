package org.thalweg.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.rng.sampling.CombinationSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.deeplearning4j.nn.api.Model;
import org.thalweg.objective.Probe;
import org.thalweg.recording.ArrayFile;
import org.thalweg.recording.internal.FileErrors;

/**
 * Reads probes from files, shaped as a network takes them:
 *
 * <ul>
 *   <li>an IDX directory, MNIST's layout ({@link IdxDirectory}); pixels from 0 to 1;
 *   <li>a directory with a folder of image files for each class, numbered in the order of their names; with folders
 *       {@code train} and {@code val} or {@code test} of such folders, one of them;
 *   <li>CSV ({@code .csv}, {@code .tsv}, {@code .txt}): features, then the class, the value, or one column an output;
 *   <li>HDF5 with {@code features} and {@code labels}, such as a run's {@code probe.h5}, or the run's directory itself.
 *       Masks and further inputs and outputs are named as there; labels may be class numbers;
 *   <li>NumPy's {@code .npz}, or a directory of {@code .npy} files, with the same names, or {@code x_train}, {@code
 *       y_train}, {@code x_test} and {@code y_test}.
 * </ul>
 *
 * Safe for use by several threads.
 *
 * @since 0.2.0
 */
public final class ProbeReader {

    private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    private static final List<String> CSV = List.of(".csv", ".tsv", ".txt");
    private static final String NPZ = ".npz";

    /** The part of the data to read, where there are two. */
    public enum Part {
        /** The set {@code train} of an IDX directory, {@code features} of arrays, the folder {@code train}. */
        TRAINING,
        /**
         * The set {@code t10k}, {@code validation_features}, the folder {@code val} or {@code test}; the training part
         * where it does not exist.
         */
        VALIDATION
    }

    private ProbeReader() {}

    /**
     * A probe of examples drawn without replacement.
     *
     * @param data file or directory
     * @param part the part of the data
     * @param network the network that takes the probe; only read
     * @param size number of examples; all of them where there are fewer
     * @param seed the same seed draws the same examples, in the order of the file
     * @throws IOException if the data cannot be read or do not fit the network; the message names the file
     * @throws IllegalArgumentException if size is not positive
     */
    public static Probe read(Path data, Part part, Model network, int size, long seed) throws IOException {
        return read(data, part, network, size, seed, ImageOptions.DEFAULT);
    }

    /**
     * Like {@link #read(Path, Part, Model, int, long)}.
     *
     * @param images size and range of images
     */
    public static Probe read(Path data, Part part, Model network, int size, long seed, ImageOptions images)
            throws IOException {
        return FileErrors.naming(data, () -> {
            ExampleSource examples = open(data, part, NetworkShape.of(network), images);
            boolean all = size >= examples.count();
            String source = all
                    ? String.format(Locale.ROOT, "all %,d examples of %s", examples.count(), examples.source())
                    : String.format(
                            Locale.ROOT,
                            "%,d of %,d examples of %s, seed %d",
                            size,
                            examples.count(),
                            examples.source(),
                            seed);
            return Probe.of(examples.take(drawn(examples, size, seed))).from(source);
        });
    }

    /**
     * Some examples of the probe that {@link #read(Path, Part, Model, int, long)} would read, for one of several
     * machines.
     *
     * @param from index in that probe of the first example
     * @param to index after the last example
     */
    public static Probe read(Path data, Part part, Model network, int size, long seed, int from, int to)
            throws IOException {
        return FileErrors.naming(data, () -> {
            ExampleSource examples = open(data, part, NetworkShape.of(network), ImageOptions.DEFAULT);
            int[] some = Arrays.copyOfRange(drawn(examples, size, seed), from, to);
            return Probe.of(examples.take(some)).startingAt(from);
        });
    }

    /** Number of examples for a network. */
    public static int count(Path data, Part part, Model network) throws IOException {
        return FileErrors.naming(
                data,
                () -> open(data, part, NetworkShape.of(network), ImageOptions.DEFAULT)
                        .count());
    }

    private static int[] drawn(ExampleSource examples, int size, long seed) throws IOException {
        if (size < 1) {
            throw new IllegalArgumentException("probe size must be at least 1, got " + size);
        }
        if (examples.count() == 0) {
            throw new IOException(examples.source() + " must have at least one example, it has none");
        }
        return size >= examples.count()
                ? IntStream.range(0, examples.count()).toArray()
                : draw(examples.count(), size, seed);
    }

    private static int[] draw(int count, int size, long seed) {
        int[] drawn = new CombinationSampler(RandomSource.XO_SHI_RO_256_PP.create(seed), count, size).sample();
        Arrays.sort(drawn);
        return drawn;
    }

    private static ExampleSource open(Path data, Part part, NetworkShape shape, ImageOptions images)
            throws IOException {
        if (!Files.exists(data)) {
            throw new FileNotFoundException("data " + data + " do not exist");
        }
        boolean validation = part == Part.VALIDATION;
        if (Files.isDirectory(data)) {
            return directory(data, validation, shape, images);
        }
        if (isHdf5(data)) {
            return ArrayExamples.of(data, ArrayFile.read(data), validation, shape);
        }
        String name = data.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(NPZ)) {
            return ArrayExamples.of(data, NumpyFiles.read(data, images.range()), validation, shape);
        }
        if (CSV.stream().noneMatch(name::endsWith)) {
            throw new IOException("data " + data + " are neither HDF5 nor named as NumPy's arrays (.npz) or CSV (.csv,"
                    + " .tsv, .txt): give one of them, or a directory: IDX, folders of images, .npy files, or a run");
        }
        return CsvExamples.open(data, shape);
    }

    private static ExampleSource directory(Path directory, boolean validation, NetworkShape shape, ImageOptions images)
            throws IOException {
        Path recorded = directory.resolve("probe.h5");
        if (Files.exists(recorded)) {
            return ArrayExamples.of(recorded, ArrayFile.read(recorded), validation, shape);
        }
        Optional<IdxDirectory.Images> idx = idx(directory, validation);
        if (idx.isPresent()) {
            return new IdxExamples(idx.get(), shape, images.pixels());
        }
        if (NumpyFiles.has(directory)) {
            return ArrayExamples.of(directory, NumpyFiles.read(directory, images.range()), validation, shape);
        }
        if (ImageFolder.has(directory)) {
            return ImageFolder.open(directory, validation, shape, images);
        }
        throw new FileNotFoundException("no data in " + directory
                + ": expected train-images-idx3-ubyte or t10k-images-idx3-ubyte, plain or .gz, and its labels,"
                + " features.npy and labels.npy, a folder of images for each class, or a run's probe.h5");
    }

    private static Optional<IdxDirectory.Images> idx(Path directory, boolean validation) throws IOException {
        String first = validation ? IdxDirectory.TEST : IdxDirectory.TRAINING;
        Optional<IdxDirectory.Images> images = IdxDirectory.read(directory, first);
        return images.isPresent()
                ? images
                : IdxDirectory.read(directory, validation ? IdxDirectory.TRAINING : IdxDirectory.TEST);
    }

    private static boolean isHdf5(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(HDF5.length), HDF5);
        }
    }
}
