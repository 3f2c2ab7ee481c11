package org.thalweg.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.thalweg.testing.Fuzzing;
import org.thalweg.testing.IdxFiles;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

/** Damaged files of examples and models. */
@Timeout(7200)
class FuzzedDataTest {

    private final long seed = Seeds.fresh("FuzzedDataTest");
    private final Random random = new Random(seed);
    private final Model network = Networks.mlp(DataType.FLOAT, seed);

    @TempDir
    private Path directory;

    @Test
    void models() throws IOException {
        Path file = directory.resolve("model.zip");
        ModelSerializer.writeModel(network, file.toFile(), true);
        new Fuzzing(file, seed).survives(() -> NetworkReader.readForTraining(file, AllowedClasses.DEFAULT));
    }

    @Test
    void images() throws IOException {
        Path file = directory.resolve("images");
        IdxFiles.writeImages(file, bytes(60), 5, 4, 3);
        new Fuzzing(file, seed).survives(() -> IdxArray.read(file, 3));
    }

    @Test
    void compressedImages() throws IOException {
        Path file = directory.resolve("images.gz");
        IdxFiles.writeImages(file, bytes(60), 5, 4, 3);
        new Fuzzing(file, seed).survives(() -> IdxArray.read(file, 3));
    }

    @Test
    void tables() throws IOException {
        StringBuilder rows = new StringBuilder("a,b,c,d,e,f,class\n");
        for (int row = 0; row < 20; row++) {
            for (int column = 0; column < 6; column++) {
                rows.append(random.nextGaussian()).append(',');
            }
            rows.append(random.nextInt(3)).append('\n');
        }
        Path file = directory.resolve("data.csv");
        Files.write(file, rows.toString().getBytes(StandardCharsets.UTF_8));
        new Fuzzing(file, seed).survives(() -> ProbeReader.read(file, ProbeReader.Part.TRAINING, network, 10, seed));
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
