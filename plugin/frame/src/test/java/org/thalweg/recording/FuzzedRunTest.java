package org.thalweg.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.frame.Frame;
import org.thalweg.frame.LineStudy;
import org.thalweg.frame.LineValues;
import org.thalweg.frame.RunProvenance;
import org.thalweg.frame.SurfaceStudy;
import org.thalweg.frame.TrajectoryMap;
import org.thalweg.frame.TrajectoryValues;
import org.thalweg.testing.Fuzzing;
import org.thalweg.testing.Peers;
import org.thalweg.testing.RandomFrames;
import org.thalweg.testing.Seeds;

/** Damaged files of runs and studies. Values in HDF5 are never read as other values than were written. */
@Timeout(7200)
class FuzzedRunTest {

    private final long seed = Seeds.fresh("FuzzedRunTest");
    private final RandomFrames random = new RandomFrames(new Random(seed));

    @TempDir
    private Path directory;

    @Test
    void frames() throws IOException {
        Path file = directory.resolve("000000007.h5");
        FrameWriter.write(file, random.frame(7));
        new Fuzzing(file, seed).findsEveryChange(() -> FrameFile.read(file));
    }

    /** Headers of the format's first version have no checksums, so that every size in them is read. */
    @Test
    void framesWithoutChecksums() throws IOException {
        Path whole = directory.resolve("000000008.h5");
        FrameWriter.write(whole, random.frame(7));
        Path file = directory.resolve("000000007.h5");
        Peers.python("/org/thalweg/recording/first_format.py", List.of("h5py"), whole, file);
        new Fuzzing(file, seed).survives(() -> FrameFile.read(file));
    }

    @Test
    void directionsAndWeights() throws IOException {
        Path file = directory.resolve("000000007.h5");
        FrameWriter.writeWeights(file, random.arrays());
        new Fuzzing(file, seed).findsEveryChange(() -> ArrayFile.read(file));
    }

    @Test
    void surfaces() throws IOException {
        Path file = directory.resolve("surface.h5");
        StudyFile.write(file, new SurfaceStudy(random.provenance("a"), random.frame(7), true, Optional.empty()));
        new Fuzzing(file, seed).findsEveryChange(() -> StudyFile.readSurface(file));
    }

    @Test
    void lines() throws IOException {
        Path file = directory.resolve("line.h5");
        LineValues line = new LineValues(
                new double[] {-1, 0, 1},
                new boolean[] {true, true, false},
                new double[] {3, 2, Double.NaN},
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        StudyFile.write(file, new LineStudy(random.provenance("a"), line, "compiled"));
        new Fuzzing(file, seed).findsEveryChange(() -> StudyFile.readLine(file));
    }

    @Test
    void trajectories() throws IOException {
        Path file = directory.resolve("trajectory.h5");
        Frame frame = random.frame(7);
        double[] three = {1, 2, 3};
        TrajectoryValues path = new TrajectoryValues("a", new long[] {0, 5, 9}, three, three, three, three, three);
        TrajectoryFile.write(file, new TrajectoryMap(frame, "pca", "last", List.of(path), Optional.empty()));
        new Fuzzing(file, seed).findsEveryChange(() -> TrajectoryFile.read(file));
    }

    @Test
    void descriptions() throws IOException {
        RunProvenance provenance = random.provenance("a");
        try (RunRecorder recorder = new RunRecorder(directory)) {
            recorder.start(provenance);
        }
        new Fuzzing(directory.resolve("run.json"), seed)
                .survives(() -> RunReader.open(directory).provenance());
    }

    @Test
    void tables() throws IOException {
        Path file = directory.resolve("metrics.csv");
        MetricsTable table = new MetricsTable(file);
        table.put(random.frame(0));
        table.put(random.frame(1));
        new Fuzzing(file, seed).survives(() -> MetricsTable.open(file));
        Files.delete(file);
    }
}
