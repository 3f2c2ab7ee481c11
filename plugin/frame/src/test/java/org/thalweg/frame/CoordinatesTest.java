package org.thalweg.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoordinatesTest {

    private static double[] numbers(String list) {
        return Arrays.stream(list.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    @ParameterizedTest
    @CsvSource({
        "-1 0 NaN, NaN at index 2",
        "-Infinity 0 1, -Infinity at index 0",
        "0 1 Infinity, Infinity at index 2",
        "0 1 1, 1.0 at index 2",
        "0 2 1, 1.0 at index 2"
    })
    void whatIsNotFiniteAndStrictlyAscendingIsRefused(String values, String what) {
        assertThatThrownBy(() -> Coordinates.checked("xcoordinates", numbers(values)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("xcoordinates must be finite and strictly ascending, got " + what);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1 0 1", "-1e300 1e-300 1e300"})
    void othersAreCopied(String values) {
        double[] given = numbers(values);
        assertThat(Coordinates.checked("xcoordinates", given)).isEqualTo(given).isNotSameAs(given);
    }
}
