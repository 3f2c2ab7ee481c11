package org.thalweg.objective.compiled.spi;

/**
 * All ops that a tape can hold and an executor must implement. Written as {@code inputs -> outputs};
 * {@code r0, r1, ...} are the instruction's reals, {@code i0, i1, ...} its integers. {@link Tape} has a method for
 * each.
 *
 * <p>Tensors have the objective's type, FLOAT or DOUBLE, unless a line says otherwise. Any tensor may be a strided
 * view, unless a line says <em>dense</em>: then it lies row-major without gaps (at any offset). An output is
 * overwritten completely unless a line says that it is added to. It never overlaps an input, except that the output of
 * {@linkplain #ADD element-wise} ops may be one of their inputs. Broadcasting: axes are matched from the last one on,
 * and an axis of size 1 (or missing) stands for one of any size. The order of a sum is the executor's choice, but the
 * same in every run.
 *
 * <p>Images are {@code [n, height, width, channels]}, filters {@code [height, width, in, out]}. A window is the nine
 * integers height, width, strideY, strideX, padY, padX, dilationY, dilationX, same: where {@code same} is 1 the
 * padding is such that the output has {@code ceil(size / stride)} rows and columns, with the odd one at the end.
 *
 * @since 0.2.0
 */
public enum Op {
    /** {@code x -> z}: z = x, broadcast. Views of any kind. */
    COPY,
    /** {@code -> z}: z = r0. */
    FILL,
    /** {@code x, y -> z}: z = x + y, broadcast. */
    ADD,
    /** {@code x, y -> z}: z = x - y, broadcast. */
    SUBTRACT,
    /** {@code x, y -> z}: z = x y, element by element, broadcast. */
    MULTIPLY,
    /** {@code x, y -> z}: z = x / y, element by element, broadcast. */
    DIVIDE,
    /** {@code x, y -> z}: z = max(x, y), element by element, broadcast. */
    MAXIMUM,
    /** {@code x -> z}: z = r0 x. */
    SCALE,
    /** {@code x -> z}: z = x + r0. */
    SHIFT,
    /** {@code v -> z}: a vector v {@code [c]} is added to each row of z {@code [..., c]}, dense. */
    ADD_TO_ROWS,
    /** {@code x -> z}: z = f(x) with f the {@link UnaryFunction} i0 and its real r0. */
    FUNCTION,
    /** {@code x, y -> z}: z = f'(x), with y = f(x) known; as {@link #FUNCTION}. */
    FUNCTION_SLOPE,
    /** {@code x, y -> z}: z = f''(x), with y = f(x) known; as {@link #FUNCTION}, not for piecewise linear ones. */
    FUNCTION_SECOND_DERIVATIVE,
    /** {@code x -> z}: the softmax of each row of a dense matrix {@code [m, c]}. */
    SOFTMAX,
    /**
     * {@code x, mean, variance, gamma, beta -> z}: z = (x - mean) / sqrt(variance) * gamma + beta, vectors {@code [c]}
     * along the last axis of dense x and z.
     */
    NORMALIZE,
    /**
     * {@code x, y -> z}: z = a b + r0 z, with a = x or, where i0 is 1, x transposed, b likewise of y by i1. Matrices, or
     * stacks of as many matrices {@code [..., m, n]}. r0 is 0 or 1; where it is 0, z is not read.
     */
    MATMUL,
    /** {@code x -> z}: the sum over the axes i0, i1, ..., which z does not have. */
    SUM,
    /** {@code x0, x1, ... -> z}: the inputs one after another on axis i0. */
    CONCATENATE,
    /** {@code x -> z}: zeros around x: i0 before and i1 after it on axis 0, i2 and i3 on axis 1, and so on. */
    PAD,
    /** {@code x, rows -> z}: row k of z is row {@code rows[k]} of the matrix x; rows is INT {@code [m]}. */
    GATHER_ROWS,
    /** {@code x, places -> z}: element k of z is element {@code places[k]} of x, all dense; places is INT. */
    GATHER,
    /**
     * {@code x, starts, order -> z}: row r of z is the sum of the rows {@code order[starts[r]]} to {@code order[starts[r + 1] -
     * 1]} of x, formed in double in that order: the adjoint of {@link #GATHER_ROWS}. x and z are dense matrices; starts
     * and order are dense and INT, the first {@code [rows of z + 1]} and beginning with 0.
     */
    SCATTER_ROWS,
    /** {@code x, w, b? -> z}: z = x * w + b, the cross-correlation of images with filters under the window i0 to i8. */
    CONVOLUTION,
    /**
     * {@code x, w, d -> dx, dw}: the two adjoints of {@link #CONVOLUTION} applied to d, which has the shape of z. No
     * dilation. Where i9 is 0 dx is not wanted and may hold anything, likewise dw by i10.
     */
    CONVOLUTION_ADJOINT,
    /**
     * {@code x, w, b? -> z}: each channel of the images x convolved with a filter of its own, w {@code [height, width,
     * channels]}, under the window i0 to i8. All dense, no dilation.
     */
    DEPTHWISE_CONVOLUTION,
    /**
     * {@code x, d -> dw}: the adjoint of {@link #DEPTHWISE_CONVOLUTION} with respect to w, applied to d, which has the shape
     * of z. All dense, no dilation.
     */
    DEPTHWISE_WEIGHT_GRADIENT,
    /**
     * {@code x -> z}: the windows of dense images, one a row of z {@code [n h w, height width channels]}, with zeros in the
     * padding. Elements of a row of z are neighbours, rows need not be. No dilation. i9 and i10 are the rows h and columns w of windows an image.
     */
    UNROLL_WINDOWS,
    /**
     * {@code w -> z}: dense filters with each one turned around and input and output channels exchanged:
     * {@code z[i, j, out, in] = w[height - 1 - i, width - 1 - j, in, out]}.
     */
    TURN_FILTERS,
    /** {@code m -> w}: dense filters from their transposed matrix: {@code w[i, j, in, out] = m[out, (i width + j) in]}. */
    FILTERS_OF_OUTPUT_ROWS,
    /**
     * {@code m -> w}: dense filters from the matrix of turned ones: {@code w[i, j, in, out] = m[in, (k out)]}, k the place
     * of (height - 1 - i, width - 1 - j).
     */
    FILTERS_OF_TURNED_INPUT_ROWS,
    /** {@code x -> z}: the maximum of each window i0 to i8 of dense images; the first in row-major order on a tie. */
    MAX_POOL,
    /** {@code x, d -> dx}: each element of d goes to the place of its window's maximum in x, and adds up there. */
    MAX_POOL_ADJOINT,
    /**
     * {@code x -> places}: for each element of the output of {@link #MAX_POOL} the number of the element of dense x that
     * is the maximum. places is INT, dense, as long as that output; i9 and i10 are its rows and columns.
     */
    MAX_POOL_PLACES,
    /** {@code x -> z}: the mean of each window i0 to i8 of dense images; where i9 is 1 padding counts in the divisor. */
    AVERAGE_POOL,
    /** {@code x, d -> dx}: the adjoint of {@link #AVERAGE_POOL}; of x the shape alone matters. */
    AVERAGE_POOL_ADJOINT,
    /**
     * {@code a, labels, weights? -> sum}: sum = r0 sum_k w_k l(a_k, y_k) with l the {@link LossFunction} i0 and its real
     * r1, formed in double. a is {@code [n, size]}, dense; labels and weights are dense DOUBLE of its shape, no weights
     * are ones; an entry of weight 0 counts for nothing even where its loss is not finite. sum is DOUBLE {@code [1]}.
     */
    LOSS,
    /** {@code a, labels, weights? -> d}: d = r0 times the derivative of {@link #LOSS}'s sum with respect to a. */
    LOSS_SLOPE,
    /** {@code a, t, labels, weights? -> d}: d = the derivative of {@link #LOSS_SLOPE} along a tangent t of a. */
    LOSS_SECOND_DERIVATIVE,
    /**
     * {@code a, labels, mask? -> sum}: the mask's sum over correct predictions, DOUBLE {@code [1]}; without a mask their
     * number. Where i0 is 0 a row of a is right if its largest entry is where the labels' is (the first on a tie), and
     * counts with the largest mask of its entries; where i0 is 1 an entry is right if a &gt; r0 exactly where its label
     * is above 0.5.
     */
    COUNT_CORRECT,
    /**
     * {@code x, W, RW, b -> h, last h, last c}: long short-term memory over sequences x {@code [n, time, in]}, dense, to h
     * {@code [n, time, size]}, and its last output and cell {@code [n, size]}; weights {@code [in, 4 size]} and {@code [size,
     * 4 size]} and bias {@code [4 size]}, dense, with gates in the order write, forget, input, output of their columns: c = f c'
     * + w tanh, h = o tanh(c). From the last step to the first where i0 is 1. FLOAT alone, with
     * no axis of size 1, and not every executor {@linkplain KernelContext#knows knows} it.
     */
    LSTM,
    /**
     * {@code x, W, RW, b -> h, z, c, tanh c}: {@link #LSTM} step by step, x {@code [time, n, in]} to h {@code [time, n, size]}, for
     * weights whose gates are in the order input, forget, output, write of their columns. z {@code [4, time, n, size]} has the
     * gates after their functions, c the cells; nobody needs all three where h is the only output. All dense. From the last
     * step to the first where i0 is 1. For layers of a few units; not every executor knows it.
     *
     * @since 0.2.0
     */
    LSTM_STEPS,
    /**
     * {@code RW, f, s, b -> z, c, h}: the derivatives of cells c and outputs h of {@link #LSTM_STEPS} along a direction, with h'
     * and c' for the step before: z = z + h' RW, c = z_i s_i + z_f s_f + z_g s_g + c' f, h = z_o s_o + c b. z is added to and
     * s is {@code [4, time, n, size]}; f, b, c and h are {@code [time, n, size]}, all dense. i0 as there; not every executor
     * knows it.
     *
     * @since 0.2.0
     */
    LSTM_TANGENT_STEPS,
    /**
     * {@code RW, f, s, b -> z, c, h}: the adjoint of {@link #LSTM_TANGENT_STEPS}, with z_n, c_n and f_n for the step after: h = h +
     * z_n RW^T, c = c + h b + c_n f_n, z_o = z_o + h s_o, z_k = z_k + c s_k for the other gates. Shapes and i0 as there. h is
     * added to; so are z and c where i1 is 1, and where it is 0 they are not read. Not every executor knows it.
     *
     * @since 0.2.0
     */
    LSTM_ADJOINT_STEPS,
    /** A routine that is not listed here, by the name of its {@link HostRoutine}; it runs on the host. */
    HOST
}
