package org.thalweg.krylov;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.thalweg.testing.Seeds;

/** What is said of eigenvalues is true, for fresh spectra of every scale; {@link RandomSpectra#main} counts a thousand. */
class RandomSpectraTest {

    /** One in five thousand is missed, so that three of two hundred are by chance in one run of a hundred thousand. */
    private static final int MISSED_BY_CHANCE = 2;

    private final long seed = Seeds.fresh("RandomSpectraTest");

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void noPairHasConvergedThatIsOffByMoreThanTheTolerance(DataType type) {
        RandomSpectra.Count count = new RandomSpectra(seed).count(40, type);
        assertThat(count.converged()).as("seed %d", seed).isGreaterThan(40);
        assertThat(count.wrong()).as("%s, seed %d", count, seed).isZero();
        assertThat(count.missed()).as("%s, seed %d", count, seed).isLessThanOrEqualTo(MISSED_BY_CHANCE);
        assertThat(count.outside()).as("%s, seed %d", count, seed).isZero();
    }
}
