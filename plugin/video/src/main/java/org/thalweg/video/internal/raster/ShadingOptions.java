package org.thalweg.video.internal.raster;

import org.thalweg.video.color.ColorMap;

/**
 * Shading of a height field. Immutable.
 *
 * @param colors colours of the heights from 0 to 1
 * @param levels heights of contour lines
 * @param surfaceLine colour of the lines on the surface, {@code 0xRRGGBB}
 * @param surfaceLineOpacity of the lines on the surface
 * @param groundLine colour of the lines on the ground
 * @param groundDimming fraction of the colour map's light that the ground keeps
 * @param clipped colour of the stripes where the surface is above the scale
 * @param lineWidth in pixels
 */
public record ShadingOptions(
        ColorMap colors,
        ContourLevels levels,
        int surfaceLine,
        double surfaceLineOpacity,
        int groundLine,
        double groundDimming,
        int clipped,
        double lineWidth) {}
