package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    @Test
    void epochsAndIterationsAreCountedWhenCompleted() {
        Schedule epochs = Schedule.everyEpochs(3);
        assertThat(LongStream.rangeClosed(1, 9).filter(e -> epochs.atEpoch((int) e)))
                .containsExactly(3L, 6L, 9L);
        assertThat(LongStream.rangeClosed(1, 9).filter(epochs::atIteration)).isEmpty();
        Schedule iterations = Schedule.everyIterations(4);
        assertThat(LongStream.rangeClosed(1, 9).filter(iterations::atIteration)).containsExactly(4L, 8L);
        assertThat(iterations.atEpoch(4)).isFalse();
    }

    @Test
    void aLogarithmicScheduleHasAboutEquallyManyFramesEachDecade() {
        Schedule schedule = Schedule.logarithmic(5);
        for (long decade = 10; decade < 100_000; decade *= 10) {
            long from = decade;
            assertThat(LongStream.range(from, 10 * from)
                            .filter(schedule::atIteration)
                            .count())
                    .isEqualTo(5);
        }
        assertThat(LongStream.rangeClosed(1, 10).filter(schedule::atIteration)).contains(1L, 10L);
    }

    @Test
    void badIntervalsAreRefusedWithTheirValue() {
        assertThatThrownBy(() -> Schedule.everyEpochs(0))
                .hasMessageContaining("epochs")
                .hasMessageContaining("got 0");
        assertThatThrownBy(() -> Schedule.everyIterations(-2)).hasMessageContaining("got -2");
        assertThatThrownBy(() -> Schedule.logarithmic(0)).hasMessageContaining("got 0");
    }
}
