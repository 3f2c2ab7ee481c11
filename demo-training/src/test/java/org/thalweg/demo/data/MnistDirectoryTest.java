package org.thalweg.demo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.testing.IdxFiles;
import org.thalweg.testing.Seeds;

class MnistDirectoryTest {

    private static final int AREA = 28 * 28;

    private final long seed = Seeds.fresh("MnistDirectoryTest");
    private final Random random = new Random(seed);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"-idx3-ubyte", "-idx3-ubyte.gz", ".idx3-ubyte", ".idx3-ubyte.gz"})
    void readsWhatWasWritten(String ending) throws IOException {
        byte[] pixels = pixels(7);
        byte[] labels = labels(7);
        IdxFiles.writeImages(directory.resolve("t10k-images" + ending), pixels, 7, 28, 28);
        IdxFiles.writeLabels(directory.resolve("t10k-labels" + ending.replace('3', '1')), labels);

        ImageSplit split = MnistDirectory.read(directory);

        assertThat(split.training().pixels()).as("seed %d", seed).isEqualTo(pixels);
        assertThat(split.training().labels()).as("seed %d", seed).isEqualTo(labels);
        assertThat(split.validation()).isEmpty();
    }

    @Test
    void trainsOnTrainAndValidatesOnT10k() throws IOException {
        writeSet("train", 5);
        writeSet("t10k", 3);

        ImageSplit split = MnistDirectory.read(directory);

        assertThat(split.training().size()).isEqualTo(5);
        assertThat(split.validation().orElseThrow().size()).isEqualTo(3);
    }

    @Test
    void namesTruncatedFileAndBothSizes() throws IOException {
        writeSet("t10k", 4);
        Path file = directory.resolve("t10k-images-idx3-ubyte");
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 16 + 3 * AREA));

        assertThatThrownBy(() -> MnistDirectory.read(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("4 x 28 x 28 = " + 4 * AREA)
                .hasMessageContaining("found " + 3 * AREA);
    }

    @Test
    void namesTruncatedGzipFile() throws IOException {
        writeSet("t10k", 4);
        Files.delete(directory.resolve("t10k-images-idx3-ubyte"));
        Path file = directory.resolve("t10k-images-idx3-ubyte.gz");
        IdxFiles.writeImages(file, pixels(4), 4, 28, 28);
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), (int) Files.size(file) / 2));

        assertThatThrownBy(() -> MnistDirectory.read(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file + " is truncated")
                .hasMessageContaining("" + 4 * AREA);
    }

    @Test
    void refusesSurplusBytes() throws IOException {
        writeSet("t10k", 2);
        Path file = directory.resolve("t10k-labels-idx1-ubyte");
        Files.write(file, new byte[1], java.nio.file.StandardOpenOption.APPEND);

        assertThatThrownBy(() -> MnistDirectory.read(directory)).hasMessageContaining(file + " must end after");
    }

    @Test
    void refusesAnotherMagicNumber() throws IOException {
        writeSet("t10k", 2);
        Path file = directory.resolve("t10k-labels-idx1-ubyte");
        IdxFiles.writeImages(file, pixels(2), 2, 28, 28);

        assertThatThrownBy(() -> MnistDirectory.read(directory))
                .hasMessageContaining(file.toString())
                .hasMessageContaining("0x00000801")
                .hasMessageContaining("found 0x00000803");
    }

    @Test
    void refusesHeaderThatEndsEarly() throws IOException {
        writeSet("t10k", 2);
        Path file = directory.resolve("t10k-images-idx3-ubyte");
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 9));

        assertThatThrownBy(() -> MnistDirectory.read(directory)).hasMessageContaining("header of 16 bytes");
    }

    @Test
    void refusesDifferentCounts() throws IOException {
        writeSet("t10k", 3);
        IdxFiles.writeLabels(directory.resolve("t10k-labels-idx1-ubyte"), labels(2));

        assertThatThrownBy(() -> MnistDirectory.read(directory))
                .hasMessageContaining("has 3 images")
                .hasMessageContaining("has 2 labels");
    }

    @Test
    void refusesOtherImageSizesAndLabels() throws IOException {
        writeSet("t10k", 2);
        IdxFiles.writeLabels(directory.resolve("t10k-labels-idx1-ubyte"), (byte) 3, (byte) 200);
        assertThatThrownBy(() -> MnistDirectory.read(directory)).hasMessageContaining("got 200 for image 1");

        IdxFiles.writeImages(directory.resolve("t10k-images-idx3-ubyte"), new byte[2 * 12], 2, 3, 4);
        assertThatThrownBy(() -> MnistDirectory.read(directory)).hasMessageContaining("found 3 x 4");
    }

    @Test
    void refusesEmptyDirectoryMissingOneAndMissingLabels() throws IOException {
        assertThatThrownBy(() -> MnistDirectory.read(directory))
                .hasMessageContaining("no MNIST files in " + directory)
                .hasMessageContaining("t10k-images-idx3-ubyte");
        assertThatThrownBy(() -> MnistDirectory.read(directory.resolve("none")))
                .hasMessageContaining(directory.resolve("none") + " does not exist");

        writeSet("t10k", 1);
        Files.delete(directory.resolve("t10k-labels-idx1-ubyte"));
        assertThatThrownBy(() -> MnistDirectory.read(directory))
                .hasMessageContaining("no labels for")
                .hasMessageContaining("t10k-labels-idx1-ubyte");
        assertThatThrownBy(() -> MnistDirectory.read(directory.resolve("t10k-images-idx3-ubyte")))
                .hasMessageContaining("is not a directory");
    }

    private void writeSet(String set, int count) throws IOException {
        IdxFiles.writeImages(directory.resolve(set + "-images-idx3-ubyte"), pixels(count), count, 28, 28);
        IdxFiles.writeLabels(directory.resolve(set + "-labels-idx1-ubyte"), labels(count));
    }

    private byte[] pixels(int count) {
        byte[] pixels = new byte[count * AREA];
        random.nextBytes(pixels);
        return pixels;
    }

    private byte[] labels(int count) {
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) random.nextInt(10);
        }
        return labels;
    }
}
