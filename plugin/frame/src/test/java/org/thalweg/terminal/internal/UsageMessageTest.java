package org.thalweg.terminal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UsageMessageTest {

    @Test
    void enumerationsHaveEachNameOnce() {
        assertThat(UsageMessage.of(
                        "Invalid value for option '--plane': expected one of [RANDOM, random, EIGEN_ENDS, eigen-ends]"
                                + " (case-insensitive) but was 'eigen-end'",
                        List.of()))
                .isEqualTo("Invalid value for option '--plane': expected one of [random, eigen-ends] but was"
                        + " 'eigen-end'; did you mean 'eigen-ends'?");
    }

    @Test
    void wordsThatAreNearAreProposed() {
        List<String> words = List.of("--grid", "--seed", "image");
        assertThat(UsageMessage.of("Unknown option: '--grids'", words)).endsWith("; did you mean '--grid'?");
        assertThat(UsageMessage.of("Unmatched argument at index 0: 'imge'", words))
                .endsWith("; did you mean 'image'?");
        assertThat(UsageMessage.of("Unknown option: '--other'", words)).isEqualTo("Unknown option: '--other'");
    }

    @Test
    void aDistanceIsTheNumberOfTypingErrors() {
        assertThat(UsageMessage.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(UsageMessage.distance("", "abc")).isEqualTo(3);
        assertThat(UsageMessage.distance("same", "same")).isZero();
    }
}
