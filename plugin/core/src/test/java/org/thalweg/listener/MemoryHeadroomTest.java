package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.thalweg.analysis.MemoryPlan;
import org.thalweg.listener.MemoryHeadroom.Limit;
import org.thalweg.testing.ChildJvm;
import org.thalweg.testing.Seeds;

@Timeout(120)
class MemoryHeadroomTest {

    /** Memory that the JVM itself takes meanwhile, for compiled code for example, in MB. */
    private static final double NOISE = 8;

    private final long seed = Seeds.fresh("MemoryHeadroomTest");
    private final Random random = new Random(seed);

    @Test
    void aFrameMustFitAndLeaveTrainingItsShare() {
        assertThat(shortage(100, 850, 1000)).as("leaves exactly the share").isEmpty();
        assertThat(shortage(100, 851, 1000))
                .hasValueSatisfying(words -> assertThat(words).contains("-Dsome.limit"));
        assertThat(shortage(100, 1_000_000, 0)).as("no limit").isEmpty();
    }

    @Test
    void aFrameIsMadeSmallerBeforeItIsLeftOut() {
        Map<MemoryPlan, Long> sizes = new EnumMap<>(MemoryPlan.class);
        long size = 800;
        for (MemoryPlan plan : MemoryPlan.values()) {
            sizes.put(plan, size);
            size -= 1 + random.nextInt(150);
        }
        MemoryPlan before = MemoryPlan.WHOLE;
        for (long used = 0; used < 1000; used++) {
            long now = used;
            MemoryHeadroom.Room room = new MemoryHeadroom(sizes, limit(() -> now, 1000), () -> {}, () -> 0).room(true);
            MemoryPlan largest = Arrays.stream(MemoryPlan.values())
                    .filter(plan -> now + sizes.getOrDefault(plan, 0L) + 50 <= 1000)
                    .findFirst()
                    .orElse(null);
            assertThat(room.plan().orElse(null))
                    .as("%d used, seed %d", now, seed)
                    .isEqualTo(largest);
            assertThat(room.shortage().isPresent()).isEqualTo(largest != MemoryPlan.WHOLE);
            if (largest != null) {
                assertThat(largest).isGreaterThanOrEqualTo(before);
                before = largest;
            }
        }
        assertThat(before).as("seed %d", seed).isEqualTo(MemoryPlan.SURFACE);
    }

    @Test
    void framesAreLeftOutWhileMemoryIsShortAndTrainingGoesOn() throws Exception {
        try (ChildJvm child = new ChildJvm(TightTraining.class, seed)) {
            assertThat(child.awaitEnd()).as(child.read()).isZero();
            assertThat(child.read().lines().filter(line -> line.matches("(frame|skipped|trained) .*")))
                    .as("seed %d", seed)
                    .containsExactly(
                            "frame 0",
                            "frame 1",
                            "frame 2",
                            "frame 3",
                            "skipped 4 memory",
                            "skipped 5 memory",
                            "skipped 6 memory",
                            "frame 7",
                            "frame 8",
                            "frame 9",
                            "trained 9");
            assertThat(child.read()).containsOnlyOnce("for lack of memory, the first at iteration 4");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFrameTakesNoMoreThanIsStatedAndNotFarLess() throws Exception {
        try (ChildJvm child = ChildJvm.withMeasurableMemory(MeteredTraining.class, seed)) {
            assertThat(child.awaitEnd()).as(child.read()).isZero();
            List<String> frames = child.read()
                    .lines()
                    .filter(line -> line.startsWith("frame "))
                    .toList();
            assertThat(frames).hasSize(7);
            for (String frame : frames) {
                String[] words = frame.split(" ", -1);
                double stated = Double.parseDouble(words[2]);
                double measured = Double.parseDouble(words[3]);
                assertThat(measured)
                        .as("%s: stated and measured, seed %d", frame, seed)
                        .isBetween(stated / 3 - NOISE, stated + NOISE);
            }
        }
    }

    @Test
    void whatIsFreeIsReturnedBeforeAFrameIsLeftOut() {
        AtomicLong used = new AtomicLong(950);
        MemoryHeadroom headroom = new MemoryHeadroom(sizes(100), limit(used::get, 1000), () -> used.set(500), () -> 0);
        assertThat(headroom.room(true).shortage()).isEmpty();
        used.set(950);
        assertThat(headroom.room(false).shortage()).as("a frame is in work").isPresent();
        assertThat(headroom.room(true).shortage()).as("helped before").isEmpty();
    }

    @Test
    void whatDoesNotHelpIsNotTriedAgainForAWhile() {
        AtomicLong seconds = new AtomicLong(random.nextLong() / 1_000_000_000);
        AtomicInteger tried = new AtomicInteger();
        MemoryHeadroom headroom = new MemoryHeadroom(
                sizes(100), limit(() -> 950, 1000), tried::incrementAndGet, () -> seconds.get() * 1_000_000_000);
        for (int i = 0; i < 60; i++) {
            assertThat(headroom.room(true).shortage()).as("seed %d", seed).isPresent();
            seconds.incrementAndGet();
        }
        assertThat(tried).as("seed %d", seed).hasValue(1);
        assertThat(headroom.room(true).shortage()).as("seed %d", seed).isPresent();
        assertThat(tried).as("seed %d", seed).hasValue(2);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theHeapOfTheCLibraryIsTrimmed() throws Exception {
        try (ChildJvm child = new ChildJvm(FragmentedHeap.class, seed)) {
            assertThat(child.awaitEnd()).as(child.read()).isZero();
            String[] megabytes = child.read()
                    .lines()
                    .filter(line -> line.startsWith("MB "))
                    .findFirst()
                    .orElseThrow()
                    .split(" ", -1);
            assertThat(Long.parseLong(megabytes[2]))
                    .as("%s, seed %d", String.join(" ", megabytes), seed)
                    .isLessThan(Long.parseLong(megabytes[1]) - FragmentedHeap.FREED_MEGABYTES / 2);
        }
    }

    private static Optional<String> shortage(long frame, long used, long limit) {
        return new MemoryHeadroom(sizes(frame), limit(() -> used, limit), () -> {}, () -> 0)
                .room(true)
                .shortage();
    }

    /** Frames that are the same size whatever is left out. */
    private static Map<MemoryPlan, Long> sizes(long frame) {
        return Arrays.stream(MemoryPlan.values()).collect(Collectors.toMap(Function.identity(), plan -> frame));
    }

    private static List<Limit> limit(LongSupplier used, long limit) {
        return List.of(new Limit("some.limit", used, limit));
    }
}
