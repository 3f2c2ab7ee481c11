package org.thalweg.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class ParameterDigestTest {

    /** {@code struct.pack("<3f", 1, -2.5, 3e-8)} through {@code sha256sum}. */
    @Test
    void ofFloats() {
        assertThat(ParameterDigest.sha256(Nd4j.createFromArray(1f, -2.5f, 3e-8f).reshape(1, 3)))
                .isEqualTo("c1cff5e6e5dc7e449f54d6fb68e48c04ce3a0a5fe05ed3caa12544511d62e9b3");
    }

    /** {@code struct.pack("<2d", 0.1, -7)} through {@code sha256sum}. */
    @Test
    void ofDoubles() {
        assertThat(ParameterDigest.sha256(Nd4j.createFromArray(0.1, -7.0).reshape(1, 2)))
                .isEqualTo("f5ba403426d8aca037ca69bbf6e07a35cdaa4b9cd1d1207d063b2e0fdc86cd30");
    }
}
