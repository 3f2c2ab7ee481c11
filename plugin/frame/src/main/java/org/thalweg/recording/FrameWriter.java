package org.thalweg.recording;

import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.frame.Frame;
import org.thalweg.frame.NamedArray;
import org.thalweg.frame.SurfaceValues;

/**
 * Writes frames as HDF5. The datasets at the root are those that the plotting tools of
 * <a href="https://github.com/tomgoldstein/loss-landscape">loss-landscape</a> read; everything else is in groups.
 */
final class FrameWriter {

    private FrameWriter() {}

    static void write(Path file, Frame frame) throws IOException {
        Hdf5.write(file, root -> {
            String directionFile =
                    frame.directions().isEmpty() ? "" : file.getFileName().toString();
            putValues(root, directionFile, frame);
            if (!frame.directions().isEmpty()) {
                putDirections(root.putGroup("directions"), frame.directions());
            }
        });
    }

    /** Writes everything except directions and weights; returns the group that describes the frame. */
    static WritableGroup putValues(WritableGroup root, String directionFile, Frame frame) {
        root.putDataset("dir_file", directionFile);
        putSurface(root, frame.surface());
        WritableGroup summary = root.putGroup("thalweg");
        putSummary(summary, frame);
        CurvatureGroup.write(root.putGroup("curvature"), frame.curvature());
        if (!frame.findings().isEmpty()) {
            FindingsGroup.write(root.putGroup("findings"), frame.findings());
        }
        return summary;
    }

    static void writeWeights(Path file, List<NamedArray> weights) throws IOException {
        Hdf5.write(file, root -> weights.forEach(array -> Hdf5Arrays.put(root, array.name(), array)));
    }

    private static void putSurface(WritableGroup root, SurfaceValues surface) {
        boolean[][] evaluated = surface.evaluated();
        root.putDataset("xcoordinates", surface.alpha());
        root.putDataset("ycoordinates", surface.beta());
        root.putDataset("train_loss", masked(surface.loss(), evaluated));
        surface.accuracy().ifPresent(values -> root.putDataset("train_acc", masked(values, evaluated)));
        surface.validationLoss().ifPresent(values -> root.putDataset("test_loss", masked(values, evaluated)));
        surface.validationAccuracy().ifPresent(values -> root.putDataset("test_acc", masked(values, evaluated)));
    }

    private static void putSummary(WritableGroup group, Frame frame) {
        group.putAttribute("format", RunFormat.VERSION);
        group.putAttribute("iteration", frame.iteration());
        group.putAttribute("epoch", frame.epoch());
        Hdf5.putText(group, "status", frame.status().label());
        Hdf5.putText(group, "objective", frame.objective());
        group.putAttribute("loss", frame.loss());
        frame.accuracy().ifPresent(value -> group.putAttribute("accuracy", value));
        frame.validationLoss().ifPresent(value -> group.putAttribute("validation_loss", value));
        frame.validationAccuracy().ifPresent(value -> group.putAttribute("validation_accuracy", value));
        group.putAttribute("seconds", frame.totalSeconds());
        Hdf5.putDoubles(group, "seconds_", frame.seconds());
        Hdf5.putDoubles(group, "quantity_", frame.quantities());
        group.putDataset("evaluated", Hdf5.bytes(frame.surface().evaluated()));
    }

    static void putDirections(WritableGroup group, List<NamedArray> directions) {
        Map<String, WritableGroup> axes = new HashMap<>();
        for (NamedArray direction : directions) {
            String name = direction.name();
            int slash = name.indexOf('/');
            if (slash < 1) {
                throw new IllegalArgumentException(
                        "a direction must be named axis/key, such as delta/0_W, got " + name);
            }
            WritableGroup axis = axes.computeIfAbsent(name.substring(0, slash), group::putGroup);
            Hdf5Arrays.put(axis, name.substring(slash + 1), direction);
        }
    }

    private static double[][] masked(double[][] values, boolean[][] evaluated) {
        for (int row = 0; row < values.length; row++) {
            for (int column = 0; column < values[row].length; column++) {
                if (!evaluated[row][column]) {
                    values[row][column] = Double.NaN;
                }
            }
        }
        return values;
    }
}
