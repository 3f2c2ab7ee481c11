package org.thalweg.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.thalweg.frame.ConvexityValues;
import org.thalweg.frame.Frame;
import org.thalweg.frame.SurfaceStudy;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.recording.StudyFile;

/** A convexity map as a frame whose surface holds |lambda_min/lambda_max| in place of losses, for pictures. */
final class ConvexityFrame {

    private ConvexityFrame() {}

    /**
     * Reads the map of an analysis.
     *
     * @throws IOException if the file cannot be read or has none; the message names it
     */
    static Frame of(Path file) throws IOException {
        SurfaceStudy study = StudyFile.readSurface(file);
        ConvexityValues map = study.convexity()
                .orElseThrow(() -> new IOException(file + " has no convexity map: analyze it with --convexity N"));
        Frame frame = study.frame();
        SurfaceValues surface = frame.surface();
        double[][] ratio = map.ratio();
        SurfaceValues shown = new SurfaceValues(
                surface.alpha(),
                surface.beta(),
                map.evaluated(),
                ratio,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return Frame.builder(frame.iteration(), frame.epoch())
                .status(frame.status())
                .loss(atOrigin(surface, ratio), frame.accuracy())
                .objective(frame.objective())
                .surface(shown)
                .curvature(frame.curvature())
                .quantities(frame.quantities())
                .seconds(frame.seconds())
                .build();
    }

    /** The ratio at the model, if it is a point of the map. */
    private static double atOrigin(SurfaceValues surface, double[][] ratio) {
        int column = Arrays.binarySearch(surface.alpha(), 0);
        int row = Arrays.binarySearch(surface.beta(), 0);
        return column >= 0 && row >= 0 ? ratio[row][column] : Double.NaN;
    }
}
