package org.thalweg.recording;

import io.jhdf.api.Group;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.thalweg.frame.ConnectionStudy;
import org.thalweg.frame.Frame;
import org.thalweg.frame.LineValues;

/**
 * Two networks and the paths between them as one HDF5 file, which is also the file of a surface: see {@link StudyFile}. In
 * addition {@code /connection} has
 *
 * <ul>
 *   <li>the attributes {@code first} and {@code second}, names of the networks, and the dataset {@code t}, f64 {@code [n]};
 *   <li>{@code line} and {@code curve}, groups with {@code train_loss}, {@code train_acc}, {@code test_loss} and {@code
 *       test_acc}, f64 {@code [n]};
 *   <li>{@code alpha} and {@code beta}, f64 {@code [n]}, where the curve is on the plane;
 *   <li>{@code bend}, a group with an array for each trainable one of the network, by its key and in its shape.
 * </ul>
 *
 * @since 0.2.0
 */
public final class ConnectionFile {

    private static final String GROUP = "connection";

    private ConnectionFile() {}

    /**
     * Replaces a file atomically.
     *
     * @throws IOException if the file cannot be written; the message names it
     */
    public static void write(Path file, ConnectionStudy study) throws IOException {
        Frame frame = study.frame();
        Hdf5.write(file, root -> {
            WritableGroup summary = FrameWriter.putValues(
                    root, frame.directions().isEmpty() ? "" : file.getFileName().toString(), frame);
            summary.putAttribute("curvature_done", 1);
            ProvenanceEntry.put(summary, study.provenance());
            if (!frame.directions().isEmpty()) {
                FrameWriter.putDirections(root.putGroup("directions"), frame.directions());
            }
            WritableGroup group = root.putGroup(GROUP);
            Hdf5.putText(group, "first", study.first());
            Hdf5.putText(group, "second", study.second());
            group.putDataset("t", study.line().alpha());
            put(group.putGroup("line"), study.line());
            put(group.putGroup("curve"), study.curve());
            group.putDataset("alpha", study.alpha());
            group.putDataset("beta", study.beta());
            WritableGroup bend = group.putGroup("bend");
            study.bend().forEach(array -> Hdf5Arrays.put(bend, array.name(), array));
        });
    }

    /**
     * Reads the paths of a file, without the directions of its plane; empty if the file holds something else.
     *
     * @throws IOException if the file cannot be read; the message names it
     */
    public static Optional<ConnectionStudy> read(Path file) throws IOException {
        if (Hdf5.read(file, root -> Hdf5.findGroup(root, GROUP).isEmpty())) {
            return Optional.empty();
        }
        Frame frame = FrameReader.read(file);
        return Hdf5.read(file, root -> {
            Group group = Hdf5.group(root, GROUP);
            double[] t = (double[]) Hdf5.data(group, "t");
            return Optional.of(new ConnectionStudy(
                    ProvenanceEntry.get(file, Hdf5.group(root, "thalweg")),
                    frame,
                    Hdf5.text(group, "first"),
                    Hdf5.text(group, "second"),
                    path(t, Hdf5.group(group, "line")),
                    path(t, Hdf5.group(group, "curve")),
                    (double[]) Hdf5.data(group, "alpha"),
                    (double[]) Hdf5.data(group, "beta"),
                    Hdf5Arrays.read(Hdf5.group(group, "bend"), "")));
        });
    }

    private static void put(WritableGroup group, LineValues path) {
        group.putDataset("train_loss", path.loss());
        path.accuracy().ifPresent(values -> group.putDataset("train_acc", values));
        path.validationLoss().ifPresent(values -> group.putDataset("test_loss", values));
        path.validationAccuracy().ifPresent(values -> group.putDataset("test_acc", values));
    }

    private static LineValues path(double[] t, Group group) {
        boolean[] evaluated = new boolean[t.length];
        Arrays.fill(evaluated, true);
        return new LineValues(
                t,
                evaluated,
                (double[]) Hdf5.data(group, "train_loss"),
                Hdf5.find(group, "train_acc").map(double[].class::cast),
                Hdf5.find(group, "test_loss").map(double[].class::cast),
                Hdf5.find(group, "test_acc").map(double[].class::cast));
    }
}
