package org.thalweg.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.thalweg.finding.RunFindings;
import org.thalweg.frame.Frame;
import org.thalweg.testing.RandomFrames;
import org.thalweg.testing.Seeds;
import org.thalweg.viewer.EventLog.Entry;

/** No change of a run's files ends the follower. */
@Timeout(60)
class RunFollowerTest {

    private final long seed = Seeds.fresh("RunFollowerTest");
    private final Frame frame = new RandomFrames(new Random(seed)).frame(0);
    private final EventLog eventLog = new EventLog();

    /** A run of three frames; listing it and reading the second one fail a few times, each time differently. */
    private static final class FaultyFrames implements RunFollower.Frames {

        private final Frame frame;
        private final AtomicInteger listings = new AtomicInteger();
        private final AtomicInteger readings = new AtomicInteger();

        FaultyFrames(Frame frame) {
            this.frame = frame;
        }

        @Override
        public List<Long> iterations() throws IOException {
            return switch (listings.getAndIncrement()) {
                case 1 -> throw new IOException("the disk is away");
                case 2 -> throw new IllegalStateException("and the directory");
                case 3 -> throw new OutOfMemoryError("Java heap space");
                default -> List.of(1L, 2L, 3L);
            };
        }

        @Override
        public Frame frame(long iteration) throws IOException {
            if (iteration == 2) {
                switch (readings.getAndIncrement()) {
                    case 0 -> throw new OutOfMemoryError("Java heap space");
                    case 1 -> throw new StackOverflowError();
                    case 2 -> throw new NegativeArraySizeException("-1");
                    default -> {
                        return frame;
                    }
                }
            }
            return frame;
        }
    }

    @Test
    void goesOnAfterErrorsAndSaysWhatIsWrongUntilItIsNot() throws InterruptedException {
        RunFollower follower = RunFollower.start(new FaultyFrames(frame), new RunFindings(), 0, eventLog);
        List<String> heard = new ArrayList<>();
        while (heard.stream().filter(entry -> entry.startsWith("frame")).count() < 3
                || heard.stream().filter(entry -> entry.startsWith("problem")).count() < 4) {
            for (Entry entry : eventLog.after(heard.size(), 20_000)) {
                heard.add(entry.kind() + " " + entry.json());
            }
        }
        follower.close();
        assertThat(heard)
                .as("seed %d", seed)
                .anySatisfy(entry -> assertThat(entry)
                        .startsWith("problem")
                        .contains("Frame 2 cannot be read")
                        .contains("OutOfMemoryError"));
        assertThat(heard)
                .anySatisfy(
                        entry -> assertThat(entry).contains("cannot be listed").contains("the disk is away"));
        assertThat(heard.stream().filter(entry -> entry.startsWith("problem") && entry.contains("\"words\":\"\"")))
                .hasSize(2);
    }
}
