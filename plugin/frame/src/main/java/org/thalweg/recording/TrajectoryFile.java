package org.thalweg.recording;

import io.jhdf.api.Group;
import io.jhdf.api.WritableDataset;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.thalweg.frame.ExplainedVariance;
import org.thalweg.frame.Frame;
import org.thalweg.frame.NamedArray;
import org.thalweg.frame.TrajectoryMap;
import org.thalweg.frame.TrajectoryValues;

/**
 * Trajectories on a plane as one HDF5 file, which is also the file of a frame.
 *
 * <ul>
 *   <li>The data of the trajectory plot of <a href="https://github.com/tomgoldstein/loss-landscape">loss-landscape</a>:
 *       at the root {@code proj_xcoord} and {@code proj_ycoord}, f64 {@code [n]}, of the first run;
 *       {@code explained_variance_}, {@code explained_variance_ratio_} and {@code singular_values_}, f64 {@code [2]},
 *       where the plane is of principal components; the directions as groups {@code xdirection} and {@code ydirection}
 *       of datasets {@code 0}, {@code 1}, ..., one for each trainable array in the network's order, with its name in
 *       the attribute {@code key}.
 *   <li>Ours: {@code /trajectory/0}, {@code /trajectory/1}, ..., one for each run in the order given, with the
 *       attribute {@code run} and the datasets {@code iteration} i64 and {@code alpha}, {@code beta}, {@code distance},
 *       {@code loss}, {@code plane_loss} f64 {@code [n]}; {@code /thalweg} has the attributes {@code plane} and
 *       {@code origin}.
 * </ul>
 *
 * @since 0.2.0
 */
public final class TrajectoryFile {

    private static final String GROUP = "trajectory";

    private TrajectoryFile() {}

    /**
     * Replaces a file atomically.
     *
     * @throws IOException if the file cannot be written; the message names it
     */
    public static void write(Path file, TrajectoryMap map) throws IOException {
        Frame frame = map.frame();
        Hdf5.write(file, root -> {
            String directionFile =
                    frame.directions().isEmpty() ? "" : file.getFileName().toString();
            WritableGroup summary = FrameWriter.putValues(root, directionFile, frame);
            Hdf5.putText(summary, "plane", map.plane());
            Hdf5.putText(summary, "origin", map.origin());
            putDirection(root, "xdirection", "delta/", frame.directions());
            putDirection(root, "ydirection", "eta/", frame.directions());
            map.variance().ifPresent(variance -> {
                root.putDataset("explained_variance_", variance.variance());
                root.putDataset("explained_variance_ratio_", variance.ratio());
                root.putDataset("singular_values_", variance.singularValues());
            });
            root.putDataset("proj_xcoord", map.trajectories().get(0).alpha());
            root.putDataset("proj_ycoord", map.trajectories().get(0).beta());
            WritableGroup runs = root.putGroup(GROUP);
            for (int i = 0; i < map.trajectories().size(); i++) {
                put(runs.putGroup(Integer.toString(i)), map.trajectories().get(i));
            }
        });
    }

    /**
     * Reads the trajectories of a file; empty if it is the file of a frame without any.
     *
     * @throws IOException if the file cannot be read; the message names it
     */
    public static Optional<TrajectoryMap> read(Path file) throws IOException {
        Frame frame = FrameReader.read(file);
        return Hdf5.read(file, root -> {
            Optional<Group> runs = Hdf5.findGroup(root, GROUP);
            if (runs.isEmpty()) {
                return Optional.empty();
            }
            Group summary = Hdf5.group(root, "thalweg");
            List<TrajectoryValues> trajectories = runs.get().getChildren().values().stream()
                    .map(Group.class::cast)
                    .sorted(Comparator.comparingInt(group -> Integer.parseInt(group.getName())))
                    .map(TrajectoryFile::trajectory)
                    .toList();
            return Optional.of(new TrajectoryMap(
                    frame, Hdf5.text(summary, "plane"), Hdf5.text(summary, "origin"), trajectories, variance(root)));
        });
    }

    private static void putDirection(WritableGroup root, String name, String prefix, List<NamedArray> directions) {
        List<NamedArray> own = directions.stream()
                .filter(array -> array.name().startsWith(prefix))
                .toList();
        if (own.isEmpty()) {
            return;
        }
        WritableGroup group = root.putGroup(name);
        for (int i = 0; i < own.size(); i++) {
            WritableDataset written = Hdf5Arrays.put(group, Integer.toString(i), own.get(i));
            written.putAttribute("key", own.get(i).name().substring(prefix.length()));
        }
    }

    private static void put(WritableGroup group, TrajectoryValues trajectory) {
        Hdf5.putText(group, "run", trajectory.run());
        group.putDataset("iteration", trajectory.iterations());
        group.putDataset("alpha", trajectory.alpha());
        group.putDataset("beta", trajectory.beta());
        group.putDataset("distance", trajectory.distance());
        group.putDataset("loss", trajectory.loss());
        group.putDataset("plane_loss", trajectory.planeLoss());
    }

    private static TrajectoryValues trajectory(Group group) {
        return new TrajectoryValues(
                Hdf5.text(group, "run"),
                (long[]) Hdf5.data(group, "iteration"),
                (double[]) Hdf5.data(group, "alpha"),
                (double[]) Hdf5.data(group, "beta"),
                (double[]) Hdf5.data(group, "distance"),
                (double[]) Hdf5.data(group, "loss"),
                (double[]) Hdf5.data(group, "plane_loss"));
    }

    private static Optional<ExplainedVariance> variance(Group root) {
        return Hdf5.find(root, "explained_variance_")
                .map(variance -> new ExplainedVariance(
                        (double[]) variance, (double[]) Hdf5.data(root, "explained_variance_ratio_"), (double[])
                                Hdf5.data(root, "singular_values_")));
    }
}
