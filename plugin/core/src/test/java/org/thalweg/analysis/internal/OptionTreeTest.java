package org.thalweg.analysis.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.analysis.OptionValues;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.direction.CheckpointDirections;
import org.thalweg.direction.DirectionOptions;
import org.thalweg.direction.DirectionSource;
import org.thalweg.direction.EigenvectorDirections;
import org.thalweg.direction.EigenvectorDirections.Ends;
import org.thalweg.direction.GradientDirections;
import org.thalweg.direction.RandomDirections;
import org.thalweg.krylov.KrylovBudget;
import org.thalweg.krylov.Lanczos;
import org.thalweg.objective.ObjectiveOptions;

class OptionTreeTest {

    private record Inner(int size, Duration limit) {}

    private record Outer(Inner inner, Optional<Inner> other, OptionalInt count, List<Ends> ends, double tolerance)
            implements Cloneable {}

    /** Of no record class, with a value that tells one from the other. */
    private static final class Cached implements OptionValues {
        private final long seed;

        Cached(long seed) {
            this.seed = seed;
        }

        @Override
        public Map<String, Object> optionValues() {
            return Map.of("seed", seed);
        }
    }

    @Test
    void aRecordIsAMapOfItsComponents() {
        Inner inner = new Inner(3, Duration.ofMinutes(2));
        assertThat(OptionTree.of(
                        new Outer(inner, Optional.empty(), OptionalInt.of(4), List.of(Ends.LARGEST_TWO), 1e-3)))
                .isEqualTo(Map.of(
                        "inner",
                        Map.of("size", 3L, "limit", "PT2M"),
                        "count",
                        4L,
                        "ends",
                        List.of("largest_two"),
                        "tolerance",
                        1e-3));
    }

    @Test
    void whatCouldBeOfAnotherClassNamesItsOwn() {
        assertThat(OptionTree.of(new RandomDirections(1, DirectionOptions.DEFAULT).orthogonalized()))
                .isEqualTo(Map.of(
                        "kind",
                        "OrthogonalDirections",
                        "source",
                        Map.of(
                                "kind",
                                "RandomDirections",
                                "seed",
                                1L,
                                "options",
                                OptionTree.of(DirectionOptions.DEFAULT))));
        assertThat(OptionTree.of(new Cached(9))).isEqualTo(Map.of("kind", "Cached", "seed", 9L));
    }

    @Test
    void everyComponentOfEveryOptionIsThere() {
        differ(ObjectiveOptions.DEFAULT, ObjectiveOptions.DEFAULT.withSeed(2));
        CurvatureOptions curvature = CurvatureOptions.DEFAULT;
        differ(curvature, curvature.withLanczos(Lanczos.DEFAULT.withBasisSize(41)));
        differ(curvature, curvature.withLanczos(Lanczos.DEFAULT.withSeed(2)));
        differ(
                new EigenvectorDirections(Ends.LARGEST_TWO),
                new EigenvectorDirections(Ends.LARGEST_TWO, Lanczos.DEFAULT.withBasisSize(30), KrylovBudget.DEFAULT));
        differ(random(1).orthogonalized(), random(2).orthogonalized());
        differ(new GradientDirections(random(1)), new GradientDirections(random(2)));
    }

    @Test
    void arraysAreTheirDigests() {
        for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
            INDArray first = Nd4j.createFromArray(0.25, -1.0, 3.0).castTo(type);
            INDArray second = first.add(1);
            differ(new CheckpointDirections(first, second), new CheckpointDirections(first, second.add(1e-6)));
            assertThat(OptionTree.of(first)).isEqualTo(OptionTree.of(first.dup()));
            assertThat(OptionTree.withoutArrays(new CheckpointDirections(first, first)))
                    .isEqualTo(OptionTree.withoutArrays(new CheckpointDirections(second, first)));
        }
    }

    @Test
    void whatCannotBeComparedIsRefusedByName() {
        assertThatThrownBy(() -> OptionTree.of(Map.of("of", new Object())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("java.lang.Object", "make it a record", "OptionValues");
    }

    private static DirectionSource random(long seed) {
        return new RandomDirections(seed, DirectionOptions.DEFAULT);
    }

    private static void differ(Object first, Object second) {
        assertThat(OptionTree.of(first)).isEqualTo(OptionTree.of(first)).isNotEqualTo(OptionTree.of(second));
    }
}
