package org.thalweg.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.frame.Frame;
import org.thalweg.frame.NamedArray;
import org.thalweg.frame.RunProvenance;
import org.thalweg.testing.Peers;
import org.thalweg.testing.RandomFrames;
import org.thalweg.testing.Seeds;

/** The HDF5 library of everyone else finds every value under the names that the format promises. */
class PeerReadsRunTest {

    private static final int FRAMES = 12;

    private final long seed = Seeds.fresh("PeerReadsRunTest");
    private final RandomFrames random = new RandomFrames(new Random(seed));
    private final List<String> expected = new ArrayList<>();

    @Test
    void h5pyReadsWhatWasWritten(@TempDir Path directory) throws IOException {
        Path run = directory.resolve("a run");
        RunProvenance provenance = random.provenance("peer");
        try (RunRecorder recorder = new RunRecorder(run)) {
            recorder.start(provenance);
            for (int i = 0; i < FRAMES; i++) {
                Frame frame = random.frame(157L * i);
                recorder.frame(frame);
                expect(frame);
            }
        }
        provenance.probe().forEach(array -> expect("probe.h5", array.name(), array));
        Path file = Files.write(directory.resolve("expected.tsv"), expected);
        String output = Peers.python("/org/thalweg/recording/check_run.py", List.of("h5py", "numpy"), run, file);
        assertThat(output).as("seed %d", seed).contains(expected.size() + " values agree");
    }

    private void expect(Frame frame) {
        String name = String.format(Locale.ROOT, "%09d.h5", frame.iteration());
        String file = "frames/" + name;
        expect(file, "thalweg@iteration", "", frame.iteration());
        expect(file, "thalweg@status", "", frame.status().label());
        expect(file, "thalweg@loss", "", frame.loss());
        expect(file, "thalweg@seconds", "", frame.totalSeconds());
        expect(file, "thalweg@seconds_surface", "", frame.seconds().getOrDefault("surface", -1.0));
        expect(file, "curvature@method", "", frame.curvature().method());
        expect(file, "curvature@products", "", frame.curvature().products());
        expect(file, "dir_file", "", frame.directions().isEmpty() ? "" : name);
        expectGrid(file, "train_loss", frame.surface().loss());
        frame.surface().accuracy().ifPresent(grid -> expectGrid(file, "train_acc", grid));
        frame.surface().validationLoss().ifPresent(grid -> expectGrid(file, "test_loss", grid));
        frame.surface().validationAccuracy().ifPresent(grid -> expectGrid(file, "test_acc", grid));
        double[] alpha = frame.surface().alpha();
        IntStream.range(0, alpha.length).forEach(i -> expect(file, "xcoordinates", Integer.toString(i), alpha[i]));
        frame.curvature().lambdaMax().ifPresent(value -> {
            expect(file, "curvature/eigenvalues", "0", value.value());
            expect(file, "curvature/residuals", "0", value.residual());
            expect(file, "curvature/converged", "0", value.converged() ? 1 : 0);
        });
        frame.curvature().trace().ifPresent(trace -> {
            expect(file, "curvature/trace", "", trace.value());
            expect(file, "curvature/trace@standard_error", "", trace.standardError());
            expect(file, "curvature/trace@estimator", "", trace.estimator());
        });
        frame.curvature().density().ifPresent(density -> {
            expect(file, "curvature/density/lambda", "1", density.lambda()[1]);
            expect(file, "curvature/density/value", "1", density.value()[1]);
            expect(file, "curvature/density@kernel_width", "", density.kernelWidth());
            expect(file, "curvature/density@mean_standard_error", "", density.meanStandardError());
        });
        frame.curvature().layers().forEach(layer -> {
            String group = "curvature/layers/" + path(layer.layer(), 0);
            expect(file, group + "@parameters", "", layer.parameters());
            expect(file, group + "/eigenvalues", "0", layer.lambdaMax().value());
            expect(file, group + "/eigenvalues", "1", layer.lambdaMin().value());
            layer.trace().ifPresent(trace -> expect(file, group + "/trace", "", trace.value()));
        });
        frame.curvature().gaussNewton().ifPresent(found -> {
            expect(
                    file,
                    "curvature/gauss_newton/eigenvalues",
                    "0",
                    found.lambdaMax().value());
            expect(file, "curvature/gauss_newton@share", "", found.share());
        });
        frame.curvature().absent().forEach((what, reason) -> expect(file, "curvature@absent_" + what, "", reason));
        frame.directions().forEach(array -> expect(file, "directions/" + path(array.name(), 1), array));
        frame.weights().forEach(array -> expect("weights/" + name, path(array.name(), 0), array));
    }

    /** The path of a key below a number of groups, by the rule of the format and not by the code under test. */
    private static String path(String name, int groups) {
        String[] parts = name.split("/", groups + 1);
        parts[groups] = parts[groups].replace("%", "%25").replace("/", "%2F");
        return String.join("/", parts);
    }

    private void expectGrid(String file, String name, double[][] grid) {
        for (int row = 0; row < grid.length; row++) {
            for (int column = 0; column < grid[row].length; column++) {
                expect(file, name, row + "," + column, grid[row][column]);
            }
        }
    }

    private void expect(String file, String name, NamedArray array) {
        long[] shape = array.shape();
        int length = Array.getLength(array.values());
        for (int i = 0; i < length; i += 1 + length / 50) {
            long rest = i;
            long[] index = new long[shape.length];
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                index[axis] = rest % shape[axis];
                rest /= shape[axis];
            }
            String place = Arrays.stream(index).mapToObj(Long::toString).collect(Collectors.joining(","));
            // A float prints as its shortest decimal; what the file holds is that float as a double.
            expect(file, name, place, ((Number) Array.get(array.values(), i)).doubleValue());
        }
    }

    private void expect(String file, String name, String index, Object value) {
        String text = value.toString().replace("Infinity", "inf");
        expected.add(String.join("\t", file, name, index, text));
    }
}
