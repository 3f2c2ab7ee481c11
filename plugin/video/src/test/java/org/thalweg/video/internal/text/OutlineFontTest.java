package org.thalweg.video.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import org.junit.jupiter.api.Test;

class OutlineFontTest {

    private final OutlineFont font = OutlineFont.REGULAR;

    @Test
    void hasTheMetricsOfNotoSans() {
        // From the font's own tables, as fontTools reads them: advance 572 of 1000, capitals 714 high.
        assertThat(font.width("0")).isCloseTo(0.572, within(1e-9));
        assertThat(font.width("0123456789")).isCloseTo(5.72, within(1e-9));
        Rectangle2D box = font.outline("H", 0, 0, 1000).getBounds2D();
        assertThat(box.getMaxY()).isCloseTo(0, within(1e-6));
        assertThat(-box.getMinY()).isCloseTo(714, within(1e-6));
    }

    @Test
    void drawsHolesAsHoles() {
        Path2D o = font.outline("o", 0, 0, 1000);
        Rectangle2D box = o.getBounds2D();
        assertThat(o.contains(box.getCenterX(), box.getCenterY())).isFalse();
        assertThat(o.contains(box.getMinX() + 40, box.getCenterY())).isTrue();
    }

    @Test
    void putsAccentsAboveTheirLetter() {
        Rectangle2D plain = font.outline("e", 0, 0, 1000).getBounds2D();
        Rectangle2D accented = font.outline("\u00E9", 0, 0, 1000).getBounds2D();
        assertThat(accented.getMaxY()).isCloseTo(plain.getMaxY(), within(1e-6));
        assertThat(accented.getMinY()).isLessThan(plain.getMinY() - 100);
    }

    @Test
    void hasWhatPicturesNeed() {
        for (String text : new String[] {"\u03B1", "\u03B2", "\u03BB", "\u00B1", "\u2026", "\u2013", "\u2212", "%"}) {
            assertThat(font.outline(text, 0, 0, 100).getBounds2D())
                    .as("glyph of %s", text)
                    .isNotEqualTo(font.outline("?", 0, 0, 100).getBounds2D());
        }
    }

    @Test
    void showsAQuestionMarkForWhatItLacks() {
        assertThat(font.width("\u4E2D")).isEqualTo(font.width("?"));
    }
}
