package org.thalweg.direction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

class JointPlaneTest {

    private static final int PARAMETERS = 40;

    private final long seed = Seeds.fresh("JointPlaneTest");
    private final Random random = new Random(seed);

    /** Two runs in one plane of their own: both lie in it completely, and the origin is the first one's end. */
    @RepeatedTest(3)
    void holdsAllRunsThatLieInOnePlane() {
        INDArray offset = normal();
        INDArray first = normal();
        INDArray second = normal();
        List<List<INDArray>> runs = List.of(planar(offset, first, second, 6), planar(offset, first, second, 4));
        JointPlane plane = JointPlane.ofComponents(runs);
        assertThat(plane.origin()).as("seed %d", seed).isEqualTo(runs.get(0).get(5));
        for (List<INDArray> run : runs) {
            for (INDArray point : run) {
                // Vectors of length about 10, in double.
                assertThat(plane.projection().project(point).distance())
                        .as("seed %d", seed)
                        .isLessThan(1e-9);
            }
        }
        assertThat(plane.projection().project(runs.get(0).get(0)).alpha())
                .as("the first run begins on the positive side, seed %d", seed)
                .isPositive();
    }

    @Test
    void explainsTheSameWhicheverRunIsTheFirst() {
        List<INDArray> one = walk(7);
        List<INDArray> other = walk(5);
        PrincipalComponents forward = components(List.of(one, other));
        PrincipalComponents backward = components(List.of(other, one));
        for (int k = 0; k < 2; k++) {
            assertThat(forward.explainedVariance()[k])
                    .as("seed %d", seed)
                    .isCloseTo(backward.explainedVariance()[k], within(1e-10 * forward.explainedVariance()[0]));
            double cosine = new DirectionPair(
                            forward.directions().get(k), backward.directions().get(k))
                    .cosine();
            // Where two variances are near each other, rounding turns the components.
            assertThat(Math.abs(cosine)).as("seed %d", seed).isCloseTo(1, within(1e-6));
        }
    }

    @Test
    void tellsHowFarApartRunsEnd() {
        INDArray apart = normal().muli(100);
        List<INDArray> one = walk(4);
        List<INDArray> other = one.stream().map(point -> point.add(apart)).toList();
        INDArray found = components(List.of(one, other)).directions().get(0);
        assertThat(Math.abs(new DirectionPair(found, apart).cosine()))
                .as("seed %d", seed)
                .isCloseTo(1, within(1e-2));
    }

    @Test
    void refusesWhatSpansNoPlane() {
        INDArray same = normal();
        assertThatThrownBy(() -> JointPlane.ofComponents(List.of(List.of(same), List.of(normal()))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 3 snapshots of a trajectory, got 2");
        assertThatThrownBy(() -> JointPlane.ofComponents(List.of(List.of(same, same.dup()), List.of(same.dup()))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("varies in only 0 directions");
        assertThatThrownBy(() -> JointPlane.ofComponents(List.of(walk(4), List.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got [4, 0]");
    }

    private static PrincipalComponents components(List<List<INDArray>> runs) {
        return JointPlane.ofComponents(runs).components().orElseThrow();
    }

    private List<INDArray> planar(INDArray offset, INDArray first, INDArray second, int points) {
        List<INDArray> run = new ArrayList<>();
        for (int i = 0; i < points; i++) {
            run.add(offset.add(first.mul(random.nextGaussian())).addi(second.mul(random.nextGaussian())));
        }
        return run;
    }

    /** Steps that get shorter, so that the leading variances differ. */
    private List<INDArray> walk(int points) {
        List<INDArray> walk = new ArrayList<>();
        INDArray at = normal();
        for (int i = 0; i < points; i++) {
            walk.add(at.dup());
            at.addi(normal().muli(Math.pow(0.5, i)));
        }
        return walk;
    }

    private INDArray normal() {
        return Networks.normal(random, PARAMETERS).castTo(DataType.DOUBLE);
    }
}
