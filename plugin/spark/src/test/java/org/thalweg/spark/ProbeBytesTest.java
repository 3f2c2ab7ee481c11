package org.thalweg.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.thalweg.objective.Probe;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

/** What is sent arrives: values, types, shapes and missing arrays. */
class ProbeBytesTest {

    private static final int EXAMPLES = 9;

    private final long seed = Seeds.fresh("ProbeBytesTest");
    private final Random random = new Random(seed);

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE", "HALF", "BFLOAT16", "BYTE", "UBYTE", "SHORT", "INT", "LONG", "BOOL"})
    void probesOfEveryTypeArrive(DataType type) {
        INDArray images = array(EXAMPLES, 2, 3, 4).castTo(type);
        INDArray columns = array(EXAMPLES, 5).castTo(type).dup('f');
        INDArray mask = array(EXAMPLES, 1).castTo(type);
        // A part of the probe is a view.
        Probe probe = Probe.of(new MultiDataSet(
                        new INDArray[] {images, columns},
                        new INDArray[] {columns},
                        new @Nullable INDArray[] {null, mask},
                        null))
                .range(2, 7);
        Probe arrived = ProbeBytes.read(ProbeBytes.of(probe));
        assertThat(arrived.first()).isEqualTo(probe.first());
        same(probe.features(), arrived.features());
        same(probe.labels(), arrived.labels());
        same(probe.featuresMasks(), arrived.featuresMasks());
        same(probe.labelsMasks(), arrived.labelsMasks());
    }

    private INDArray array(long... shape) {
        return Networks.normal(random, shape).muli(10);
    }

    private void same(List<? extends @Nullable INDArray> expected, List<? extends @Nullable INDArray> found) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            INDArray one = expected.get(i);
            INDArray other = found.get(i);
            if (one == null || other == null) {
                assertThat(other).isSameAs(one);
                continue;
            }
            assertThat(other.dataType()).isEqualTo(one.dataType());
            assertThat(other.shape()).isEqualTo(one.shape());
            assertThat(other.dup('c').data().asDouble())
                    .as("seed %d", seed)
                    .isEqualTo(one.dup('c').data().asDouble());
        }
    }
}
