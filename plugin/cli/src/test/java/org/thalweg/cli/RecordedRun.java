package org.thalweg.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.ExplainedVariance;
import org.thalweg.frame.Frame;
import org.thalweg.frame.RunProvenance;
import org.thalweg.frame.RunProvenance.Parameter;
import org.thalweg.frame.SpectralDensityValues;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.frame.TraceValue;
import org.thalweg.frame.TrajectoryMap;
import org.thalweg.frame.TrajectoryValues;
import org.thalweg.recording.RunRecorder;

/** A run on disk with one frame of each kind that a page shows differently. */
final class RecordedRun {

    private RecordedRun() {}

    static void write(Path directory) throws IOException {
        try (RunRecorder recorder = new RunRecorder(directory)) {
            recorder.start(provenance());
            recorder.frame(frame(0, 2.302585, CurvatureValues.absent("finite-difference", "kink")));
            recorder.frame(frame(157, 0.25, curvature(true)));
            recorder.frame(frame(314, 0.125, curvature(false)));
        }
    }

    static void writeWithoutFrames(Path directory) throws IOException {
        try (RunRecorder recorder = new RunRecorder(directory)) {
            recorder.start(provenance());
        }
    }

    /** Two runs on the surface of a frame. */
    static TrajectoryMap trajectories() {
        Frame frame = frame(314, 0.125, CurvatureValues.absent("exact", "off"));
        double[] loss = {2, 1, 0.125};
        double[] distance = {0.5, 0.25, 0};
        TrajectoryValues first = new TrajectoryValues(
                "valley",
                new long[] {0, 157, 314},
                new double[] {0.8, 0.5, 0},
                new double[] {-0.6, 0.2, 0},
                distance,
                loss,
                loss);
        TrajectoryValues second = new TrajectoryValues(
                "ridge",
                new long[] {0, 100, 200},
                new double[] {0.8, -0.5, -0.7},
                new double[] {-0.6, 0, 0.5},
                distance,
                loss,
                loss);
        return new TrajectoryMap(
                frame,
                "pca",
                "valley, iteration 314",
                List.of(first, second),
                Optional.of(
                        new ExplainedVariance(new double[] {3, 1}, new double[] {0.6, 0.2}, new double[] {2, 1.5})));
    }

    private static RunProvenance provenance() {
        return new RunProvenance(
                "valley",
                Map.of("thalweg", "0.1", "dl4j", "1.0.0-M2.1"),
                "CPU, 2 cores",
                "compiled",
                "{}",
                List.of(
                        new Parameter("0_W", "weight", new long[] {100, 20}, true),
                        new Parameter("1_mean", "statistic", new long[] {1, 20}, false)),
                "FLOAT",
                Map.of("grid", 25, "normalization", "FILTER"),
                List.of(),
                "512 of 10000 examples");
    }

    private static CurvatureValues curvature(boolean converged) {
        return new CurvatureValues(
                List.of(new Eigenvalue(12.5, 0.0125, true)),
                List.of(new Eigenvalue(-0.5, 0.25, converged)),
                "exact",
                40,
                1e-9,
                Optional.empty(),
                Optional.of(new TraceValue(103.25, 0.5, "hutch++", 30, 50)),
                Optional.of(new SpectralDensityValues(
                        new double[] {-1, 5, 11},
                        new double[] {0.1, 0.05, 0.02},
                        0.06,
                        10,
                        80,
                        0.25,
                        0.01,
                        4,
                        0.1,
                        800)),
                Map.of("step_alpha", "not foreseen"));
    }

    private static Frame frame(long iteration, double loss, CurvatureValues curvature) {
        SurfaceValues surface = new SurfaceValues(
                new double[] {-1, 0, 1},
                new double[] {-1, 0, 1},
                new boolean[][] {{true, true, true}, {true, true, true}, {true, true, true}},
                new double[][] {
                    {3 * loss, 2 * loss, 3 * loss}, {2 * loss, loss, 2 * loss}, {3 * loss, 2 * loss, 4 * loss}
                },
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return Frame.builder(iteration, (int) (iteration / 157))
                .loss(loss, iteration == 0 ? OptionalDouble.empty() : OptionalDouble.of(97.5))
                .objective("compiled")
                .surface(surface)
                .curvature(curvature)
                .quantities(Map.of("gradient_norm", 4 * loss))
                .seconds(Map.of("total", 1.25))
                .build();
    }
}
