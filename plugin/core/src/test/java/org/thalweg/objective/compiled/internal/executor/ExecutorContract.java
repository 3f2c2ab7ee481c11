package org.thalweg.objective.compiled.internal.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thalweg.objective.compiled.internal.executor.Executor.BoundTape;
import org.thalweg.objective.compiled.internal.kernel.Window;
import org.thalweg.objective.compiled.spi.Buffer;
import org.thalweg.objective.compiled.spi.ElementType;
import org.thalweg.objective.compiled.spi.LossFunction;
import org.thalweg.objective.compiled.spi.Op;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;
import org.thalweg.objective.compiled.spi.UnaryFunction;
import org.thalweg.testing.Seeds;

/**
 * What the ops of {@link Op} compute, whichever executor computes them: against plain loops, on random tensors that are
 * views with gaps wherever an op allows it. Losses are held to those of the host, pools to their definitions by the
 * contracts of layers.
 */
public abstract class ExecutorContract {

    private final long seed = Seeds.fresh(getClass().getSimpleName());
    private final SplittableRandom random = new SplittableRandom(seed);
    private final Executor executor = executor();

    /** The executor under test. */
    protected abstract Executor executor();

    @AfterEach
    void close() {
        executor.close();
    }

    @Test
    void arithmeticBroadcasts() {
        Tensor x = strided(3, 4, 5);
        Tensor row = strided(5);
        Tensor column = strided(3, 4, 1);
        for (Tensor y : List.of(strided(3, 4, 5), row, column, column.broadcast(2, 5))) {
            check(x.shape(), z -> record(tape -> tape.add(x, y, z)), (i, j, k) -> at(x, i, j, k) + at(y, i, j, k));
            check(x.shape(), z -> record(tape -> tape.subtract(x, y, z)), (i, j, k) -> at(x, i, j, k) - at(y, i, j, k));
            check(x.shape(), z -> record(tape -> tape.multiply(x, y, z)), (i, j, k) -> at(x, i, j, k) * at(y, i, j, k));
            check(x.shape(), z -> record(tape -> tape.divide(x, y, z)), (i, j, k) -> at(x, i, j, k) / at(y, i, j, k));
            check(
                    x.shape(),
                    z -> record(tape -> tape.maximum(x, y, z)),
                    (i, j, k) -> Math.max(at(x, i, j, k), at(y, i, j, k)));
            check(x.shape(), z -> record(tape -> tape.copy(y, z)), (i, j, k) -> at(y, i, j, k));
        }
    }

    @Test
    void numbersAndFunctions() {
        Tensor x = strided(2, 3, 4);
        check(x.shape(), z -> record(tape -> tape.scale(2.5, x, z)), (i, j, k) -> 2.5 * at(x, i, j, k));
        check(x.shape(), z -> record(tape -> tape.shift(x, -1.5, z)), (i, j, k) -> at(x, i, j, k) - 1.5);
        check(x.shape(), z -> record(tape -> tape.fill(7, z)), (i, j, k) -> 7);
        check(
                x.shape(),
                z -> record(tape -> tape.function(UnaryFunction.SIN, x, z)),
                (i, j, k) -> Math.sin(at(x, i, j, k)));
        check(
                x.shape(),
                z -> record(tape -> tape.function(UnaryFunction.STEP, x, z)),
                (i, j, k) -> at(x, i, j, k) > 0 ? 1 : 0);
        Tensor reversed = x.permute(2, 0, 1);
        check(reversed.shape(), z -> record(tape -> tape.copy(reversed, z)), (i, j, k) -> at(x, j, k, i));
    }

    /** Far from 0 as well, one row as well as several. */
    @Test
    void softmaxOfRows() {
        for (int rows : new int[] {1, 3}) {
            for (int size : new int[] {1, 4}) {
                for (double far : new double[] {0, 1e4, -1e4}) {
                    Tensor about = dense(rows, size);
                    fill(about);
                    Tensor x = shifted(about, far);
                    Tensor z = dense(rows, size);
                    record(tape -> tape.softmax(x, z));
                    double[] expected = softmax(executor.download(x), size);
                    assertThat(executor.download(z))
                            .as("softmax of %d x %d about %s, %s", rows, size, far, message())
                            .containsExactly(expected, within(1e-12));
                }
            }
        }
    }

    private static double[] softmax(double[] values, int size) {
        double[] result = new double[values.length];
        for (int row = 0; row < values.length; row += size) {
            double largest = Arrays.stream(values, row, row + size).max().orElseThrow();
            double sum = 0;
            for (int i = row; i < row + size; i++) {
                result[i] = Math.exp(values[i] - largest);
                sum += result[i];
            }
            for (int i = row; i < row + size; i++) {
                result[i] /= sum;
            }
        }
        return result;
    }

    @ParameterizedTest
    @EnumSource(UnaryFunction.class)
    void derivativesAreThoseOfTheFunction(UnaryFunction function) {
        if (!function.hasDerivatives()) {
            return;
        }
        Tensor x = strided(40);
        double step = 1e-5;
        Tensor ahead = shifted(x, step);
        Tensor behind = shifted(x, -step);
        Tensor y = dense(40);
        Tensor rise = dense(40);
        Tensor slope = dense(40);
        Tensor second = dense(40);
        record(tape -> {
            tape.function(function, ahead, rise, 0.3);
            tape.function(function, behind, y, 0.3);
            tape.subtract(rise, y, rise);
            tape.scale(1 / (2 * step), rise, rise);
            tape.function(function, x, y, 0.3);
            tape.functionSlope(function, x, y, slope, 0.3);
        });
        assertThat(executor.download(slope)).as(message()).containsExactly(executor.download(rise), within(1e-8));
        if (function.piecewiseLinear()) {
            return;
        }
        Tensor other = dense(40);
        record(tape -> {
            tape.functionSecondDerivative(function, x, y, second, 0.3);
            tape.function(function, ahead, y, 0.3);
            tape.functionSlope(function, ahead, y, rise, 0.3);
            tape.function(function, behind, y, 0.3);
            tape.functionSlope(function, behind, y, other, 0.3);
            tape.subtract(rise, other, rise);
            tape.scale(1 / (2 * step), rise, rise);
        });
        assertThat(executor.download(second)).as(message()).containsExactly(executor.download(rise), within(1e-8));
    }

    @ParameterizedTest
    @EnumSource(LossFunction.class)
    void lossesAndTheirDerivatives(LossFunction function) {
        int size = 4;
        Tensor outputs = dense(3, size);
        Tensor tangent = dense(3, size);
        Tensor labels = dense(3, size);
        Tensor weights = dense(3, size);
        Tensor sum = dense(1);
        Tensor slope = dense(3, size);
        Tensor second = dense(3, size);
        // Probabilities are an argument that every loss takes.
        double[] values = random.doubles(3L * size, 0.05, 0.95).toArray();
        double[] expected = random.ints(3L * size, 0, 2).asDoubleStream().toArray();
        if (function == LossFunction.RELATIVE_ERROR) {
            expected = Arrays.stream(expected).map(label -> label - 0.4).toArray();
        }
        double[] weighted = random.doubles(3L * size, 0.5, 2).toArray();
        weighted[size] = 0;
        fill(tangent);
        executor.upload(values, outputs);
        executor.upload(expected, labels);
        executor.upload(weighted, weights);
        record(tape -> {
            tape.loss(Op.LOSS, function, 0.7, 1.3, List.of(outputs, labels, weights), sum);
            tape.loss(Op.LOSS_SLOPE, function, 0.7, 1.3, List.of(outputs, labels, weights), slope);
            tape.loss(
                    Op.LOSS_SECOND_DERIVATIVE, function, 0.7, 1.3, List.of(outputs, tangent, labels, weights), second);
        });
        HostLoss loss = HostLoss.of(function, 1.3, size);
        double step = 1e-6;
        double[] direction = executor.download(tangent);
        double[] ahead = moved(values, direction, step);
        double[] behind = moved(values, direction, -step);
        assertThat(executor.download(sum)[0])
                .as(message())
                .isCloseTo(0.7 * loss.sum(values, expected, weighted), within(1e-12));
        double rise = 0;
        for (int i = 0; i < direction.length; i++) {
            rise += executor.download(slope)[i] * direction[i];
        }
        double difference = loss.sum(ahead, expected, weighted) - loss.sum(behind, expected, weighted);
        assertThat(rise).as(message()).isCloseTo(0.7 * difference / (2 * step), within(1e-5));
        double[] further = new double[direction.length];
        double[] before = new double[direction.length];
        loss.slope(ahead, expected, weighted, further);
        loss.slope(behind, expected, weighted, before);
        for (int i = 0; i < further.length; i++) {
            further[i] = 0.7 * (further[i] - before[i]) / (2 * step);
        }
        assertThat(executor.download(second)).as(message()).containsExactly(further, within(1e-3));
    }

    @Test
    void depthwiseConvolutions() {
        for (long[] window : new long[][] {{3, 2, 1, 1, 1, 1, 1, 1, 0}, {3, 3, 2, 3, 0, 0, 1, 1, 1}}) {
            Window geometry = Window.of(window);
            Tensor x = dense(2, 7, 6, 5);
            Tensor filters = dense(window[0], window[1], 5);
            Tensor bias = dense(5);
            Tensor z = dense(2, geometry.outputHeight(7), geometry.outputWidth(6), 5);
            Tensor delta = dense(z.shape());
            Tensor gradient = dense(filters.shape());
            List.of(x, filters, bias, delta).forEach(this::fill);
            record(tape -> {
                tape.depthwiseConvolution(x, filters, bias, z, window);
                tape.depthwiseWeightGradient(x, delta, gradient, window);
            });
            double[] sums = new double[(int) z.length()];
            double[] slopes = new double[(int) filters.length()];
            double[] images = executor.download(x);
            double[] weights = executor.download(filters);
            double[] deltas = executor.download(delta);
            for (int o = 0; o < sums.length; o++) {
                int c = o % 5;
                int ox = (int) (o / 5 % z.size(2));
                int oy = (int) (o / 5 / z.size(2) % z.size(1));
                int n = (int) (o / 5 / z.size(2) / z.size(1));
                sums[o] = executor.download(bias)[c];
                for (int tap = 0; tap < window[0] * window[1]; tap++) {
                    long y = geometry.firstRow(7) + oy * window[2] + tap / window[1];
                    long column = geometry.firstColumn(6) + ox * window[3] + tap % window[1];
                    if (y >= 0 && y < 7 && column >= 0 && column < 6) {
                        double pixel = images[(int) (((n * 7L + y) * 6 + column) * 5 + c)];
                        sums[o] += pixel * weights[tap * 5 + c];
                        slopes[tap * 5 + c] += pixel * deltas[o];
                    }
                }
            }
            assertThat(executor.download(z)).as(message()).containsExactly(sums, within(1e-12));
            assertThat(executor.download(gradient)).as(message()).containsExactly(slopes, within(1e-12));
        }
    }

    private static double[] moved(double[] from, double[] direction, double step) {
        double[] to = from.clone();
        for (int i = 0; i < to.length; i++) {
            to[i] += step * direction[i];
        }
        return to;
    }

    @Test
    void products() {
        for (boolean transposeX : new boolean[] {false, true}) {
            for (boolean transposeY : new boolean[] {false, true}) {
                Tensor x = transposeX ? strided(4, 3) : strided(3, 4);
                Tensor y = transposeY ? strided(5, 4) : strided(4, 5);
                Tensor z = strided(3, 5);
                double[] before = executor.download(z);
                record(tape -> tape.matmul(x, transposeX, y, transposeY, z));
                double[] product = executor.download(z);
                for (int i = 0; i < 3; i++) {
                    for (int j = 0; j < 5; j++) {
                        double sum = 0;
                        for (int k = 0; k < 4; k++) {
                            sum += (transposeX ? at(x, k, i) : at(x, i, k)) * (transposeY ? at(y, j, k) : at(y, k, j));
                        }
                        assertThat(product[i * 5 + j]).as(message()).isCloseTo(sum, within(1e-12));
                        before[i * 5 + j] += 2 * sum;
                    }
                }
                executor.upload(before, z);
                record(tape -> tape.matmul(x, transposeX, y, transposeY, z, true));
                for (int i = 0; i < before.length; i++) {
                    assertThat(executor.download(z)[i]).as(message()).isCloseTo(before[i] + product[i], within(1e-12));
                }
            }
        }
    }

    @Test
    void stacksOfProducts() {
        Tensor x = dense(2, 3, 4);
        Tensor y = dense(2, 5, 4);
        Tensor z = dense(2, 3, 5);
        fill(x);
        fill(y);
        record(tape -> tape.matmul(x, false, y, true, z));
        double[] product = executor.download(z);
        for (int n = 0; n < 2; n++) {
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 5; j++) {
                    double sum = 0;
                    for (int k = 0; k < 4; k++) {
                        sum += at(x, n, i, k) * at(y, n, j, k);
                    }
                    assertThat(product[(n * 3 + i) * 5 + j]).as(message()).isCloseTo(sum, within(1e-12));
                }
            }
        }
    }

    @Test
    void sumsAndPieces() {
        Tensor x = strided(3, 4, 5);
        Tensor sum = dense(3, 5);
        record(tape -> tape.sum(x, sum, 1));
        for (int i = 0; i < 3; i++) {
            for (int k = 0; k < 5; k++) {
                double expected = 0;
                for (int j = 0; j < 4; j++) {
                    expected += at(x, i, j, k);
                }
                assertThat(executor.download(sum)[i * 5 + k]).as(message()).isCloseTo(expected, within(1e-12));
            }
        }
        Tensor y = strided(3, 2, 5);
        check(
                new long[] {3, 6, 5},
                z -> record(tape -> tape.concatenate(List.of(x, y), 1, z)),
                (i, j, k) -> j < 4 ? at(x, i, j, k) : at(y, i, j - 4, k));
        check(
                new long[] {3, 7, 6},
                z -> record(tape -> tape.pad(x, z, 0, 0, 2, 1, 1, 0)),
                (i, j, k) -> j < 2 || j > 5 || k < 1 ? 0 : at(x, i, j - 2, k - 1));
        Tensor rows = Tensor.of(new Buffer(ElementType.INT, 4), 4);
        executor.upload(new int[] {2, 0, 0, 1}, rows);
        Tensor matrix = dense(3, 5);
        fill(matrix);
        Tensor gathered = dense(4, 5);
        record(tape -> tape.gatherRows(matrix, rows, gathered));
        assertThat(executor.download(gathered.select(0, 0))).isEqualTo(executor.download(matrix.select(0, 2)));
        assertThat(executor.download(gathered.select(0, 3))).isEqualTo(executor.download(matrix.select(0, 1)));
        Tensor elements = dense(4);
        record(tape -> tape.gather(matrix, rows, elements));
        assertThat(executor.download(elements)[0]).isEqualTo(at(matrix, 0, 2));
    }

    @Test
    void scatteredRowsAreTheAdjointOfGatheredOnes() {
        int words = random.nextInt(1, 12);
        int tokens = random.nextInt(1, 300);
        int size = random.nextInt(1, 20);
        int[] numbers = random.ints(tokens, 0, words).toArray();
        Tensor x = dense(tokens, size);
        fill(x);
        Tensor z = dense(words, size);
        Tensor groups = Tensor.of(new Buffer(ElementType.INT, words + 1L + tokens), words + 1L + tokens);
        int[] grouped = new int[words + 1 + tokens];
        int next = 0;
        double[] values = executor.download(x);
        double[] expected = new double[words * size];
        for (int word = 0; word < words; word++) {
            for (int k = 0; k < tokens; k++) {
                if (numbers[k] == word) {
                    grouped[words + 1 + next++] = k;
                    for (int i = 0; i < size; i++) {
                        expected[word * size + i] += values[k * size + i];
                    }
                }
            }
            grouped[word + 1] = next;
        }
        executor.upload(grouped, groups);
        record(tape ->
                tape.scatterRows(x, groups.slice(0, 0, words + 1), groups.slice(0, words + 1, groups.length()), z));
        assertThat(executor.download(z)).as(message()).isEqualTo(expected);
        Tape unfit = new Tape();
        assertThatThrownBy(() -> unfit.scatterRows(x, groups, groups.slice(0, words + 1, groups.length()), z))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one start more than z has rows");
    }

    @Test
    void windowsMakeAConvolutionAProduct() {
        Tensor images = dense(2, 5, 6, 3);
        Tensor filters = dense(3, 2, 3, 4);
        fill(images);
        fill(filters);
        long[] window = {3, 2, 1, 2, 1, 0, 1, 1, 0};
        Tensor convolved = dense(2, 5, 3, 4);
        Tensor windows = dense(2 * 5 * 3, 18 + 2).slice(1, 0, 18);
        Tensor product = dense(2 * 5 * 3, 4);
        long[] counted = Arrays.copyOf(window, 11);
        counted[9] = 5;
        counted[10] = 3;
        record(tape -> {
            tape.convolution(images, filters, null, convolved, window);
            tape.unrollWindows(images, windows, counted);
            tape.matmul(windows, false, filters.rows(), false, product);
        });
        assertThat(executor.download(convolved))
                .as(message())
                .containsExactly(executor.download(product), within(1e-12));
        adjointsAreTransposed(images, filters, convolved, window);
    }

    /** {@code <d, x * w>} is {@code <dx, x>} and {@code <dw, w>}. */
    private void adjointsAreTransposed(Tensor images, Tensor filters, Tensor convolved, long[] window) {
        Tensor delta = dense(convolved.shape());
        fill(delta);
        Tensor inputDelta = dense(images.shape());
        Tensor filterDelta = dense(filters.shape());
        long[] wanted = Arrays.copyOf(window, 11);
        wanted[9] = 1;
        wanted[10] = 1;
        record(tape -> tape.convolutionAdjoint(images, filters, delta, inputDelta, filterDelta, wanted));
        double expected = dot(delta, convolved);
        assertThat(dot(inputDelta, images)).as(message()).isCloseTo(expected, within(1e-10));
        assertThat(dot(filterDelta, filters)).as(message()).isCloseTo(expected, within(1e-10));
    }

    @Test
    void filtersAreRearranged() {
        Tensor filters = dense(3, 2, 4, 5);
        fill(filters);
        Tensor turned = dense(3, 2, 5, 4);
        Tensor back = dense(3, 2, 4, 5);
        Tensor rows = dense(5, 3 * 2 * 4);
        Tensor transposed = filters.permute(3, 0, 1, 2);
        record(tape -> {
            tape.rearrangeFilters(Op.TURN_FILTERS, filters, turned);
            tape.copy(transposed, rows.reshape(transposed.shape()));
            tape.rearrangeFilters(Op.FILTERS_OF_OUTPUT_ROWS, rows, back);
        });
        assertThat(executor.download(back)).isEqualTo(executor.download(filters));
        assertThat(executor.download(turned.select(0, 0).select(0, 1).select(0, 3)))
                .isEqualTo(executor.download(filters.select(0, 2).select(0, 0).select(1, 3)));
        Tensor turnedRows = dense(4, 3 * 2 * 5);
        Tensor inputsFirst = turned.permute(3, 0, 1, 2);
        record(tape -> {
            tape.copy(inputsFirst, turnedRows.reshape(inputsFirst.shape()));
            tape.rearrangeFilters(Op.FILTERS_OF_TURNED_INPUT_ROWS, turnedRows, back);
        });
        assertThat(executor.download(back)).isEqualTo(executor.download(filters));
    }

    @Test
    void routinesOfAUsersOwn() {
        Tensor x = strided(3, 4);
        Tensor z = strided(3, 4);
        record(tape -> tape.host("org.thalweg.test.affine", List.of(x), List.of(z), new double[] {2, 5}));
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 4; j++) {
                assertThat(at(z, i, j)).as(message()).isEqualTo(2 * at(x, i, j) + 5);
            }
        }
        Tape unknown = new Tape();
        unknown.host("org.thalweg.test.nothing", List.of(x), List.of(z), new double[0]);
        assertThatThrownBy(() -> executor.bind(unknown)).hasMessageContaining("org.thalweg.test.nothing");
    }

    /** Row numbers and places are INT, and routines write them like all other numbers. */
    @Test
    void indicesAreWholeNumbers() {
        double[] numbers = random.ints(12, 0, 1000).asDoubleStream().toArray();
        Tensor x = dense(12);
        Tensor indices = Tensor.of(new Buffer(ElementType.INT, 12), 12);
        executor.upload(numbers, indices);
        assertThat(executor.download(indices)).as(message()).isEqualTo(numbers);
        executor.upload(numbers, x);
        record(tape -> tape.host("org.thalweg.test.affine", List.of(x), List.of(indices), new double[] {2, 5}));
        double[] expected = Arrays.stream(numbers).map(number -> 2 * number + 5).toArray();
        assertThat(executor.download(indices)).as(message()).isEqualTo(expected);
    }

    private interface Expected {
        double at(int i, int j, int k);
    }

    private void check(long[] shape, Consumer<Tensor> into, Expected expected) {
        Tensor z = strided(shape);
        into.accept(z);
        for (int i = 0; i < shape[0]; i++) {
            for (int j = 0; j < shape[1]; j++) {
                for (int k = 0; k < shape[2]; k++) {
                    assertThat(at(z, i, j, k)).as(message()).isCloseTo(expected.at(i, j, k), within(1e-12));
                }
            }
        }
    }

    private void record(Consumer<Tape> ops) {
        Tape tape = new Tape();
        ops.accept(tape);
        try (BoundTape bound = executor.bind(tape)) {
            bound.run();
        }
    }

    /** A view with a gap after each element of the last axis, and numbers in it. */
    private Tensor strided(long... shape) {
        long[] wide = shape.clone();
        int last = wide.length - 1;
        wide[last] = 2 * wide[last] + 1;
        Tensor whole = dense(wide);
        fill(whole);
        return whole.slice(last, 1, 2 * shape[last], 2);
    }

    private static Tensor dense(long... shape) {
        return Tensor.of(new Buffer(ElementType.DOUBLE, Arrays.stream(shape).reduce(1, (a, b) -> a * b)), shape);
    }

    private void fill(Tensor tensor) {
        executor.upload(random.doubles(tensor.length(), -2, 2).toArray(), tensor);
    }

    private Tensor shifted(Tensor x, double by) {
        Tensor shifted = dense(x.shape());
        record(tape -> tape.shift(x, by, shifted));
        return shifted;
    }

    /** An element; an index counts from the last axis if there are too many, and stands still on an axis of size 1. */
    private double at(Tensor tensor, int... index) {
        Tensor one = tensor;
        int skipped = index.length - tensor.rank();
        for (int axis = 0; axis < tensor.rank(); axis++) {
            one = one.select(0, tensor.size(axis) == 1 ? 0 : index[axis + skipped]);
        }
        return executor.download(one.reshape(1))[0];
    }

    private double dot(Tensor x, Tensor y) {
        double[] some = executor.download(x);
        double[] more = executor.download(y);
        double sum = 0;
        for (int i = 0; i < some.length; i++) {
            sum += some[i] * more[i];
        }
        return sum;
    }

    private String message() {
        return "-Dthalweg.seed=" + seed;
    }
}
