package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Locale;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.krylov.KrylovBudget;
import org.thalweg.krylov.Lanczos;
import org.thalweg.objective.Probe;
import org.thalweg.recording.RunReader;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

/** Many frames. {@code -Dthalweg.soak.frames=10000} makes them more, and prints what they cost. */
@Timeout(7200)
class SoakTest {

    private static final int FRAMES = Integer.getInteger("thalweg.soak.frames", 120);

    /** What is loaded and allocated once is there by then. */
    private static final int EARLY = Math.min(1000, FRAMES / 4);

    /** A file or an array left open by each frame between two looks would be a hundred. */
    private static final int A_FEW = 20;

    private static final long MEGABYTE = 1 << 20;

    /** A kilobyte from each of 10,000 frames would be more; the queues of ND4J vary by some of it. */
    private static final long MOST_GROWTH = 8 * MEGABYTE;

    /** Looks at the heap that must find no less than those before, a moment apart, until it counts as all there is. */
    private static final int LOOKS = 5;

    private static final long MOMENT_MILLIS = 200;

    /** ND4J's map of entries never gets smaller again: left to a large heap, its table alone grows by megabytes. */
    private static final int COLLECTED_EVERY = 100;

    private final long seed = Seeds.fresh("SoakTest");
    private final DataSet data = Networks.data(20, seed, 6);

    /** What a process holds, garbage collected. */
    private record Usage(long heap, long offHeap, long threads, long files) {

        /**
         * ND4J keeps an entry for every array and op context, closed or not, until the collector has found it and a thread of
         * ND4J's has taken it from a queue. With a large heap, hundreds of megabytes of them wait for the first collection,
         * so the queues are let run empty.
         */
        static Usage now() throws InterruptedException {
            Usage least = once();
            int unchanged = 0;
            while (unchanged < LOOKS) {
                Thread.sleep(MOMENT_MILLIS);
                Usage next = once();
                unchanged = next.heap() < least.heap() - MEGABYTE / 10 ? 0 : unchanged + 1;
                least = least.least(next);
            }
            return least;
        }

        private static Usage once() {
            System.gc();
            long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            long files = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                    ? unix.getOpenFileDescriptorCount()
                    : 0;
            long threads = Thread.getAllStackTraces().keySet().size();
            return new Usage(heap, Pointer.totalBytes(), threads, files);
        }

        private Usage least(Usage other) {
            return new Usage(
                    Math.min(heap, other.heap),
                    Math.min(offHeap, other.offHeap),
                    Math.min(threads, other.threads),
                    Math.min(files, other.files));
        }
    }

    @Test
    void nothingGrowsWithTheNumberOfFrames(@TempDir Path run) throws Exception {
        MultiLayerNetwork network = Networks.mlp(DataType.FLOAT, seed);
        CurvatureOptions curvature = CurvatureOptions.DEFAULT.withEigenvalues(1);
        try (LandscapeListener listener = LandscapeListener.builder(network)
                .probe(Probe.of(data))
                .schedule(Schedule.everyIterations(1))
                .pacing(EveryFrame.QUEUED)
                .grid(3)
                .curvature(curvature
                        .withLanczos(Lanczos.DEFAULT.withBasisSize(4))
                        .withBudget(KrylovBudget.DEFAULT.withProducts(4)))
                .recordTo(run)
                .meterRegistry(new SimpleMeterRegistry())
                .build()) {
            network.addListeners(listener);
            train(network, EARLY);
            Usage early = Usage.now();
            train(network, FRAMES);
            Usage late = Usage.now();
            System.out.printf(Locale.ROOT, "after %d and %d frames: %s, %s%n", EARLY, FRAMES, early, late);
            assertThat(late.heap()).as("heap, seed %d", seed).isLessThan(early.heap() + MOST_GROWTH);
            assertThat(late.offHeap()).as("off the heap, seed %d", seed).isLessThan(early.offHeap() + MEGABYTE);
            assertThat(late.threads()).as("threads, seed %d", seed).isLessThan(early.threads() + A_FEW);
            assertThat(late.files()).as("open files, seed %d", seed).isLessThan(early.files() + A_FEW);
        }
        assertThat(RunReader.open(run).iterations()).hasSize(FRAMES + 1);
    }

    private void train(MultiLayerNetwork network, int until) {
        int tenth = Math.max(1, FRAMES / 10);
        long begun = System.nanoTime();
        while (network.getIterationCount() < until) {
            network.fit(data);
            if (network.getIterationCount() % COLLECTED_EVERY == 0) {
                System.gc();
            }
            if (network.getIterationCount() % tenth == 0) {
                long now = System.nanoTime();
                System.out.printf(
                        Locale.ROOT,
                        "%d frames, the last %d in %.1f ms each%n",
                        network.getIterationCount(),
                        tenth,
                        (now - begun) / 1e6 / tenth);
                begun = now;
            }
        }
    }
}
