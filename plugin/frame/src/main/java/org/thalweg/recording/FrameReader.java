package org.thalweg.recording;

import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.thalweg.frame.Frame;
import org.thalweg.frame.FrameBuilder;
import org.thalweg.frame.NamedArray;
import org.thalweg.frame.SurfaceInterpolation;
import org.thalweg.frame.SurfaceValues;

/** Reads frames from HDF5, without weights; directions are read separately. */
final class FrameReader {

    private FrameReader() {}

    static Frame read(Path file) throws IOException {
        return Hdf5.read(file, root -> {
            Group summary = summary(file, root);
            String status = Hdf5.text(summary, "status");
            FrameBuilder frame = Frame.builder(
                            Hdf5.number(summary, "iteration").longValue(),
                            Hdf5.number(summary, "epoch").intValue())
                    .status(Frame.Status.of(status)
                            .orElseThrow(() -> new IllegalArgumentException("its status is " + status + ", not one of "
                                    + Arrays.toString(Frame.Status.values()))))
                    .loss(Hdf5.number(summary, "loss").doubleValue(), scalar(summary, "accuracy"))
                    .objective(Hdf5.text(summary, "objective"))
                    .surface(surface(root, summary))
                    .curvature(CurvatureGroup.read(Hdf5.group(root, "curvature")))
                    .quantities(Hdf5.doubles(summary, "quantity_"))
                    .seconds(Hdf5.doubles(summary, "seconds_"))
                    .findings(Hdf5.findGroup(root, "findings")
                            .map(FindingsGroup::read)
                            .orElse(List.of()));
            scalar(summary, "validation_loss")
                    .ifPresent(loss -> frame.validationLoss(loss, scalar(summary, "validation_accuracy")));
            return frame.build();
        });
    }

    static List<NamedArray> directions(Path file) throws IOException {
        return Hdf5.read(file, root -> {
            summary(file, root);
            List<NamedArray> arrays = new ArrayList<>();
            Hdf5.findGroup(root, "directions")
                    .ifPresent(group -> group.getChildren()
                            .values()
                            .forEach(axis -> arrays.addAll(Hdf5Arrays.read((Group) axis, axis.getName() + "/"))));
            return arrays;
        });
    }

    private static Group summary(Path file, Group root) throws RunFormatException {
        Group summary = Hdf5.group(root, "thalweg");
        RunFormat.check(file, Hdf5.number(summary, "format").longValue());
        return summary;
    }

    private static SurfaceValues surface(Group root, Group summary) {
        return new SurfaceValues(
                (double[]) Hdf5.data(root, "xcoordinates"),
                (double[]) Hdf5.data(root, "ycoordinates"),
                Hdf5.flags(summary, "evaluated"),
                (double[][]) Hdf5.data(root, FrameWriter.TRAIN_LOSS),
                grid(root, FrameWriter.TRAIN_ACCURACY),
                grid(root, FrameWriter.TEST_LOSS),
                grid(root, FrameWriter.TEST_ACCURACY),
                interpolation(root, summary));
    }

    /** Empty in files without interpolated points, such as those of versions before 0.2.0. */
    private static Optional<SurfaceInterpolation> interpolation(Group root, Group summary) {
        return Hdf5.attribute(summary, FrameWriter.INTERPOLATION_TOLERANCE, Number.class)
                .map(tolerance -> new SurfaceInterpolation(
                        tolerance.doubleValue(),
                        error(root, FrameWriter.TRAIN_LOSS)
                                .orElseThrow(() -> new IllegalArgumentException(
                                        "its interpolated points have no " + FrameWriter.INTERPOLATION_ERROR)),
                        error(root, FrameWriter.TRAIN_ACCURACY),
                        error(root, FrameWriter.TEST_LOSS),
                        error(root, FrameWriter.TEST_ACCURACY)));
    }

    private static OptionalDouble error(Group root, String name) {
        return Hdf5.findDataset(root, name)
                .map(dataset -> scalar(dataset, FrameWriter.INTERPOLATION_ERROR))
                .orElse(OptionalDouble.empty());
    }

    private static Optional<double[][]> grid(Group root, String name) {
        return Hdf5.find(root, name).map(double[][].class::cast);
    }

    private static OptionalDouble scalar(Node group, String name) {
        return Hdf5.attribute(group, name, Number.class)
                .map(value -> OptionalDouble.of(value.doubleValue()))
                .orElse(OptionalDouble.empty());
    }
}
