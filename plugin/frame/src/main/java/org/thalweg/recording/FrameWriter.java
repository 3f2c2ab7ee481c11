package org.thalweg.recording;

import io.jhdf.api.WritableDataset;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.thalweg.frame.Frame;
import org.thalweg.frame.NamedArray;
import org.thalweg.frame.SurfaceInterpolation;
import org.thalweg.frame.SurfaceValues;

/**
 * Writes frames as HDF5. The datasets at the root are those that the plotting tools of
 * <a href="https://github.com/tomgoldstein/loss-landscape">loss-landscape</a> read; everything else is in groups.
 */
final class FrameWriter {

    static final String TRAIN_LOSS = "train_loss";
    static final String TRAIN_ACCURACY = "train_acc";
    static final String TEST_LOSS = "test_loss";
    static final String TEST_ACCURACY = "test_acc";

    /** Attribute of {@code /thalweg} in files with interpolated points. */
    static final String INTERPOLATION_TOLERANCE = "interpolation_tolerance";

    /** Attribute of a dataset with interpolated points. */
    static final String INTERPOLATION_ERROR = "interpolation_error";

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
        SurfaceValues stored = surface.interpolation().isPresent() ? surface : surface.computed();
        Optional<SurfaceInterpolation> points = surface.interpolation();
        root.putDataset("xcoordinates", surface.alpha());
        root.putDataset("ycoordinates", surface.beta());
        putGrid(root, TRAIN_LOSS, Optional.of(stored.loss()), points.map(SurfaceInterpolation::loss));
        putGrid(root, TRAIN_ACCURACY, stored.accuracy(), points.flatMap(found -> boxed(found.accuracy())));
        putGrid(root, TEST_LOSS, stored.validationLoss(), points.flatMap(found -> boxed(found.validationLoss())));
        putGrid(
                root,
                TEST_ACCURACY,
                stored.validationAccuracy(),
                points.flatMap(found -> boxed(found.validationAccuracy())));
    }

    /** Readers who look no further than a dataset learn there that it has interpolated points. */
    private static void putGrid(
            WritableGroup root, String name, Optional<double[][]> values, Optional<Double> interpolated) {
        values.ifPresent(grid -> {
            WritableDataset dataset = root.putDataset(name, grid);
            interpolated.ifPresent(error -> dataset.putAttribute(INTERPOLATION_ERROR, error));
        });
    }

    private static Optional<Double> boxed(OptionalDouble error) {
        return error.isPresent() ? Optional.of(error.getAsDouble()) : Optional.empty();
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
        frame.surface()
                .interpolation()
                .ifPresent(points -> group.putAttribute(INTERPOLATION_TOLERANCE, points.tolerance()));
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
}
