package org.thalweg.analysis.internal.values;

import org.thalweg.frame.LineValues;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.surface.Axis;
import org.thalweg.surface.Grid;
import org.thalweg.surface.LossLine;
import org.thalweg.surface.LossSurface;

/** Converts surfaces and lines to the values that frames and studies record, and back. */
public final class GridValues {

    private GridValues() {}

    /** The values of a surface as they are now. */
    public static SurfaceValues of(LossSurface surface) {
        return new SurfaceValues(
                surface.grid().alpha().coordinates(),
                surface.grid().beta().coordinates(),
                surface.evaluated(),
                surface.loss(),
                surface.accuracy(),
                surface.validationLoss(),
                surface.validationAccuracy(),
                surface.interpolation());
    }

    /** The values of a line as they are now. */
    public static LineValues of(LossLine line) {
        return new LineValues(
                line.axis().coordinates(),
                line.evaluated(),
                line.loss(),
                line.accuracy(),
                line.validationLoss(),
                line.validationAccuracy());
    }

    /** A surface to continue from recorded values. */
    public static LossSurface surface(Grid grid, SurfaceValues values) {
        return LossSurface.of(
                grid,
                values.evaluated(),
                values.loss(),
                values.accuracy(),
                values.validationLoss(),
                values.validationAccuracy());
    }

    /** A line to continue from recorded values. */
    public static LossLine line(Axis axis, LineValues values) {
        return LossLine.of(
                axis,
                values.evaluated(),
                values.loss(),
                values.accuracy(),
                values.validationLoss(),
                values.validationAccuracy());
    }
}
