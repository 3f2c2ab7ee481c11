package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Peers;
import org.thalweg.testing.Seeds;

/** The peers' tools draw what was analyzed, and every number of it is computed again elsewhere. */
class PeersReadAnalysesTest {

    private static final int UPDATES = 12;

    private final StringWriter err = new StringWriter();
    private final long seed = Seeds.fresh("PeersReadAnalysesTest");

    @TempDir
    private Path directory;

    private Path first;
    private Path last;
    private Path file;

    @BeforeEach
    void record() throws IOException {
        Path run = directory.resolve("run");
        TrainedRun.write(run, "run", Networks.mlp(DataType.FLOAT, seed), Networks.data(24, seed, 6), UPDATES);
        first = run.resolve("weights/000000000.h5");
        last = run.resolve("weights/000000012.h5");
        file = directory.resolve("out.h5");
    }

    @Test
    void aSurfaceWithItsConvexityMap() {
        analyze(last, "--grid", "5", "--convexity", "3", "--save-directions");
        assertThat(plot("contour")).contains("points 25.0");
        assertThat(plot("mesh")).contains("quads 16.0");
        assertThat(plot("convexity")).contains("ratio_max");
        assertThat(recompute(last))
                .as("seed %d", seed)
                .contains("25 points of a surface, 9 points of a convexity map recomputed, 0 disagreements");
    }

    @Test
    void aLineBetweenTwoNetworks() {
        analyze(first, last, "--line", "--grid", "9");
        assertThat(plot("line")).contains("points 9.0");
        assertThat(recompute(first, last))
                .as("seed %d", seed)
                .contains("9 points of a line recomputed, 0 disagreements");
    }

    private void analyze(Object... arguments) {
        Object[] words = Stream.of(
                        Stream.of("analyze"),
                        Stream.of(arguments),
                        Stream.of("--data", directory.resolve("run"), "-o", file))
                .flatMap(stream -> stream)
                .toArray();
        int status = InProcess.execute(new StringWriter(), err, words);
        assertThat(status).as("%s, seed %d", err, seed).isZero();
    }

    private String plot(String kind) {
        Path picture = directory.resolve(kind + ".pdf");
        String told = Peers.python("/org/thalweg/peers/plots.py", List.of("h5py", "matplotlib"), kind, file, picture);
        assertThat(picture).isNotEmptyFile();
        return told;
    }

    private String recompute(Path... networks) {
        Object[] arguments = new Object[networks.length + 1];
        arguments[0] = file;
        System.arraycopy(networks, 0, arguments, 1, networks.length);
        return Peers.python(
                List.of("/org/thalweg/peers/recompute_analysis.py", "/org/thalweg/peers/recompute.py"),
                List.of("h5py", "numpy", "scipy", "torch"),
                arguments);
    }
}
