package org.thalweg.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.frame.Frame;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.testing.Peers;
import org.thalweg.testing.RandomFrames;
import org.thalweg.testing.Seeds;

/** The script of the module's page reads a run into pandas and xarray. */
class PandasReadsRunTest {

    private static final String SCRIPT = "/org/thalweg/recording/read_run.py";

    private final long seed = Seeds.fresh("PandasReadsRunTest");
    private final Random random = new Random(seed);

    @Test
    void numbersAndSurfacesArrive(@TempDir Path run) throws IOException {
        RandomFrames frames = new RandomFrames(random);
        List<Frame> recorded = new ArrayList<>();
        try (RunRecorder recorder = new RunRecorder(run)) {
            recorder.start(frames.provenance("peer"));
            for (int i = 0; i < 4; i++) {
                Frame frame = onOneGrid(frames.frame(157L * i));
                recorder.frame(frame);
                recorded.add(frame);
            }
        }
        List<String> lines = Peers.python(SCRIPT, List.of("h5py", "pandas", "xarray"), run)
                .lines()
                .toList();
        assertThat(lines).as("seed %d", seed).hasSize(1 + 2 * recorded.size());
        for (int i = 0; i < recorded.size(); i++) {
            Frame frame = recorded.get(i);
            String[] numbers = lines.get(1 + i).split(",", -1);
            String[] centre = lines.get(1 + recorded.size() + i).split(",", -1);
            assertThat(numbers[0]).as("seed %d", seed).isEqualTo(Long.toString(frame.iteration()));
            assertThat(boxed(numbers[1])).as("seed %d", seed).isEqualTo((Double) frame.loss());
            assertThat(boxed(numbers[2]))
                    .as("seed %d", seed)
                    .isEqualTo(frame.curvature()
                            .lambdaMax()
                            .map(eigenvalue -> eigenvalue.value())
                            .orElse(Double.NaN));
            assertThat(centre[0]).as("seed %d", seed).isEqualTo(Long.toString(frame.iteration()));
            assertThat(boxed(centre[centre.length - 1])).as("seed %d", seed).isEqualTo((Double)
                    frame.surface().loss()[1][1]);
        }
    }

    @Test
    void thePageShowsTheScript() throws IOException {
        try (InputStream script = getClass().getResourceAsStream(SCRIPT)) {
            assertThat(script).isNotNull();
            String page = Files.readString(Path.of("README.md"));
            assertThat(page).contains(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** The frame with a random surface on a grid of 3 x 3, on which xarray can align frames. */
    private Frame onOneGrid(Frame frame) {
        double[] axis = {-1, 0, 1};
        boolean[][] evaluated = new boolean[3][3];
        double[][] loss = new double[3][3];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                evaluated[row][column] = true;
                loss[row][column] = random.nextGaussian();
            }
        }
        SurfaceValues surface =
                new SurfaceValues(axis, axis, evaluated, loss, Optional.empty(), Optional.empty(), Optional.empty());
        return frame.withoutArrays().toBuilder().surface(surface).build();
    }

    /** An empty cell is a value that the frame does not have. As an object, so that NaN equals NaN. */
    private static Double boxed(String cell) {
        return switch (cell) {
            case "" -> Double.NaN;
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(cell);
        };
    }
}
