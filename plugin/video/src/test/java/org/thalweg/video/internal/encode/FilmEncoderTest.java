package org.thalweg.video.internal.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.bytedeco.ffmpeg.ffmpeg;
import org.bytedeco.ffmpeg.ffprobe;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.testing.Seeds;
import org.thalweg.video.internal.encode.FilmFormat.Shape;

/** Files against other decoders: ffmpeg's programs for films, Java's own readers for GIF and PNG. */
class FilmEncoderTest {

    private final long seed = Seeds.fresh("FilmEncoderTest");
    private final SplittableRandom random = new SplittableRandom(seed);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"film.mp4, h264", "film.webm, vp9"})
    void makesFilmsThatOtherProgramsSeeTheSame(String name, String codec) throws Exception {
        Shape shape = new Shape(320, 240, 24, 75);
        List<int[]> pictures = pictures(30, shape);
        Path film = directory.resolve(name);
        encode(film, shape, pictures);

        String probed = run(
                Loader.load(ffprobe.class),
                "-v",
                "error",
                "-count_frames",
                "-show_entries",
                "stream=codec_name,width,height,pix_fmt,nb_read_frames,r_frame_rate:format=duration",
                film.toString());
        assertThat(probed)
                .contains("codec_name=" + codec, "width=320", "height=240", "pix_fmt=yuv420p")
                .contains("nb_read_frames=30", "r_frame_rate=24/1");
        double duration = Double.parseDouble(probed.replaceAll("(?s).*duration=([0-9.]+).*", "$1"));
        assertThat(duration).isCloseTo(30 / 24.0, within(0.05));

        Path raw = directory.resolve("raw.rgb");
        run(
                Loader.load(ffmpeg.class),
                "-v",
                "error",
                "-i",
                film.toString(),
                "-vf",
                "scale=in_color_matrix=bt709:in_range=tv:out_range=pc",
                "-f",
                "rawvideo",
                "-pix_fmt",
                "rgb24",
                raw.toString());
        byte[] decoded = Files.readAllBytes(raw);
        assertThat(decoded).hasSize(30 * 320 * 240 * 3);
        double[] worst = {Double.POSITIVE_INFINITY};
        for (int k = 0; k < pictures.size(); k++) {
            worst[0] = Math.min(worst[0], psnr(pictures.get(k), decoded, k * 320 * 240 * 3));
        }
        assertThat(worst[0]).as("worst picture's PSNR in dB, seed %d", seed).isGreaterThan(35);
    }

    /** Two processes that draw the same run must not write into each other's unfinished file. */
    @ParameterizedTest
    @CsvSource({"film.mp4", "film.webm", "film.gif"})
    void twoThatWriteOneFilmLeaveOneWholeFilm(String name) throws Exception {
        Shape shape = new Shape(64, 48, 24, 75);
        List<int[]> pictures = pictures(5, shape);
        Path alone = directory.resolve("alone-" + name);
        encode(alone, shape, pictures);
        Path film = directory.resolve(name);
        FilmFormat format = FilmFormat.of(film);
        try (FilmEncoder first = format.open(film, shape, pictures);
                FilmEncoder second = format.open(film, shape, pictures)) {
            for (int[] picture : pictures) {
                first.add(picture);
                second.add(picture);
            }
            second.finish();
            first.finish();
        }
        assertThat(film).as("seed %d", seed).hasSize(Files.size(alone));
        assertThat(directory).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void makesGifsWithTheRightPicturesAndTimes() throws IOException {
        Shape shape = new Shape(120, 80, 30, 75);
        List<int[]> pictures = pictures(7, shape);
        Path gif = directory.resolve("film.gif");
        encode(gif, shape, pictures);

        int[] canvas = new int[120 * 80];
        int hundredths = 0;
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        try (ImageInputStream in = ImageIO.createImageInputStream(gif.toFile())) {
            reader.setInput(in);
            assertThat(reader.getNumImages(true)).isEqualTo(7);
            for (int k = 0; k < 7; k++) {
                BufferedImage image = reader.read(k);
                var tree = reader.getImageMetadata(k).getAsTree("javax_imageio_gif_image_1.0");
                int left = attribute(tree, "ImageDescriptor", "imageLeftPosition");
                int top = attribute(tree, "ImageDescriptor", "imageTopPosition");
                hundredths += attribute(tree, "GraphicControlExtension", "delayTime");
                for (int y = 0; y < image.getHeight(); y++) {
                    for (int x = 0; x < image.getWidth(); x++) {
                        int color = image.getRGB(x, y);
                        if (color >>> 24 != 0) {
                            canvas[(top + y) * 120 + left + x] = color & 0xFFFFFF;
                        }
                    }
                }
                assertThat(meanError(pictures.get(k), canvas))
                        .as("mean error of a channel in picture %d, seed %d", k, seed)
                        .isLessThan(8);
            }
        } finally {
            reader.dispose();
        }
        assertThat(hundredths).isEqualTo(Math.round(100 * 7 / 30.0));
    }

    @Test
    void compressesNoiseCorrectlyAcrossFullCodeTables() throws IOException {
        Shape shape = new Shape(150 + random.nextInt(50), 100, 10, 75);
        int[] noise = random.ints((long) shape.width() * shape.height(), 0, 4)
                .map(i -> new int[] {0x000000, 0xFFFFFF, 0xFF0000, 0x0000FF}[i])
                .toArray();
        Path gif = directory.resolve("noise.gif");
        encode(gif, shape, List.of(noise));
        BufferedImage image = ImageIO.read(gif.toFile());
        for (int i = 0; i < noise.length; i++) {
            int color = image.getRGB(i % shape.width(), i / shape.width()) & 0xFFFFFF;
            assertThat(color).as("pixel %d, seed %d", i, seed).isEqualTo(noise[i]);
        }
    }

    @Test
    void writesPngFilesWithoutLoss() throws IOException {
        Shape shape = new Shape(1 + random.nextInt(90), 1 + random.nextInt(90), 10, 75);
        List<int[]> pictures = pictures(2, shape);
        Path folder = directory.resolve("pictures");
        encode(folder, shape, pictures);
        for (int k = 0; k < 2; k++) {
            File file = folder.resolve(String.format(Locale.ROOT, "%05d.png", k + 1))
                    .toFile();
            BufferedImage image = ImageIO.read(file);
            int[] read = image.getRGB(0, 0, shape.width(), shape.height(), null, 0, shape.width());
            for (int i = 0; i < read.length; i++) {
                read[i] &= 0xFFFFFF;
            }
            assertThat(read).as("seed %d", seed).isEqualTo(pictures.get(k));
        }
    }

    @Test
    void leavesNothingUnderTheNameOfAFilmThatWasNotFinished() throws IOException {
        for (String name : new String[] {"film.mp4", "film.gif"}) {
            Path film = directory.resolve(name);
            Shape shape = new Shape(64, 64, 10, 75);
            List<int[]> pictures = pictures(2, shape);
            try (FilmEncoder encoder = FilmFormat.of(film).open(film, shape, pictures)) {
                encoder.add(pictures.get(0));
            }
        }
        try (var files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void saysWhatIsWrongWithAnOutput() throws IOException {
        assertThatThrownBy(() -> FilmFormat.of(Path.of("film.avi")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("film.avi")
                .hasMessageContaining(".mp4");
        Path file = Files.writeString(directory.resolve("file"), "x");
        Path inside = file.resolve("film.gif");
        assertThatThrownBy(() -> FilmFormat.GIF.open(inside, new Shape(8, 8, 10, 75), List.of(new int[64])))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(inside.toString());
        assertThatThrownBy(() -> FilmFormat.MP4.open(
                        directory.resolve("odd.mp4"), new Shape(63, 64, 10, 75), List.of(new int[63 * 64])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("63x64");
        assertThatThrownBy(() -> new Shape(0, 64, 10, 75))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0x64");
    }

    /** Smooth pictures that move, as landscapes are. */
    private List<int[]> pictures(int count, Shape shape) {
        double turn = random.nextDouble(0, 6);
        List<int[]> pictures = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            int[] pixels = new int[shape.width() * shape.height()];
            for (int i = 0; i < pixels.length; i++) {
                int row = i / shape.width();
                double x = (double) (i % shape.width()) / shape.width();
                double y = (double) row / shape.height();
                int level = (int) (110 + 90 * Math.sin(turn + 5 * x + 3 * y + 0.1 * k));
                pixels[i] = (level << 16) | ((200 - level / 2) << 8) | (40 + level / 3);
            }
            pictures.add(pixels);
        }
        return pictures;
    }

    private static void encode(Path path, Shape shape, List<int[]> pictures) throws IOException {
        try (FilmEncoder encoder = FilmFormat.of(path).open(path, shape, pictures)) {
            for (int[] picture : pictures) {
                encoder.add(picture);
            }
            encoder.finish();
        }
    }

    private static double psnr(int[] expected, byte[] actual, int offset) {
        double squares = 0;
        for (int i = 0; i < expected.length; i++) {
            for (int channel = 0; channel < 3; channel++) {
                int wanted = (expected[i] >> (16 - 8 * channel)) & 0xFF;
                int got = actual[offset + 3 * i + channel] & 0xFF;
                squares += (double) (wanted - got) * (wanted - got);
            }
        }
        return 10 * Math.log10(255.0 * 255 * 3 * expected.length / squares);
    }

    private static double meanError(int[] expected, int[] actual) {
        double sum = 0;
        for (int i = 0; i < expected.length; i++) {
            for (int shift = 0; shift <= 16; shift += 8) {
                sum += Math.abs(((expected[i] >> shift) & 0xFF) - ((actual[i] >> shift) & 0xFF));
            }
        }
        return sum / (3.0 * expected.length);
    }

    private static int attribute(org.w3c.dom.Node tree, String element, String name) {
        for (var child = tree.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child.getNodeName().equals(element)) {
                return Integer.parseInt(child.getAttributes().getNamedItem(name).getNodeValue());
            }
        }
        throw new AssertionError("no " + element);
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
