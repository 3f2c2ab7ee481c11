package org.thalweg.recording;

import io.jhdf.api.Group;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.thalweg.frame.ConvexityValues;
import org.thalweg.frame.Frame;
import org.thalweg.frame.LineStudy;
import org.thalweg.frame.LineValues;
import org.thalweg.frame.RunProvenance;
import org.thalweg.frame.SurfaceStudy;

/**
 * The analysis of a saved network as one self-contained HDF5 file: its group {@code /thalweg} has a dataset {@code run},
 * the JSON of a {@code run.json}.
 *
 * <ul>
 *   <li>A surface is a frame's file. With a convexity map it has {@code min_eig} and {@code max_eig}, f64 of the surface's
 *       shape, NaN between the points of the map, where the plotting tools of
 *       <a href="https://github.com/tomgoldstein/loss-landscape">loss-landscape</a> look for them, and {@code /convexity}:
 *       {@code min_residual}, {@code max_residual} f64, {@code evaluated}, {@code converged} i8, {@code products} i32.
 *   <li>A line has {@code xcoordinates}, {@code train_loss}, {@code train_acc}, {@code test_loss}, {@code test_acc} f64
 *       {@code [n]} at its root, as those tools read lines, and {@code /thalweg/evaluated} i8 {@code [n]}.
 * </ul>
 *
 * @since 0.2.0
 */
public final class StudyFile {

    private static final String CONVEXITY = "convexity";

    private StudyFile() {}

    /**
     * Replaces a file atomically.
     *
     * @throws IOException if the file cannot be written; the message names it
     */
    public static void write(Path file, SurfaceStudy study) throws IOException {
        Frame frame = study.frame();
        String directionFile =
                frame.directions().isEmpty() ? "" : file.getFileName().toString();
        Hdf5.write(file, root -> {
            WritableGroup summary = FrameWriter.putValues(root, directionFile, frame);
            summary.putAttribute("curvature_done", study.curvatureDone() ? 1 : 0);
            ProvenanceEntry.put(summary, study.provenance());
            if (!frame.directions().isEmpty()) {
                FrameWriter.putDirections(root.putGroup("directions"), frame.directions());
            }
            study.convexity().ifPresent(map -> put(root, map));
        });
    }

    /** As {@link #write(Path, SurfaceStudy)}. */
    public static void write(Path file, LineStudy study) throws IOException {
        LineValues line = study.line();
        Hdf5.write(file, root -> {
            root.putDataset("dir_file", "");
            root.putDataset("xcoordinates", line.alpha());
            root.putDataset("train_loss", line.loss());
            line.accuracy().ifPresent(values -> root.putDataset("train_acc", values));
            line.validationLoss().ifPresent(values -> root.putDataset("test_loss", values));
            line.validationAccuracy().ifPresent(values -> root.putDataset("test_acc", values));
            WritableGroup summary = root.putGroup("thalweg");
            summary.putAttribute("format", RunFormat.VERSION);
            Hdf5.putText(summary, "objective", study.objective());
            summary.putDataset("evaluated", Hdf5.bytes(line.evaluated()));
            ProvenanceEntry.put(summary, study.provenance());
        });
    }

    /**
     * Reads a surface, without its directions.
     *
     * @throws IOException if the file cannot be read or is something else; the message names it
     */
    public static SurfaceStudy readSurface(Path file) throws IOException {
        if (Hdf5.read(file, root -> Hdf5.findDataset(root, "ycoordinates").isEmpty())) {
            throw new RunFormatException(file + " holds no surface");
        }
        Frame frame = FrameReader.read(file);
        return Hdf5.read(file, root -> {
            Group summary = Hdf5.group(root, "thalweg");
            if (Hdf5.findDataset(summary, ProvenanceEntry.NAME).isEmpty()) {
                throw new RunFormatException(file + " is a frame of a run: give the run's directory");
            }
            return new SurfaceStudy(
                    ProvenanceEntry.get(file, summary),
                    frame,
                    Hdf5.number(summary, "curvature_done").intValue() != 0,
                    Hdf5.findGroup(root, CONVEXITY).map(group -> convexity(root, group)));
        });
    }

    /**
     * Whether a file holds a line, not a surface.
     *
     * @throws IOException if the file cannot be read; the message names it
     */
    public static boolean isLine(Path file) throws IOException {
        return Hdf5.read(
                file,
                root -> Hdf5.findDataset(root, "xcoordinates").isPresent()
                        && Hdf5.findDataset(root, "ycoordinates").isEmpty());
    }

    /**
     * Reads a line.
     *
     * @throws IOException if the file cannot be read or is something else; the message names it
     */
    public static LineStudy readLine(Path file) throws IOException {
        return Hdf5.read(file, root -> {
            Group summary = Hdf5.group(root, "thalweg");
            RunFormat.check(file, Hdf5.number(summary, "format").longValue());
            if (!(Hdf5.data(summary, "evaluated") instanceof byte[] evaluated)) {
                throw new RunFormatException(file + " holds a surface, not a line");
            }
            LineValues line = new LineValues(
                    (double[]) Hdf5.data(root, "xcoordinates"),
                    Hdf5.flags(evaluated),
                    (double[]) Hdf5.data(root, "train_loss"),
                    Hdf5.find(root, "train_acc").map(double[].class::cast),
                    Hdf5.find(root, "test_loss").map(double[].class::cast),
                    Hdf5.find(root, "test_acc").map(double[].class::cast));
            return new LineStudy(ProvenanceEntry.get(file, summary), line, Hdf5.text(summary, "objective"));
        });
    }

    /**
     * Checks that an analysis may continue a file: both must mean the same.
     *
     * @param recorded the provenance in the file
     * @param now the provenance of the analysis
     * @param words puts a difference such as {@code settings.grid.alpha.points is 25, in the run it is 5} into the caller's
     *     words
     * @throws IOException naming the file and the first difference
     */
    public static void requireSame(Path file, RunProvenance recorded, RunProvenance now, UnaryOperator<String> words)
            throws IOException {
        Optional<String> difference = ResumeCheck.difference(recorded, now);
        if (difference.isPresent()) {
            throw new IOException(file + " holds a different analysis: " + words.apply(difference.get())
                    + "; use the same options, choose another file, or remove it first");
        }
    }

    private static void put(WritableGroup root, ConvexityValues map) {
        root.putDataset("min_eig", map.smallest());
        root.putDataset("max_eig", map.largest());
        WritableGroup group = root.putGroup(CONVEXITY);
        group.putDataset("evaluated", Hdf5.bytes(map.evaluated()));
        group.putDataset("converged", Hdf5.bytes(map.converged()));
        group.putDataset("min_residual", map.smallestResidual());
        group.putDataset("max_residual", map.largestResidual());
        group.putDataset("products", map.products());
    }

    private static ConvexityValues convexity(Group root, Group group) {
        return new ConvexityValues(
                Hdf5.flags(group, "evaluated"),
                (double[][]) Hdf5.data(root, "min_eig"),
                (double[][]) Hdf5.data(root, "max_eig"),
                (double[][]) Hdf5.data(group, "min_residual"),
                (double[][]) Hdf5.data(group, "max_residual"),
                Hdf5.flags(group, "converged"),
                (int[][]) Hdf5.data(group, "products"));
    }
}
