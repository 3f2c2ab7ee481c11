package org.thalweg.cuda;

import static org.thalweg.cuda.CudaOps.name;

import org.jspecify.annotations.Nullable;
import org.thalweg.objective.compiled.spi.Tensor;

/** Kernels of long vectors. */
final class VectorOps {

    private static final int THREADS = 128;

    /** Number of elements that one block sums. */
    private static final long SHARE = 128L * THREADS;

    private static final long MOST_SHARES = 64;

    private final DeviceBuffers buffers;

    VectorOps(DeviceBuffers buffers) {
        this.buffers = buffers;
    }

    /** The number of parts of an inner product. */
    static long shares(long length) {
        return Math.max(1, Math.min(MOST_SHARES, length / SHARE));
    }

    /**
     * The parts of inner products.
     *
     * @param rows dense {@code [k, n]}
     * @param y dense {@code [n]}
     * @param parts DOUBLE {@code [k, shares]}
     */
    Launch dots(Tensor rows, Tensor y, Tensor parts) {
        long shares = parts.size(1);
        KernelArguments arguments = new KernelArguments()
                .longs(y.length(), Launch.blocks(y.length(), shares), shares)
                .addresses(buffers.address(rows))
                .longs(rows.stride(0))
                .addresses(buffers.address(y), buffers.address(parts));
        return new Launch("dot_" + name(y), shares, rows.size(0), 1, THREADS, arguments);
    }

    /** {@code z = (first x + keep z) / divisor}; without x {@code z = keep z / divisor}. */
    Launch scaled(double first, @Nullable Tensor x, double keep, double divisor, Tensor z) {
        return launch(x, x == null ? 0 : 1, 0, first, keep, divisor, z.reshape(1, z.length()));
    }

    /**
     * {@code z = c rows + keep z}.
     *
     * @param coefficients DOUBLE {@code [m, k]}
     * @param rows {@code [k, n]}, or more rows
     * @param z {@code [m, n]}
     */
    Launch combined(Tensor coefficients, Tensor rows, double keep, Tensor z) {
        return launch(rows, coefficients.size(1), buffers.address(coefficients), 0, keep, 1, z);
    }

    private Launch launch(
            @Nullable Tensor x, long terms, long coefficients, double first, double keep, double divisor, Tensor z) {
        KernelArguments arguments = new KernelArguments()
                .longs(z.size(1))
                .integers(terms)
                .addresses(x == null ? 0 : buffers.address(x))
                .longs(x == null ? 0 : x.stride(0))
                .addresses(coefficients)
                .reals(first, keep, divisor)
                .addresses(buffers.address(z))
                .longs(z.stride(0));
        return new Launch(
                "combine_" + name(z),
                Launch.blocks(z.size(1), Launch.THREADS),
                z.size(0),
                1,
                Launch.THREADS,
                arguments);
    }
}
