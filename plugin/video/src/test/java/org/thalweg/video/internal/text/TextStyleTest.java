package org.thalweg.video.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.thalweg.testing.Seeds;

class TextStyleTest {

    private static final Duration NO_HANG = Duration.ofSeconds(30);

    private final long seed = Seeds.fresh("TextStyleTest");
    private final TextStyle style = new TextStyle(OutlineFont.REGULAR, 13, 0);

    @Test
    void aTextIsShortenedToAsMuchAsFits() {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 200; i++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(60), ' ', '~').forEach(letter -> text.append((char) letter));
            double width = random.nextDouble(0, 400);
            assertThat(style.fitted(text.toString(), width))
                    .as("'%s' within %f, seed %d", text, width, seed)
                    .isEqualTo(shortenedByLetters(text.toString(), width));
        }
    }

    @Test
    void aTextOfAMillionLettersIsShortenedToo() {
        String text = "thalweg ".repeat(125_000);
        String fitted = Assertions.assertTimeoutPreemptively(NO_HANG, () -> style.fitted(text, 200));
        assertThat(fitted).isEqualTo(style.fitted(text.substring(0, 1000), 200));
    }

    private String shortenedByLetters(String text, double width) {
        if (style.width(text) <= width) {
            return text;
        }
        int length = text.length();
        while (length > 0 && style.width(text.substring(0, length) + "\u2026") > width) {
            length--;
        }
        return text.substring(0, length) + "\u2026";
    }
}
