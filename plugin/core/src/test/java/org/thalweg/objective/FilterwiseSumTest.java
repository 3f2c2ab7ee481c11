package org.thalweg.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.testing.Seeds;

/** Sums over blocks of random shapes, packings and filters, against ND4J's operations on the network's shape. */
class FilterwiseSumTest {

    private final long seed = Seeds.fresh("FilterwiseSumTest");
    private final Random random = new Random(seed);

    @RepeatedTest(50)
    void everyFilterHasItsOwnFactors() {
        DataType type = random.nextBoolean() ? DataType.FLOAT : DataType.DOUBLE;
        int before = random.nextInt(20);
        ParameterBlock block = block(before);
        long length = before + block.length() + random.nextInt(20);
        List<INDArray> vectors = List.of(vector(type, length), vector(type, length), vector(type, length));
        double[][] factors = new double[3][];
        Arrays.setAll(
                factors,
                i -> random.doubles(random.nextInt(4) == 0 ? 1 : block.filters(), -2, 2)
                        .toArray());
        INDArray sum = vector(type, length);
        INDArray expected = sum.dup();

        block.of(expected).assign(0);
        for (int i = 0; i < 3; i++) {
            INDArray term = block.of(vectors.get(i)).dup();
            block.scaleFilters(term, factors[i]);
            block.of(expected).addi(term);
        }
        FilterwiseSum.of(type).write(block, FilterRuns.of(block), vectors, factors, sum);

        assertThat(sum.sub(expected).amaxNumber().doubleValue())
                .as("%s, seed %d", block, seed)
                .isCloseTo(0, within(type == DataType.FLOAT ? 1e-5 : 1e-13));
    }

    /** Of one to four axes, some of length 1, in whatever order, some of them of filters; often larger than a piece. */
    private ParameterBlock block(int offset) {
        int rank = 1 + random.nextInt(4);
        long[] shape = new long[rank];
        Arrays.setAll(shape, i -> 1 + random.nextInt(rank == 1 ? 20_000 : rank == 2 ? 200 : 14));
        List<Integer> axes = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
        int[] filterAxes = axes.stream()
                .filter(axis -> random.nextBoolean())
                .mapToInt(Integer::intValue)
                .toArray();
        Collections.shuffle(axes, random);
        int[] packedAxes = axes.stream().mapToInt(Integer::intValue).toArray();
        return new ParameterBlock("w", "w", ParameterKind.WEIGHT, true, shape, 0, 'c', filterAxes, packedAxes, offset);
    }

    private INDArray vector(DataType type, long length) {
        return Nd4j.createFromArray(random.doubles(length, -1, 1).toArray()).castTo(type);
    }
}
