package org.thalweg.demo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.thalweg.testing.Seeds;

class BatchesTest {

    private static final int IMAGES = 103;

    private final long seed = Seeds.fresh("BatchesTest");
    private final LabelledImages images = numbered(new Random(seed));

    @Test
    void everyEpochHasEveryImageOnceInAnOrderOfItsOwn() {
        Batches batches = new Batches(images, 10, seed);

        List<Integer> first = numbers(batches.epoch(0, Long.MAX_VALUE));
        List<Integer> second = numbers(batches.epoch(1, Long.MAX_VALUE));

        assertThat(batches.perEpoch()).isEqualTo(11);
        List<Integer> all = IntStream.range(0, IMAGES).boxed().toList();
        assertThat(first).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(all);
        assertThat(second).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(all);
        assertThat(first).as("seed %d", seed).isNotEqualTo(second);
        assertThat(numbers(batches.epoch(0, Long.MAX_VALUE)))
                .as("seed %d", seed)
                .isEqualTo(first);
    }

    @Test
    void endsAtTheLimitAndKeepsTheOrder() {
        Batches batches = new Batches(images, 10, seed);
        List<Integer> whole = numbers(batches.epoch(3, Long.MAX_VALUE));

        assertThat(numbers(batches.epoch(3, 4))).as("seed %d", seed).isEqualTo(whole.subList(0, 40));
    }

    @Test
    void labelsFollowTheirImages() {
        for (DataSetIterator epoch = new Batches(images, 16, seed).epoch(0, Long.MAX_VALUE); epoch.hasNext(); ) {
            DataSet batch = epoch.next();
            for (int i = 0; i < batch.numExamples(); i++) {
                int number = Math.round(255 * batch.getFeatures().getFloat(i, 0));
                assertThat(batch.getLabels().getRow(i).argMax().getInt(0))
                        .as("seed %d, image %d", seed, number)
                        .isEqualTo(images.labels()[number]);
                assertThat(batch.getLabels().getRow(i).sumNumber().intValue()).isEqualTo(1);
            }
        }
    }

    /** Images whose first pixel is their index. */
    private static LabelledImages numbered(Random random) {
        byte[] pixels = new byte[IMAGES * 4];
        byte[] labels = new byte[IMAGES];
        for (int i = 0; i < IMAGES; i++) {
            pixels[4 * i] = (byte) i;
            labels[i] = (byte) random.nextInt(10);
        }
        return new LabelledImages(pixels, labels, 2, 2, "test");
    }

    private static List<Integer> numbers(DataSetIterator epoch) {
        List<Integer> numbers = new ArrayList<>();
        while (epoch.hasNext()) {
            DataSet batch = epoch.next();
            for (int i = 0; i < batch.numExamples(); i++) {
                numbers.add(Math.round(255 * batch.getFeatures().getFloat(i, 0)));
            }
        }
        return numbers;
    }
}
