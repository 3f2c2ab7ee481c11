package org.thalweg.video.color;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.thalweg.video.internal.color.Srgb;

class ColorMapTest {

    /** Entries of the published tables of 256 that are not among the control points; Moreland's own 33-entry table. */
    @ParameterizedTest
    @CsvSource({
        "VIRIDIS, 0.50196, 21908C",
        "VIRIDIS, 0.25098, 3B518A",
        "VIRIDIS, 0.75294, 5DC863",
        "MAGMA, 0.50196, B73779",
        "MAGMA, 0.25098, 51127C",
        "MAGMA, 0.75294, FC8961",
        "CIVIDIS, 0.50196, 7C7B78",
        "CIVIDIS, 0.25098, 414D6B",
        "CIVIDIS, 0.75294, BCAF6F",
        "COOLWARM, 0, 3B4CC0",
        "COOLWARM, 0.25, 8DB0FE",
        "COOLWARM, 0.5, DDDDDD",
        "COOLWARM, 0.75, F4987A",
        "COOLWARM, 1, B40426"
    })
    void agreesWithThePublishedTable(ColorMap map, double position, String published) {
        int expected = Integer.parseInt(published, 16);
        int actual = map.at(position);
        for (int shift = 0; shift <= 16; shift += 8) {
            assertThat((actual >> shift) & 0xFF)
                    .as("%s at %s: %06X", map, position, actual)
                    .isBetween(((expected >> shift) & 0xFF) - 3, ((expected >> shift) & 0xFF) + 3);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorMap.class,
            names = {"VIRIDIS", "MAGMA", "CIVIDIS"})
    void getsLighterAllTheWay(ColorMap map) {
        double before = -1;
        for (int i = 0; i <= 64; i++) {
            int color = map.at(i / 64.0);
            double lightness = 0.2126 * Srgb.decode(((color >> 16) & 0xFF) / 255.0)
                    + 0.7152 * Srgb.decode(((color >> 8) & 0xFF) / 255.0)
                    + 0.0722 * Srgb.decode((color & 0xFF) / 255.0);
            assertThat(lightness).as("luminance of %s at %d/64", map, i).isGreaterThan(before);
            before = lightness;
        }
    }
}
