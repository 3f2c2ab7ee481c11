package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.thalweg.testing.Seeds;

class RunCounterTest {

    private static final long SEED = Seeds.fresh("RunCounterTest");

    @Test
    void aNetworkThatCountsOnIsFollowed() {
        RunCounter counter = new RunCounter(7, 2);
        assertThat(counter.updated(8)).isEqualTo(8);
        assertThat(counter.updated(9)).isEqualTo(9);
        assertThat(counter.updated(20))
                .as("after updates that were not watched")
                .isEqualTo(20);
        assertThat(counter.iterations(25)).isEqualTo(25);
        assertThat(counter.epochEnded(3)).isEqualTo(3);
        assertThat(counter.epochs(3)).isEqualTo(3);
    }

    @Test
    void countsThatAreSetBackGoOnInTheRun() {
        RunCounter counter = new RunCounter(10, 4);
        assertThat(counter.updated(1)).isEqualTo(11);
        assertThat(counter.updated(2)).isEqualTo(12);
        assertThat(counter.iterations(0)).as("set back between updates").isEqualTo(12);
        assertThat(counter.updated(1)).isEqualTo(13);
        assertThat(counter.epochs(0)).isEqualTo(4);
        assertThat(counter.epochEnded(1)).isEqualTo(5);
        assertThat(counter.epochEnded(2)).isEqualTo(6);
    }

    @Test
    void whateverANetworkCountsEveryUpdateHasANumberOfItsOwn() {
        Random random = new Random(SEED);
        RunCounter counter = new RunCounter(0, 0);
        long last = 0;
        int epoch = 0;
        for (int i = 0; i < 1000; i++) {
            long now = counter.updated(1 + random.nextInt(50));
            assertThat(now).as("update %d, seed %d", i, SEED).isGreaterThan(last);
            last = now;
            int ended = counter.epochEnded(1 + random.nextInt(50));
            assertThat(ended).as("epoch %d, seed %d", i, SEED).isGreaterThan(epoch);
            epoch = ended;
        }
    }
}
