package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.frame.LineStudy;
import org.thalweg.frame.LineValues;
import org.thalweg.recording.RunReader;
import org.thalweg.recording.StudyFile;
import org.thalweg.testing.Seeds;
import org.thalweg.testing.StandardError;

/** Every command on every kind of file and folder: it works, or one line with the name says why not. */
@Timeout(300)
class AnyInputTest {

    private final long seed = Seeds.fresh("AnyInputTest");

    @TempDir
    private Path directory;

    private List<Path> inputs = List.of();

    @BeforeEach
    void make() throws IOException {
        Path runs = directory.resolve("runs");
        Path run = runs.resolve("run");
        RecordedRun.write(run);
        Path without = directory.resolve("without");
        RecordedRun.writeWithoutFrames(without);
        Path line = Files.createDirectory(directory.resolve("lines")).resolve("line.h5");
        LineValues values = new LineValues(
                new double[] {-1, 0, 1},
                new boolean[] {true, true, true},
                new double[] {3, 0.125, 2},
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        StudyFile.write(line, new LineStudy(RunReader.open(run).provenance(), values, "compiled"));
        Path foreign = directory.resolve("foreign.h5");
        try (WritableHdfFile file = HdfFile.write(foreign)) {
            file.putDataset("values", new double[] {1, 2, 3});
        }
        Path zip = directory.resolve("some.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("a.txt"));
            out.write('a');
        }
        Path picture = directory.resolve("picture.png");
        ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", picture.toFile());
        Path text = Files.writeString(directory.resolve("text.txt"), "text\n");
        Path empty = Files.createDirectory(directory.resolve("empty"));
        Path frame = run.resolve("frames/000000157.h5");
        inputs = List.of(
                run,
                runs,
                frame,
                without,
                line,
                line.getParent(),
                foreign,
                zip,
                picture,
                text,
                empty,
                directory.resolve("missing"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "info IN",
                "info --json IN",
                "image IN -o OUT.png --size 160x90",
                "image IN -o OUT.png --size 160x90 --style contour --quantity convexity",
                "video IN -o OUT.gif --size 160x90 --seconds 0.1 --fps 10",
                "view IN -o OUT.html",
                "serve IN --port 0",
                "export IN -o OUT.vtp",
                "export IN -o OUT.csv",
                "trajectory IN -o OUT.h5",
                "analyze IN --data CSV -o OUT.h5 --grid 3",
                "analyze IN --data CSV -o OUT.h5 --line",
                "connect IN IN --data CSV -o OUT.h5 --grid 3 --points 3 --iterations 2",
                "follow IN --data CSV -o OUT --grid 3 --eigenvalues 0 --no-film"
            })
    void isShownOrRefusedInOneLine(String command) throws InterruptedException, IOException {
        Path csv = new SavedModels(directory, seed).csv(10);
        for (Path input : inputs) {
            Path place = Files.createDirectory(directory.resolve("place"));
            Object[] words = command.replace("IN", input.toString())
                    .replace("OUT", place.resolve("out").toString())
                    .replace("CSV", csv.toString())
                    .split(" ");
            StringWriter err = new StringWriter();
            int[] code = new int[1];
            String logged = StandardError.during(() -> code[0] = Served.execute(words, err));
            if (code[0] != 0) {
                assertThat(err.toString().lines()).as("%s", command).hasSize(1);
                assertThat(err.toString())
                        .startsWith("thalweg: ")
                        .contains(input.toString())
                        .doesNotContain("Exception");
                assertThat(place).isEmptyDirectory();
            }
            assertThat(logged).doesNotContain("\tat ");
            FileUtils.deleteDirectory(place.toFile());
        }
    }
}
