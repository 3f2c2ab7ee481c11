package org.thalweg.video.internal.scene;

import org.thalweg.video.color.ColorMap;
import org.thalweg.video.color.Theme;
import org.thalweg.video.film.ValueOptions;
import org.thalweg.video.internal.raster.ContourLevels;
import org.thalweg.video.internal.raster.HeightFieldRenderer;

/** The style of scenes. Immutable. */
public record Style(Theme theme, ColorMap colors, ValueOptions values, HeightFieldRenderer renderer) {

    /** Levels of the contour lines on a scale. */
    ContourLevels levels(ValueScale scale) {
        return new ContourLevels(scale.contours(values.contours()));
    }
}
