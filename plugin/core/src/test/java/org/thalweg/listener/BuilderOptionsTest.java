package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.thalweg.analysis.AnalysisOptions;
import org.thalweg.analysis.StudyOptions;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.direction.DirectionOptions;
import org.thalweg.direction.EigenvectorDirections;
import org.thalweg.direction.Normalization;
import org.thalweg.frame.Frame;
import org.thalweg.krylov.KrylovBudget;
import org.thalweg.krylov.Lanczos;
import org.thalweg.krylov.SpectralDensityOptions;
import org.thalweg.krylov.TraceOptions;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.Probe;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

/** Options and shortcuts go together in any order, and none cancels another without a word. */
@Timeout(120)
class BuilderOptionsTest {

    private final long seed = Seeds.fresh("BuilderOptionsTest");
    private final MultiLayerNetwork network = Networks.mlp(DataType.DOUBLE, seed);
    private final CollectedFrames frames = new CollectedFrames();

    @TempDir
    private Path directory;

    @Test
    void shortcutsAndRecordsGoTogetherInAnyOrder() {
        SurfaceOptions surface = SurfaceOptions.DEFAULT.withSeed(seed);
        CurvatureOptions curvature = CurvatureOptions.DEFAULT.withTrace(TraceOptions.DEFAULT);
        Frame recordsFirst =
                frame(builder().surface(surface).curvature(curvature).grid(3).eigenvalues(2));
        Frame shortcutsFirst =
                frame(builder().eigenvalues(2).grid(3).curvature(curvature).surface(surface));
        for (Frame frame : List.of(recordsFirst, shortcutsFirst)) {
            assertThat(frame.surface().alpha()).as("seed %d", seed).hasSize(3);
            assertThat(frame.curvature().largest()).as("seed %d", seed).hasSize(2);
            assertThat(frame.curvature().trace()).as("seed %d", seed).isPresent();
        }
        assertThat(shortcutsFirst.surface().loss())
                .as("seed %d", seed)
                .isDeepEqualTo(recordsFirst.surface().loss());
        assertThat(frame(builder().grid(3).eigenvalues(2)).surface().loss())
                .as("another seed of directions than %d", seed)
                .isNotEqualTo(recordsFirst.surface().loss());
    }

    @Test
    void shortcutsThatSayTheSameAsTheirRecordAreNoContradiction() {
        frame(builder().grid(5).surface(SurfaceOptions.DEFAULT.withGrid(5, 1)).eigenvalues(0));
        assertThat(frames.last().surface().alpha()).hasSize(5);
        assertThat(frames.last().curvature().largest()).isEmpty();
    }

    @Test
    void shortcutsAndRecordsThatDifferAreRefusedWithBothNames() {
        refused(builder().grid(9).surface(SurfaceOptions.DEFAULT.withGrid(5, 1)), "grid(...)", "surface(...)");
        refused(
                builder().eigenvalues(0).curvature(CurvatureOptions.DEFAULT.withTrace(TraceOptions.DEFAULT)),
                "eigenvalues(0)",
                "curvature(...)");
        refused(
                builder().eigenvalues(3).curvature(CurvatureOptions.DEFAULT.withEigenvalues(2)),
                "eigenvalues(...) asks for 3 + 3",
                "curvature(...) for 2 + 2");
        refused(
                builder()
                        .schedule(Schedule.everyIterations(7))
                        .pacing(PacingOptions.DEFAULT.withSchedule(Schedule.everyEpochs(2))),
                "schedule(...)",
                "pacing(...)");
        refused(
                builder()
                        .recordTo(directory.resolve("a"))
                        .recording(RecordingOptions.DEFAULT.withDirectory(directory.resolve("b"))),
                "recordTo(...)",
                "recording(...)");
    }

    @Test
    void componentsOfARecordThatCancelEachOtherAreRefusedWithBothNames() {
        EigenvectorDirections plane = new EigenvectorDirections(EigenvectorDirections.Ends.LARGEST_TWO);
        SurfaceOptions eigenplane = SurfaceOptions.DEFAULT.withPlane(plane);
        refused(builder().surface(eigenplane.withSeed(3)), "a plane, " + plane.describe(), "seed 3");
        refused(builder().surface(eigenplane.withNormalization(Normalization.LAYER)), "a plane", "plane.scaled(...)");
        refused(builder().pacing(EveryFrame.INLINE.withOnBusy(OnBusy.WAIT)), "inline", "onBusy WAIT");
        refused(builder().pacing(EveryFrame.INLINE.withQueueCapacity(2)), "inline", "queueCapacity of 2");
        refused(
                builder().recording(RecordingOptions.DEFAULT.withDiscardLaterFrames(true)),
                "discardLaterFrames",
                "directory");
    }

    @Test
    void valuesOutOfRangeAreRefusedAtOnce() {
        assertThatThrownBy(() -> builder().grid(24)).hasMessageContaining("got 24");
        assertThatThrownBy(() -> builder().eigenvalues(-1)).hasMessageContaining("got -1");
        assertThatThrownBy(() -> SurfaceOptions.DEFAULT.withGrid(5, -1)).hasMessageContaining("got -1");
        assertThatThrownBy(() -> PacingOptions.DEFAULT.withQueueCapacity(0)).hasMessageContaining("got 0");
        assertThatThrownBy(() -> PacingOptions.DEFAULT.withSinkLimit(Duration.ZERO))
                .hasMessageContaining("sink limit must be positive, got PT0S");
        assertThatThrownBy(() -> PacingOptions.DEFAULT.withCloseLimit(Duration.ofMillis(-1)))
                .hasMessageContaining("close limit must be positive");
        assertThatThrownBy(() -> RecordingOptions.DEFAULT.withRun(" ")).hasMessageContaining("got ' '");
    }

    /** A null is a mistake of the caller's, and not the same as a setter that was not called. */
    @Test
    @SuppressWarnings("NullAway")
    void nullsAreRefusedAtOnceWithTheSettersName() throws Exception {
        assertThatThrownBy(() -> LandscapeListener.builder(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("builder(...) must not be given null");
        int setters = 0;
        for (Method setter : LandscapeListenerBuilder.class.getDeclaredMethods()) {
            if (Modifier.isPublic(setter.getModifiers())
                    && setter.getParameterCount() == 1
                    && !setter.getParameterTypes()[0].isPrimitive()) {
                assertThatThrownBy(() -> setter.invoke(builder(), (Object) null))
                        .cause()
                        .isInstanceOf(NullPointerException.class)
                        .hasMessage(setter.getName() + "(...) must not be given null");
                setters++;
            }
        }
        assertThat(setters).isGreaterThanOrEqualTo(13);
    }

    static Stream<Class<?>> optionRecords() {
        return Stream.of(
                SurfaceOptions.class,
                QuantityOptions.class,
                RecordingOptions.class,
                PacingOptions.class,
                ObjectiveOptions.class,
                CurvatureOptions.class,
                Lanczos.class,
                KrylovBudget.class,
                TraceOptions.class,
                SpectralDensityOptions.class,
                DirectionOptions.class,
                AnalysisOptions.class,
                StudyOptions.class);
    }

    /** One idiom for all: a record with a DEFAULT and {@code with...} methods. */
    @ParameterizedTest
    @MethodSource("optionRecords")
    void optionsLookAlikeEverywhere(Class<?> type) throws Exception {
        assertThat(type.isRecord()).isTrue();
        assertThat(type.getField("DEFAULT").getType()).isEqualTo(type);
        List<Method> makers = Arrays.stream(type.getMethods())
                .filter(method -> method.getName().startsWith("with"))
                .toList();
        assertThat(makers).extracting(Method::getReturnType).containsOnly(type);
        assertThat(makers.stream().map(Method::getName).distinct())
                .as("most components can be changed by themselves")
                .hasSizeGreaterThanOrEqualTo(type.getRecordComponents().length - 2);
    }

    private Frame frame(LandscapeListenerBuilder builder) {
        builder.build().close();
        return frames.last();
    }

    private LandscapeListenerBuilder builder() {
        return LandscapeListener.builder(network)
                .probe(Probe.of(Networks.data(8, seed, 6)))
                .sink(frames);
    }

    private static void refused(LandscapeListenerBuilder builder, String... names) {
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(names);
    }
}
