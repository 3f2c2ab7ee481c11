package org.thalweg.video.internal.scene;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TicksTest {

    @ParameterizedTest
    @CsvSource({
        "0, 3, 0",
        "0.069444, 4, 0.06944",
        "-4.2061, 4, \u20134.206",
        "222.74, 4, 222.7",
        "123456, 4, 123456",
        "2.9e-7, 2, 2.9e-7",
        "1e-10, 2, 1e-10",
        "-3e12, 3, \u20133e12",
        "NaN, 3, NaN",
        "-Infinity, 3, \u2013inf"
    })
    void writesNumbersShortly(double value, int digits, String expected) {
        assertThat(Ticks.label(value, digits)).isEqualTo(expected);
    }

    @Test
    void areRoundAndWithinTheRange() {
        assertThat(Ticks.linear(-1, 1, 4)).containsExactly(-1.0, -0.5, 0.0, 0.5, 1.0);
        assertThat(Ticks.logarithmic(0.03, 20, 5)).containsExactly(0.1, 1.0, 10.0);
        assertThat(Ticks.logarithmic(2.29, 2.76, 5)).allMatch(tick -> tick >= 2.29 && tick <= 2.76);
        assertThat(Ticks.linear(3, 3, 4)).containsExactly(3.0);
    }
}
