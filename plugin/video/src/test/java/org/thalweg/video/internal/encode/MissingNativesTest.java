package org.thalweg.video.internal.encode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.video.internal.encode.FilmFormat.Shape;

/** A machine whose platform ffmpeg's libraries do not support: a JVM without the jars that hold them. */
class MissingNativesTest {

    @TempDir
    private Path directory;

    @Test
    void filmsSayWhatIsMissingAndPicturesAreMade() throws Exception {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.matches(".*(javacpp|ffmpeg)-[0-9.-]+-[a-z]+-[a-z0-9_]+\\.jar"))
                .collect(Collectors.joining(File.pathSeparator));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-Dorg.bytedeco.javacpp.cachedir=" + directory.resolve("cache"),
                        "-cp",
                        classPath,
                        WithoutNatives.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output)
                .contains("MP4: cannot make MP4", "WEBM: cannot make WEBM", "no libraries for this platform")
                .contains("film.gif, or a directory for PNG files")
                .contains("GIF: made", "PNG_SEQUENCE: made");
        assertThat(directory.resolve("pictures").resolve("00001.png")).isNotEmptyFile();
        assertThat(directory.resolve("film.gif")).isNotEmptyFile();
        assertThat(directory.resolve("film.mp4")).doesNotExist();
    }

    /** Tries every format. */
    static final class WithoutNatives {

        private WithoutNatives() {}

        public static void main(String[] arguments) throws IOException {
            for (String name : List.of("film.mp4", "film.webm", "film.gif", "pictures")) {
                Path path = Path.of(arguments[0]).resolve(name);
                FilmFormat format = FilmFormat.of(path);
                int[] picture = new int[64 * 64];
                try (FilmEncoder encoder = format.open(path, new Shape(64, 64, 10, 75), List.of(picture))) {
                    encoder.add(picture);
                    encoder.finish();
                    System.out.println(format.name() + ": made");
                } catch (MissingNativesException e) {
                    System.out.println(format.name() + ": " + e.getMessage());
                }
            }
        }
    }
}
