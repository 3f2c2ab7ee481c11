package org.thalweg.video.scene;

import org.thalweg.video.color.ColorMap;
import org.thalweg.video.raster.ReliefRenderer;

/** How scenes look. Immutable. */
public record Style(Theme theme, ColorMap colors, ReliefRenderer renderer) {}
