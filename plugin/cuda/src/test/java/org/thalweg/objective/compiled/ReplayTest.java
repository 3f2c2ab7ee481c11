package org.thalweg.objective.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.cuda.OnTwin;
import org.thalweg.cuda.Replayed;
import org.thalweg.testing.Seeds;

/** A recording replayed on a GPU gives the recorded numbers, and the same bits in every replay. */
@ExtendWith(OnTwin.class)
class ReplayTest {

    private final long seed = Seeds.fresh("ReplayTest");

    @Test
    void recordingsReplay(@TempDir Path folder) throws IOException {
        boolean agree = false;
        // In single precision rounding may decide on which side of a kink a unit lies, but not for three networks in a
        // row.
        for (int i = 0; i < 3 && !agree; i++) {
            Path recordings = folder.resolve(Integer.toString(i));
            ReplayExport.export(recordings, 3, seed + i);
            agree = replayed(recordings) < 1e-4;
        }
        assertThat(agree).as("seed %d", seed).isTrue();
    }

    /** The largest deviation in single precision. */
    private static double replayed(Path folder) throws IOException {
        double deviation = 0;
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> recordings = files.sorted().toList();
            assertThat(recordings).hasSize(6);
            for (Path recording : recordings) {
                Replayed first = Replayed.of(recording);
                // Value, gradient, product, and both points of the slice together.
                assertThat(first.arrays()).as("%s", recording).isGreaterThanOrEqualTo(4);
                assertThat(Replayed.of(recording).sameBits(first))
                        .as("%s", recording)
                        .isTrue();
                if (recording.toString().endsWith("float.replay")) {
                    deviation = Math.max(deviation, first.deviation());
                } else {
                    assertThat(first.deviation()).as("%s", recording).isLessThan(1e-12);
                }
            }
        }
        return deviation;
    }
}
