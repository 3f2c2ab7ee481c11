package org.thalweg.krylov;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.thalweg.testing.Seeds;

class RestartChoiceTest {

    private final long seed = Seeds.fresh("RestartChoiceTest");
    private final SplittableRandom random = new SplittableRandom(seed);

    @RepeatedTest(20)
    void keepsWhatIsWantedAndLeavesRoomToGrow() {
        int largest = random.nextInt(0, 6);
        int smallest = random.nextInt(largest == 0 ? 1 : 0, 6);
        int size = largest + smallest + random.nextInt(1, 40);
        double[] values =
                random.doubles(size).map(x -> -x).sorted().map(x -> -x).toArray();
        double[] excess = random.doubles(size, 0, 1e6).toArray();

        int[] kept = new RestartChoice(values, excess, largest, smallest).kept();

        assertThat(kept).as("seed %d", seed).isSorted().doesNotHaveDuplicates().hasSizeLessThan(size);
        assertThat(Arrays.copyOf(kept, largest))
                .as("seed %d", seed)
                .isEqualTo(IntStream.range(0, largest).toArray());
        assertThat(Arrays.copyOfRange(kept, kept.length - smallest, kept.length))
                .as("seed %d", seed)
                .isEqualTo(IntStream.range(size - smallest, size).toArray());
    }

    @Test
    void theEndThatIsFarFromDoneGetsMoreOfTheRoom() {
        // Five at each end, and fifteen more with equal gaps.
        double[] values = IntStream.range(0, 30).mapToDouble(i -> 30 - i).toArray();
        double[] excess = new double[30];
        Arrays.fill(excess, 10);
        assertThat(keptAbove(values, excess)).isBetween(12, 13);

        Arrays.fill(excess, 25, 30, 1e6);
        assertThat(keptAbove(values, excess)).isEqualTo(5);

        Arrays.fill(excess, 25, 30, 0.5);
        assertThat(keptAbove(values, excess)).isEqualTo(20);
    }

    @Test
    void equalValuesAreNoReasonToFail() {
        double[] values = new double[12];
        double[] excess = new double[12];
        Arrays.fill(excess, 5);
        assertThat(new RestartChoice(values, excess, 2, 2).kept()).hasSize(10);
    }

    /** How many are kept at the upper end. */
    private static int keptAbove(double[] values, double[] excess) {
        int[] kept = new RestartChoice(values, excess, 5, 5).kept();
        assertThat(kept).hasSize(25);
        int above = 0;
        while (kept[above] == above) {
            above++;
        }
        return above;
    }
}
