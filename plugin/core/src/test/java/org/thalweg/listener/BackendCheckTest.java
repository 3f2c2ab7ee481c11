package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.testing.ChildJvm;

class BackendCheckTest {

    /** Asks in a JVM that has no backend. */
    static final class Asking {
        public static void main(String[] arguments) {
            try {
                BackendCheck.require();
                System.out.println("usable");
            } catch (UnusableBackendException e) {
                System.out.println("refused: " + e.getMessage());
            }
        }
    }

    @Test
    void theBackendOfTheseTestsIsUsable() {
        assertThatCode(BackendCheck::require).doesNotThrowAnyException();
    }

    @Test
    void noBackendIsSaidInASentence() throws Exception {
        try (ChildJvm child = ChildJvm.without("nd4j-native", Asking.class)) {
            child.awaitLine("refused: ND4J finds no backend that runs on this machine: add org.nd4j:nd4j-native");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "built with cuDNN 8.2, 8, , true",
        "built with cuDNN 8.2, 8, 1, true",
        "built with cuDNN 8.2, 8, 0, false",
        "built with cuDNN 8.2, 7, , false",
        "built without, 8, , false"
    })
    void roundingOfConvolutionsIsSaid(String build, int major, @Nullable String override, boolean said) {
        assertThat(BackendCheck.precisionWarning(build, major, override).isPresent())
                .isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource({"3, 7", "6, 1", "8, 6", "8, 9"})
    void devicesWithMachineCodeAreUsed(int major, int minor) {
        assertThatCode(() -> BackendCheck.requireMachineCode("GPU", major, minor))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"3, 5", "9, 0", "10, 0"})
    void devicesWithoutMachineCodeAreRefusedByName(int major, int minor) {
        assertThatThrownBy(() -> BackendCheck.requireMachineCode("NVIDIA H200", major, minor))
                .isInstanceOf(UnusableBackendException.class)
                .hasMessageContaining("NVIDIA H200, compute capability " + major + "." + minor)
                .hasMessageContaining("nd4j-native");
    }
}
