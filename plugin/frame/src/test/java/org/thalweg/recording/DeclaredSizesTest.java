package org.thalweg.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.frame.NamedArray;
import org.thalweg.testing.Peers;
import org.thalweg.testing.Seeds;

/** Sizes that HDF5 files declare do not allocate memory that their values do not need. */
class DeclaredSizesTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Reading a small file takes less. */
    private static final long MOST_BYTES = 32 << 20;

    @TempDir
    private Path directory;

    /** The size in bytes of the attribute's values overflows to that of one. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "attribute | attribute format declares the shape [5, 5581, 8681, 49477, 384773]",
                "chunk | a chunk of dataset train_loss declares the shape [40000, 40000]"
            })
    void areHeldAgainstTheFile(String what, String message) {
        Path file = directory.resolve("000000007.h5");
        Peers.python("/org/thalweg/recording/declared_sizes.py", List.of("h5py", "numpy"), file, what);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        assertThatThrownBy(() -> Hdf5.read(
                        file,
                        root -> what.equals("chunk")
                                ? Hdf5.data(root, "train_loss")
                                : Hdf5.number(Hdf5.group(root, "thalweg"), "format")))
                .isInstanceOf(RunFormatException.class)
                .hasMessageStartingWith(file + " is damaged: " + message);
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_BYTES);
    }

    /** Such files are mapped as a whole. */
    @Test
    void largeFilesAreReadAsSmallOnes() throws IOException {
        Path file = directory.resolve("000000007.h5");
        Random random = new Random(Seeds.fresh("DeclaredSizesTest"));
        float[] values = new float[17 << 20];
        for (int i = 0; i < values.length; i += 1 + random.nextInt(999)) {
            values[i] = random.nextFloat();
        }
        FrameWriter.writeWeights(file, List.of(new NamedArray("0_W", new long[] {17, 1 << 20}, values)));
        assertThat(file.toFile().length()).isGreaterThan(64 << 20);
        assertThat(Arrays.equals((float[]) ArrayFile.read(file).get(0).values(), values))
                .isTrue();
    }
}
