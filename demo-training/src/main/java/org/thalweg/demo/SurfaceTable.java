package org.thalweg.demo;

import java.util.Locale;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Frame;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.surface.Flatness;
import org.thalweg.topology.MergeTree;
import org.thalweg.topology.SurfaceRoughness;

/** Surfaces in numbers, one line each: how good the network is, and how steep, flat and rugged its surface is. */
public final class SurfaceTable {

    /** Radius of the circle on which the rise is measured. */
    private static final double RADIUS = 0.5;

    /** Names of the columns, aligned with {@link #row}. */
    public static final String HEADER = String.format(
            Locale.ROOT,
            "%-22s %9s %8s %8s %11s %11s %11s %7s %10s",
            "surface",
            "loss",
            "train",
            "held out",
            "lambda_max",
            "lambda_min",
            "rise " + RADIUS,
            "minima",
            "not convex");

    private SurfaceTable() {}

    /** The flatness of a frame's surface. */
    public static Flatness flatness(Frame frame) {
        SurfaceValues surface = frame.surface();
        return new Flatness(surface.alpha(), surface.beta(), surface.loss());
    }

    /** Mean rise of the loss on the circle of radius 0.5. */
    public static double rise(Frame frame) {
        return flatness(frame).averageRise(RADIUS);
    }

    /** Number of minima inside a frame's surface that are deeper than the errors of the grid. */
    public static int minima(Frame frame) {
        return MergeTree.of(frame.surface()).minima(0);
    }

    /** Where a frame's surface is convex. */
    public static SurfaceRoughness shape(Frame frame) {
        return new SurfaceRoughness(frame.surface().loss());
    }

    /** The line of a frame. */
    public static String row(String name, Frame frame) {
        SurfaceRoughness shape = shape(frame);
        return String.format(
                Locale.ROOT,
                "%-22s %9.4f %8s %8s %11s %11s %11.4g %7d %8.1f %%",
                name,
                frame.loss(),
                FrameTable.percent(frame.accuracy()),
                FrameTable.percent(frame.validationAccuracy()),
                frame.curvature().lambdaMax().map(SurfaceTable::value).orElse("-"),
                frame.curvature().lambdaMin().map(SurfaceTable::value).orElse("-"),
                rise(frame),
                minima(frame),
                100 * shape.shareNotConvex());
    }

    /** Marked by {@code ~} if not converged. */
    private static String value(Eigenvalue eigenvalue) {
        String value = String.format(Locale.ROOT, "%.4g", eigenvalue.value());
        return eigenvalue.converged() ? value : "~" + value;
    }
}
