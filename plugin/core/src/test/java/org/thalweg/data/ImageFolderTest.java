package org.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.data.ProbeReader.Part;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.objective.setup.ObjectiveChoice;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Peers;
import org.thalweg.testing.Seeds;

class ImageFolderTest {

    private final long seed = Seeds.fresh("ImageFolderTest");
    private final Random random = new Random(seed);

    @TempDir
    private Path directory;

    @Test
    void foldersAreClassesInTheOrderOfTheirNames() throws IOException {
        BufferedImage zebra = write("zebra/1.png", 8, 8);
        write("ant/9.png", 8, 8);
        write("ant/deeper/1.bmp", 8, 8);
        write("bee/1.jpg", 8, 8);
        write("bee/.hidden.png", 8, 8);
        write(".git/1.png", 8, 8);
        Files.writeString(
                Files.createDirectories(directory.resolve("bee/.thumbs")).resolve("x"), "no image");
        Probe probe = read(Networks.cnn(DataType.FLOAT, seed, false), ImageOptions.DEFAULT);
        assertThat(probe.features().get(0).shape()).containsExactly(4, 1, 8, 8);
        assertThat(probe.labels().get(0).argMax(1).data().asInt()).containsExactly(0, 0, 1, 2);
        assertThat(probe.source()).contains("classes ant, bee, zebra");
        int color = zebra.getRGB(5, 2);
        double grey = 0.299 * (color >> 16 & 255) + 0.587 * (color >> 8 & 255) + 0.114 * (color & 255);
        assertThat(probe.features().get(0).getDouble(3, 0, 2, 5))
                .as("seed %d", seed)
                .isEqualTo(grey / 255, within(1e-6));
    }

    @Test
    void colorsAreFirstOrLastAsTheNetworkTakesThemAndInTheRangeAsked() throws IOException {
        BufferedImage image = write("a/1.png", 6, 5);
        write("b/1.png", 6, 5);
        for (CNN2DFormat format : CNN2DFormat.values()) {
            MultiLayerNetwork network = convolution(format);
            Probe probe = read(network, ImageOptions.DEFAULT.withRange(-1, 1));
            INDArray first = probe.features().get(0);
            boolean last = format == CNN2DFormat.NHWC;
            for (int c = 0; c < 3; c++) {
                double expected = (image.getRGB(4, 1) >> (16 - 8 * c) & 255) / 127.5 - 1;
                assertThat(last ? first.getDouble(0, 1, 4, c) : first.getDouble(0, c, 1, 4))
                        .as("%s, channel %d, seed %d", format, c, seed)
                        .isEqualTo(expected, within(1e-6));
            }
            try (Objective objective = ObjectiveChoice.of(network, probe, ObjectiveOptions.DEFAULT, true)
                    .objective()) {
                assertThat(objective
                                .evaluate(objective.layout().pack(network.params()))
                                .loss())
                        .isFinite();
            }
        }
    }

    @Test
    void imagesAreResizedAsPillowResizesThem() throws IOException {
        write("a/1.png", 3 + random.nextInt(40), 3 + random.nextInt(40));
        ImageFile image = ImageFile.read(directory.resolve("a/1.png"));
        ImageOptions.Size size = new ImageOptions.Size(1 + random.nextInt(50), 1 + random.nextInt(50));
        double[][] pillow = Peers.python(
                        "/org/thalweg/data/resize.py",
                        List.of("PIL"),
                        directory.resolve("a/1.png"),
                        size.width(),
                        size.height())
                .lines()
                .map(line -> Arrays.stream(line.split(" "))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toArray(double[][]::new);
        float[][] resized = image.resized(size).planes();
        for (int c = 0; c < 3; c++) {
            assertNear(resized[c], pillow[c], 1e-3);
        }
        assertNear(image.channels(1)[0], pillow[3], 1);
    }

    @Test
    void sizesAreTheSameOrAsked() throws IOException {
        write("a/1.png", 8, 8);
        write("b/2.png", 9, 7);
        Model network = Networks.cnn(DataType.FLOAT, seed, false);
        assertThatThrownBy(() -> read(network, ImageOptions.DEFAULT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("2.png has 9x7 pixels, others have 8x8: give the size that the network takes");
        assertThat(read(network, ImageOptions.DEFAULT.withSize(8, 8))
                        .features()
                        .get(0)
                        .shape())
                .containsExactly(2, 1, 8, 8);
        Model flat = Networks.mlp(DataType.FLOAT, seed);
        assertThat(read(flat, ImageOptions.DEFAULT.withSize(2, 3))
                        .features()
                        .get(0)
                        .shape())
                .containsExactly(2, 6);
        assertThat(read(flat, ImageOptions.DEFAULT.withSize(2, 1))
                        .features()
                        .get(0)
                        .shape())
                .as("three colours")
                .containsExactly(2, 6);
        assertThatThrownBy(() -> read(flat, ImageOptions.DEFAULT.withSize(5, 5)))
                .hasMessageContaining("images of 5x5 pixels, the network takes 6 values");
        assertThatThrownBy(() -> ImageOptions.DEFAULT.withSize(0, 5)).hasMessageContaining("got 0x5");
        assertThatThrownBy(() -> ImageOptions.DEFAULT.withRange(1, 1)).hasMessageContaining("two different");
    }

    @Test
    void partsOfADividedDirectoryAreRead() throws IOException {
        for (String file : List.of("train/a/1.png", "train/b/1.png", "train/b/2.png", "test/a/1.png", "test/b/1.png")) {
            write(file, 8, 8);
        }
        Model network = Networks.cnn(DataType.FLOAT, seed, false);
        assertThat(ProbeReader.count(directory, Part.TRAINING, network)).isEqualTo(3);
        assertThat(ProbeReader.count(directory, Part.VALIDATION, network)).isEqualTo(2);
    }

    @Test
    void imagesThatCannotBeReadAreNamed() throws IOException {
        Model network = Networks.cnn(DataType.FLOAT, seed, false);
        write("a/1.png", 8, 8);
        Path broken = directory.resolve("a/broken.png");
        Files.writeString(broken, "no image");
        assertThatThrownBy(() -> read(network, ImageOptions.DEFAULT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(broken + " is not an image");
        byte[] whole = Files.readAllBytes(directory.resolve("a/1.png"));
        Files.write(broken, Arrays.copyOf(whole, 60));
        assertThatThrownBy(() -> read(network, ImageOptions.DEFAULT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(broken.toString());
        // A header of 2^24 x 2^24 pixels.
        byte[] huge = whole.clone();
        huge[17] = 1;
        huge[18] = 0;
        huge[19] = 0;
        huge[21] = 1;
        huge[22] = 0;
        huge[23] = 0;
        Files.write(broken, huge);
        assertThatThrownBy(() -> read(network, ImageOptions.DEFAULT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(broken.toString());
        Files.delete(broken);
        Files.delete(directory.resolve("a/1.png"));
        assertThatThrownBy(() -> read(network, ImageOptions.DEFAULT)).hasMessageContaining("no images in the folders");
    }

    private Probe read(Model network, ImageOptions options) throws IOException {
        return ProbeReader.read(directory, Part.TRAINING, network, 100, seed, options);
    }

    private MultiLayerNetwork convolution(CNN2DFormat format) {
        MultiLayerNetwork network = new MultiLayerNetwork(Networks.base(DataType.FLOAT, seed)
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3)
                        .nOut(2)
                        .dataFormat(format)
                        .build())
                .layer(new OutputLayer.Builder()
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutional(5, 6, 3, format))
                .build());
        network.init();
        return network;
    }

    private void assertNear(float[] values, double[] expected, double tolerance) {
        assertThat(values).hasSize(expected.length);
        for (int i = 0; i < values.length; i++) {
            assertThat((double) values[i]).as("pixel %d, seed %d", i, seed).isEqualTo(expected[i], within(tolerance));
        }
    }

    private BufferedImage write(String name, int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, random.nextInt(1 << 24));
            }
        }
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile());
        return image;
    }
}
