package org.thalweg.video.internal.scene;

import org.thalweg.video.color.ColorMap;
import org.thalweg.video.color.Theme;
import org.thalweg.video.internal.raster.HeightFieldRenderer;

/** How scenes look. Immutable. */
public record Style(Theme theme, ColorMap colors, HeightFieldRenderer renderer) {}
