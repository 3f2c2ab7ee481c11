package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.analysis.Effort;
import org.thalweg.curvature.TrainingState;
import org.thalweg.objective.ParameterSnapshot;

@Timeout(60)
class FramePipelineTest {

    private final Semaphore permits = new Semaphore(0);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch inWork = new CountDownLatch(1);
    private final List<Long> worked = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();

    @Test
    void skipLeavesOutTheNewOne() throws Exception {
        FramePipeline pipeline = busy(OnBusy.SKIP);
        assertThat(pipeline.refuses(2)).isFalse();
        pipeline.offer(taken(2), false);
        assertThat(pipeline.refuses(3)).isTrue();
        finish(pipeline);
        assertThat(worked).containsExactly(1L, 2L);
        assertThat(skipped).containsExactly("3 busy");
    }

    @Test
    void dropOldestKeepsTheNewOneAndFreesTheOld() throws Exception {
        FramePipeline pipeline = busy(OnBusy.DROP_OLDEST);
        FrameRequest old = taken(2);
        pipeline.offer(old, false);
        assertThat(pipeline.refuses(3)).isFalse();
        pipeline.makeRoom();
        assertThat(old.snapshot().parameters().wasClosed())
                .as("freed before another is copied")
                .isTrue();
        pipeline.offer(taken(3), false);
        assertThat(old.snapshot().parameters().wasClosed()).isTrue();
        finish(pipeline);
        assertThat(worked).containsExactly(1L, 3L);
        assertThat(skipped).containsExactly("2 busy");
    }

    @Test
    void waitTakesEveryOne() throws Exception {
        FramePipeline pipeline = busy(OnBusy.WAIT);
        Thread training = new Thread(() -> {
            pipeline.offer(taken(2), false);
            pipeline.offer(taken(3), false);
        });
        training.start();
        training.join(200);
        assertThat(training.isAlive()).as("the third waits for room").isTrue();
        permits.release(10);
        training.join();
        finish(pipeline);
        assertThat(worked).containsExactly(1L, 2L, 3L);
        assertThat(skipped).isEmpty();
    }

    @Test
    void anInterruptedThreadDoesNotWaitAndStaysInterrupted() throws Exception {
        FramePipeline pipeline = busy(OnBusy.WAIT);
        pipeline.offer(taken(2), false);
        Thread.currentThread().interrupt();
        pipeline.offer(taken(3), false);
        assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        finish(pipeline);
        assertThat(worked).containsExactly(1L, 3L);
        assertThat(skipped).containsExactly("2 interrupted");
    }

    @Test
    void theWorkerOutlivesWorkThatThrowsAndInterrupts() throws Exception {
        List<Boolean> interrupted = new ArrayList<>();
        FramePipeline pipeline = new FramePipeline("test", 3, OnBusy.SKIP, work(taken -> {
            interrupted.add(Thread.currentThread().isInterrupted());
            Thread.currentThread().interrupt();
            throw new OutOfMemoryError("of iteration " + taken.snapshot().iteration());
        }));
        pipeline.offer(taken(1), false);
        pipeline.offer(taken(2), false);
        assertThat(pipeline.close(10_000)).isTrue();
        assertThat(interrupted).containsExactly(false, false);
    }

    @Test
    void drainWaitsForWhatIsInWorkAndClosingEndsTheThread() throws Exception {
        FramePipeline pipeline = busy(OnBusy.SKIP);
        pipeline.offer(taken(2), false);
        permits.release(10);
        pipeline.drain();
        assertThat(worked).containsExactly(1L, 2L);
        assertThat(pipeline.close(10_000)).isTrue();
        pipeline.offer(taken(4), true);
        assertThat(worked).containsExactly(1L, 2L);
    }

    @Test
    void closingGivesUpOnWorkThatHangs() throws Exception {
        FramePipeline pipeline = busy(OnBusy.SKIP);
        assertThat(pipeline.close(50)).isFalse();
        assertThat(ended.getCount()).as("not before the work has ended").isOne();
        permits.release(10);
        assertThat(pipeline.end(10_000, 10_000, () -> {})).isTrue();
        assertThat(ended.getCount()).isZero();
    }

    @Test
    void whatWaitsForWorkThatHangsIsReportedByTheOneWhoCloses() throws Exception {
        FramePipeline pipeline = busy(OnBusy.DROP_OLDEST);
        FrameRequest waiting = taken(2);
        pipeline.offer(waiting, false);
        assertThat(pipeline.end(10, 10, () -> {})).isFalse();
        assertThat(skipped).containsExactly("2 closed", "1 closed");
        assertThat(waiting.snapshot().parameters().wasClosed()).isTrue();
        assertThat(pipeline.refuses(3)).isTrue();
        permits.release(10);
        assertThat(ended.await(10, TimeUnit.SECONDS)).as("it ends when it can").isTrue();
    }

    @Test
    void anInterruptedCloseWaits() throws Exception {
        FramePipeline pipeline = busy(OnBusy.DROP_OLDEST);
        pipeline.offer(taken(2), false);
        Thread closing = new Thread(() -> {
            Thread.currentThread().interrupt();
            if (pipeline.end(10_000, 10_000, () -> {}) && Thread.interrupted()) {
                skipped.add("interrupted still");
            }
        });
        closing.start();
        closing.join(100);
        closing.interrupt();
        permits.release(10);
        closing.join();
        assertThat(worked).containsExactly(1L, 2L);
        assertThat(skipped).containsExactly("interrupted still");
    }

    @Test
    void whatIsLeftOutForAReasonIsToldOnTheWorkersThread() throws Exception {
        FramePipeline pipeline = busy(OnBusy.SKIP);
        pipeline.skip(2, "memory");
        assertThat(skipped).isEmpty();
        finish(pipeline);
        assertThat(skipped).containsExactly("2 memory");
    }

    /** A pipeline whose worker holds the first snapshot until permitted. */
    private FramePipeline busy(OnBusy onBusy) throws InterruptedException {
        FramePipeline pipeline = new FramePipeline("test", 1, onBusy, work(taken -> {
            inWork.countDown();
            permits.acquireUninterruptibly();
            worked.add(taken.snapshot().iteration());
        }));
        pipeline.offer(taken(1), false);
        assertThat(inWork.await(10, TimeUnit.SECONDS)).isTrue();
        return pipeline;
    }

    private FramePipeline.Work work(Consumer<FrameRequest> frames) {
        return new FramePipeline.Work() {
            @Override
            public void accept(FrameRequest request) {
                frames.accept(request);
            }

            @Override
            public void skipped(long iteration, String reason) {
                skipped.add(iteration + " " + reason);
            }

            @Override
            public void end() {
                ended.countDown();
            }
        };
    }

    private void finish(FramePipeline pipeline) throws InterruptedException {
        permits.release(10);
        assertThat(pipeline.close(10_000)).isTrue();
    }

    private static FrameRequest taken(long iteration) {
        return FrameRequest.of(
                new ParameterSnapshot(iteration, 0, Nd4j.zeros(3)), TrainingState.UNKNOWN, false, Effort.FULL);
    }
}
