package org.thalweg.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.testing.Peers;
import org.thalweg.testing.Seeds;

class VtkWriterTest {

    private final long seed = Seeds.fresh("VtkWriterTest");
    private final SplittableRandom random = new SplittableRandom(seed);

    @TempDir
    private Path directory;

    @RepeatedTest(3)
    void aReaderOfTheFormatFindsTheSurface() throws IOException {
        boolean whole = random.nextBoolean();
        boolean log = random.nextBoolean();
        OptionalDouble clip =
                random.nextBoolean() ? OptionalDouble.of(random.nextDouble(0.1, 1)) : OptionalDouble.empty();
        double[] x = axis(random.nextInt(2, 9));
        double[] y = axis(random.nextInt(2, 9));
        double[][] values = surface(x.length, y.length, whole);
        Path file = directory.resolve("surface.vtp");
        new VtkWriter(clip, log).write(file, x, y, values);
        Path source = directory.resolve("surface.h5");
        Hdf5.write(source, root -> {
            root.putDataset("xcoordinates", x);
            root.putDataset("ycoordinates", y);
            root.putDataset("train_loss", values);
        });
        List<Object> arguments = new ArrayList<>(List.of(file, source));
        clip.ifPresent(arguments::add);
        if (log) {
            arguments.add("log");
        }
        String told = Peers.python("/org/thalweg/recording/read_vtp.py", List.of("h5py", "numpy"), arguments.toArray());
        assertThat(told).as("seed %d", seed).contains("quads agree");
        if (whole) {
            assertThat(told)
                    .as("seed %d", seed)
                    .startsWith(x.length * y.length + " points and " + (x.length - 1) * (y.length - 1) + " quads");
        }
    }

    @Test
    void whatIsNoSurfaceIsRefused() {
        Path file = directory.resolve("none.vtp");
        double[] axis = {0, 1};
        assertThatThrownBy(() -> new VtkWriter(OptionalDouble.empty(), false).write(file, axis, axis, new double[][] {
                    {1, 2}, {3, Double.NaN}
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no cell with four finite corners");
        assertThat(file).doesNotExist();
        assertThatThrownBy(() -> new VtkWriter(OptionalDouble.of(Double.NaN), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got NaN");
    }

    private double[] axis(int points) {
        return random.doubles(points, -2, 2).sorted().toArray();
    }

    private double[][] surface(int columns, int rows, boolean whole) {
        double[][] values = new double[rows][];
        Arrays.setAll(values, row -> random.doubles(columns, 0, 2).toArray());
        if (!whole) {
            // Few enough that a quad is left of the smallest grid with a hole.
            values[0][0] = random.nextBoolean() ? Double.NaN : Double.POSITIVE_INFINITY;
            return columns == 2 && rows == 2 ? surface(3, 3, true) : values;
        }
        return values;
    }
}
