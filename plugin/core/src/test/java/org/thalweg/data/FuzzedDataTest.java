package org.thalweg.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
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

    @Test
    void arrays() throws IOException {
        Path file = directory.resolve("data.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("features.npy"));
            zip.write(Nd4j.toNpyByteArray(Nd4j.rand(DataType.FLOAT, 9, 6)));
            zip.putNextEntry(new ZipEntry("labels.npy"));
            zip.write(Nd4j.toNpyByteArray(Nd4j.zeros(DataType.INT32, 9)));
        }
        new Fuzzing(file, seed).survives(() -> ProbeReader.read(file, ProbeReader.Part.TRAINING, network, 10, seed));
    }

    @Test
    void pictures() throws IOException {
        Path file = directory.resolve("picture.png");
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, 8, 8, random.ints(64).toArray(), 0, 8);
        ImageIO.write(image, "png", file.toFile());
        new Fuzzing(file, seed).survives(() -> ImageFile.read(file));
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
