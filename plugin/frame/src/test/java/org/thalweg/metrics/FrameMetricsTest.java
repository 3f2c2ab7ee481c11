package org.thalweg.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Frame;
import org.thalweg.frame.SurfaceValues;
import org.thalweg.testing.RandomFrames;
import org.thalweg.testing.Seeds;

class FrameMetricsTest {

    private static final CurvatureValues CURVATURE = new CurvatureValues(
            List.of(new Eigenvalue(9, 0.1, true), new Eigenvalue(8, 0.2, false)),
            List.of(new Eigenvalue(-1, 0.3, true), new Eigenvalue(-2, 0.4, true)),
            "exact",
            17,
            1e-9,
            Optional.empty());

    private static final SurfaceValues SURFACE = new SurfaceValues(
            new double[] {-1, 0, 1},
            new double[] {0, 1},
            new boolean[][] {{true, true, true}, {true, false, true}},
            new double[][] {{3, 1, 2}, {Double.POSITIVE_INFINITY, Double.NaN, Double.NaN}},
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final FrameMetrics metrics = new FrameMetrics(registry, "valley");

    @Test
    void gaugesShowTheLastFrame() {
        metrics.frame(frame(1, 2.5, CURVATURE, Map.of("trace", 3.0)));
        metrics.frame(frame(157, 0.5, CURVATURE, Map.of("trace", 4.0)));
        assertThat(gauge("thalweg.loss", "probe", "train")).isEqualTo(0.5);
        assertThat(gauge("thalweg.accuracy", "probe", "train")).isEqualTo(90);
        assertThat(gauge("thalweg.iteration")).isEqualTo(157);
        assertThat(gauge("thalweg.epoch")).isEqualTo(2);
        assertThat(gauge("thalweg.sharpness")).isEqualTo(9);
        assertThat(gauge("thalweg.quantity", "name", "trace")).isEqualTo(4);
        assertThat(gauge("thalweg.hessian.products")).isEqualTo(17);
        assertThat(gauge("thalweg.hessian.asymmetry")).isEqualTo(1e-9);
        assertThat(registry.find("thalweg.loss").tag("probe", "validation").gauge())
                .isNull();
    }

    @Test
    void ranksCountFromTheOutside() {
        metrics.frame(frame(1, 2.5, CURVATURE, Map.of()));
        assertThat(gauge("thalweg.hessian.eigenvalue", "end", "largest", "rank", "1"))
                .isEqualTo(9);
        assertThat(gauge("thalweg.hessian.converged", "end", "largest", "rank", "2"))
                .isZero();
        assertThat(gauge("thalweg.hessian.eigenvalue", "end", "smallest", "rank", "1"))
                .isEqualTo(-2);
        assertThat(gauge("thalweg.hessian.residual", "end", "smallest", "rank", "2"))
                .isEqualTo(0.3);
        assertThat(gauge("thalweg.hessian.converged", "end", "smallest", "rank", "2", "method", "exact"))
                .isOne();
    }

    @Test
    void whatTheLastFrameLacksIsNotANumber() {
        metrics.frame(frame(1, 2.5, CURVATURE, Map.of("trace", 3.0)));
        metrics.frame(frame(2, 2.5, CurvatureValues.absent("exact", "memory: 4 GB"), Map.of()));
        assertThat(gauge("thalweg.sharpness")).isNaN();
        assertThat(gauge("thalweg.hessian.eigenvalue", "end", "largest", "rank", "1"))
                .isNaN();
        assertThat(gauge("thalweg.quantity", "name", "trace")).isNaN();
        assertThat(count("thalweg.curvature.absent.frames", "reason", "memory")).isOne();
    }

    @Test
    void flatnessIsTheMeanRiseOverWhatWasEvaluatedAndIsFinite() {
        assertThat(GaugeValues.meanRise(SURFACE, 1)).isCloseTo((2 + 0 + 1) / 3.0, within(1e-15));
    }

    @Test
    void flatnessOfASurfaceWithoutFinitePointsIsNotANumber() {
        SurfaceValues surface = new SurfaceValues(
                new double[] {0},
                new double[] {0},
                new boolean[][] {{true}},
                new double[][] {{Double.NaN}},
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        assertThat(GaugeValues.meanRise(surface, Double.NaN)).isNaN();
    }

    @Test
    void framesAreCountedByWhatBecameOfThem() {
        metrics.frame(frame(1, 2.5, CURVATURE, Map.of()));
        metrics.skipped(2, "busy");
        metrics.skipped(3, "memory: 1 GB free");
        metrics.skipped(4, "memory: 2 GB free");
        metrics.failed(5, new IllegalStateException("anything at all"));
        metrics.sinkFailed("RunRecorder", new IOException("disk full"));
        assertThat(count("thalweg.recorded.frames", "status", "complete")).isOne();
        assertThat(count("thalweg.skipped.frames", "reason", "busy")).isOne();
        assertThat(count("thalweg.skipped.frames", "reason", "memory")).isEqualTo(2);
        assertThat(count("thalweg.failed.frames", "reason", "IllegalStateException"))
                .isOne();
        assertThat(count("thalweg.sink.failed.calls", "sink", "RunRecorder", "reason", "IOException"))
                .isOne();
    }

    @Test
    void stagesAreTimed() {
        metrics.frame(frame(1, 2.5, CURVATURE, Map.of()));
        metrics.frame(frame(2, 2.5, CURVATURE, Map.of()));
        var timer = registry.get("thalweg.frame.stage").tag("stage", "surface").timer();
        assertThat(timer.count()).isEqualTo(2);
        assertThat(timer.totalTime(TimeUnit.SECONDS)).isCloseTo(3.0, within(1e-6));
    }

    @Test
    void everyMeterIsAsItsListSays() {
        useEverything();
        Map<String, MeterNames> byName =
                Arrays.stream(MeterNames.values()).collect(Collectors.toMap(MeterNames::meterName, name -> name));
        for (Meter meter : registry.getMeters()) {
            assertThat(byName).containsKey(meter.getId().getName());
            MeterNames name = byName.getOrDefault(meter.getId().getName(), MeterNames.LOSS);
            assertThat(meter.getId().getDescription())
                    .isEqualTo(name.description())
                    .isNotBlank();
            assertThat(meter.getId().getType()).isEqualTo(name.type());
            assertThat(Optional.ofNullable(meter.getId().getBaseUnit())).isEqualTo(name.baseUnit());
            assertThat(meter.getId().getTags().stream().map(Tag::getKey))
                    .containsExactlyInAnyOrderElementsOf(Stream.concat(Stream.of("run"), name.tagKeys().stream())
                            .toList());
        }
        assertThat(registry.getMeters().stream()
                        .map(meter -> meter.getId().getName())
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(byName.keySet());
    }

    @Test
    void metersOutliveTheSinkUntilTheyAreRemoved() {
        useEverything();
        metrics.close();
        assertThat(gauge("thalweg.iteration")).isEqualTo(2);
        metrics.remove();
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void aSecondRunOfTheSameNameTakesOver() {
        metrics.frame(frame(1, 2.5, CURVATURE, Map.of()));
        FrameMetrics second = new FrameMetrics(registry, "valley");
        second.frame(frame(1, 0.125, CURVATURE, Map.of()));
        assertThat(gauge("thalweg.loss", "probe", "train")).isEqualTo(0.125);
        assertThat(count("thalweg.recorded.frames", "status", "complete")).isEqualTo(2);
    }

    @Test
    void runsOfDifferentNamesStandSideBySide() {
        metrics.frame(frame(1, 2.5, CURVATURE, Map.of()));
        new FrameMetrics(registry, "ridge").frame(frame(1, 0.125, CURVATURE, Map.of()));
        assertThat(gauge("thalweg.loss", "run", "valley")).isEqualTo(2.5);
        assertThat(gauge("thalweg.loss", "run", "ridge")).isEqualTo(0.125);
    }

    @Test
    void aClosedRegistryDoesNoHarm() {
        metrics.frame(frame(1, 2.5, CURVATURE, Map.of()));
        registry.close();
        useEverything();
        FrameMetrics late = new FrameMetrics(registry, "late");
        late.frame(frame(1, 2.5, CURVATURE, Map.of()));
        late.skipped(2, "busy");
        late.remove();
    }

    @Test
    void gaugesKeepTheirValueWhenNobodyHoldsTheBinder() {
        new FrameMetrics(registry, "forgotten").frame(frame(1, 2.5, CURVATURE, Map.of()));
        System.gc();
        assertThat(gauge("thalweg.loss", "run", "forgotten")).isEqualTo(2.5);
    }

    @Test
    void theReadmeListsEveryMeter() throws IOException {
        String readme = Files.readString(Path.of("../core/README.md"));
        assertThat(MeterNames.values())
                .allSatisfy(meter -> assertThat(readme).contains("`" + meter.meterName() + "`", meter.description()));
    }

    @Test
    void aRunWithoutANameIsRefused() {
        assertThatThrownBy(() -> new FrameMetrics(registry, " ")).hasMessageContaining("run tag");
    }

    private void useEverything() {
        long seed = Seeds.fresh("FrameMetricsTest");
        RandomFrames random = new RandomFrames(new Random(seed));
        // What a frame has with a probability of 3/8 is missing in all of them once in 10^12 runs.
        for (int i = 0; i < 60; i++) {
            metrics.frame(random.frame(i));
        }
        metrics.frame(frame(1, 2.5, CurvatureValues.absent("exact", "kink"), Map.of()));
        metrics.frame(frame(2, 2.5, CURVATURE, Map.of("trace", 3.0)));
        metrics.skipped(3, "busy");
        metrics.sinkFailed("RunRecorder", new IOException());
        metrics.failed(4, new IllegalStateException());
    }

    private double gauge(String name, String... tags) {
        return registry.get(name).tags(tags).gauge().value();
    }

    private double count(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }

    private static Frame frame(long iteration, double loss, CurvatureValues curvature, Map<String, Double> quantities) {
        return Frame.builder(iteration, 2)
                .loss(loss, OptionalDouble.of(90))
                .objective("compiled")
                .surface(SURFACE)
                .curvature(curvature)
                .quantities(quantities)
                .seconds(Map.of("surface", 1.5, "total", 2.0))
                .build();
    }
}
