package org.thalweg.cuda;

import static org.thalweg.cuda.CudaOps.name;

import java.util.List;
import org.thalweg.objective.compiled.spi.ElementType;
import org.thalweg.objective.compiled.spi.Instruction;
import org.thalweg.objective.compiled.spi.Op;
import org.thalweg.objective.compiled.spi.Tensor;

/** Kernels of convolutions and pooling. */
final class WindowOps {

    private static final int TILE_COLUMNS = 64;

    /** Number of pixels that one block sums for the gradient of weights. */
    private static final long PIXELS_PER_SPLIT = 1024;

    private static final long MOST_SPLITS = 256;

    private final KernelOperands operands;

    WindowOps(KernelOperands operands) {
        this.operands = operands;
    }

    Launch convolution(Instruction op) {
        Tensor x = op.input(0);
        Tensor weights = op.input(1);
        Tensor z = op.output(0);
        WindowGeometry window = WindowGeometry.of(op, x, z.size(1), z.size(2));
        KernelArguments arguments = window.convolution(z.size(3))
                .addresses(operands.address(x), operands.address(weights))
                .addresses(op.inputs().size() > 2 ? operands.address(op.input(2)) : 0)
                .addresses(operands.address(z))
                .longs(operands.distance(x), operands.distance(weights), biasDistance(op), operands.distance(z))
                .reals(0);
        return tiles("convolution_", z, window.windows(), z.size(3), operands.points(), arguments);
    }

    List<Launch> convolutionAdjoint(Instruction op) {
        Tensor x = op.input(0);
        Tensor weights = op.input(1);
        Tensor delta = op.input(2);
        WindowGeometry window = WindowGeometry.of(op, x, delta.size(1), delta.size(2));
        long channels = window.channels();
        KernelArguments toImages = window.convolution(delta.size(3))
                .addresses(operands.address(delta), operands.address(weights))
                .addresses(0, operands.address(op.output(0)))
                .longs(0, 0, 0, 0)
                .reals(0);
        long pixels = x.length() / channels;
        Launch images = tiles("convolution_to_images_", x, pixels, channels, 1, toImages);
        long splits = Math.max(1, Math.min(MOST_SPLITS, window.windows() / PIXELS_PER_SPLIT));
        long rows = weights.length() / weights.size(3);
        long parts = operands.scratch(splits * weights.length(), weights.type().bytes());
        KernelArguments toWeights = window.convolution(delta.size(3))
                .addresses(operands.address(x), operands.address(delta))
                .addresses(0, parts)
                .longs(0, 0, 0, 0)
                .reals(0)
                .integers(Launch.blocks(window.windows(), splits));
        KernelArguments sum = new KernelArguments()
                .longs(weights.length())
                .integers(splits)
                .addresses(parts, operands.address(op.output(1)));
        return List.of(
                images,
                tiles("convolution_to_weights_", weights, rows, delta.size(3), splits, toWeights),
                Launch.elements("sum_parts_" + name(weights), weights.length(), sum));
    }

    Launch depthwise(Instruction op) {
        Tensor z = op.output(0);
        long bias = op.inputs().size() > 2 ? operands.address(op.input(2)) : 0;
        KernelArguments arguments = WindowGeometry.of(op, op.input(0), z.size(1), z.size(2))
                .pooling(false)
                .addresses(operands.address(op.input(0)), operands.address(op.input(1)), bias, operands.address(z))
                .longs(operands.distance(op.input(0)), operands.distance(op.input(1)))
                .longs(biasDistance(op), operands.distance(z));
        return Launch.elements("depthwise_" + name(z), z.length(), operands.points(), arguments);
    }

    private long biasDistance(Instruction op) {
        return op.inputs().size() > 2 ? operands.distance(op.input(2)) : 0;
    }

    List<Launch> depthwiseWeightGradient(Instruction op) {
        Tensor delta = op.input(1);
        Tensor gradient = op.output(0);
        WindowGeometry window = WindowGeometry.of(op, op.input(0), delta.size(1), delta.size(2));
        long splits = Math.max(1, Math.min(MOST_SPLITS, window.windows() / PIXELS_PER_SPLIT));
        long share = Launch.blocks(window.windows(), splits);
        long parts =
                operands.scratch(splits * gradient.length(), gradient.type().bytes());
        KernelArguments toParts = window.windowed(share)
                .addresses(operands.address(op.input(0)), operands.address(delta), 0, parts)
                .longs(0, 0, 0, 0);
        KernelArguments sum = new KernelArguments()
                .longs(gradient.length())
                .integers(splits)
                .addresses(parts, operands.address(gradient));
        return List.of(
                new Launch(
                        "depthwise_to_weights_" + name(gradient),
                        Launch.blocks(gradient.length(), Launch.THREADS),
                        splits,
                        1,
                        Launch.THREADS,
                        toParts),
                Launch.elements("sum_parts_" + name(gradient), gradient.length(), sum));
    }

    private static Launch tiles(
            String kernel, Tensor typed, long rows, long columns, long depth, KernelArguments arguments) {
        int tileRows = typed.type() == ElementType.DOUBLE ? 64 : 128;
        return new Launch(
                kernel + name(typed),
                Launch.blocks(rows, tileRows),
                Launch.blocks(columns, TILE_COLUMNS),
                depth,
                Launch.THREADS,
                arguments);
    }

    Launch filters(Instruction op, int order) {
        Tensor z = op.output(0);
        // Sizes of the filters in their own order: x for rotated filters, otherwise z.
        Tensor filters = order == 0 ? op.input(0) : z;
        KernelArguments arguments = new KernelArguments()
                .integers(filters.size(0), filters.size(1), filters.size(2), filters.size(3), order)
                .addresses(operands.address(op.input(0)), operands.address(z))
                .longs(operands.distance(op.input(0)), operands.distance(z));
        return Launch.elements("rearrange_filters_" + name(z), z.length(), operands.points(), arguments);
    }

    Launch pooling(Instruction op) {
        Tensor x = op.input(0);
        Tensor z = op.output(0);
        boolean counted = op.op() == Op.MAX_POOL_PLACES || op.op() == Op.UNROLL_WINDOWS;
        long outHeight = counted ? op.integer(9) : z.size(1);
        long outWidth = counted ? op.integer(10) : z.size(2);
        WindowGeometry window = WindowGeometry.of(op, x, outHeight, outWidth);
        boolean places = op.op() == Op.MAX_POOL_PLACES;
        boolean countPadding = op.op() == Op.AVERAGE_POOL && op.integer(9) == 1;
        KernelArguments arguments = window.pooling(countPadding)
                .addresses(operands.address(x), 0, places ? 0 : operands.address(z), places ? operands.address(z) : 0)
                .longs(operands.distance(x), 0, operands.distance(z))
                .longs(op.op() == Op.UNROLL_WINDOWS ? z.stride(0) : 0);
        String kernel = switch (op.op()) {
            case AVERAGE_POOL -> "average_pool_";
            case UNROLL_WINDOWS -> "unroll_windows_";
            default -> "max_pool_";
        };
        return Launch.elements(kernel + name(x), z.length(), operands.points(), arguments);
    }

    Launch poolingAdjoint(Instruction op) {
        Tensor x = op.input(0);
        Tensor delta = op.input(1);
        WindowGeometry window = WindowGeometry.of(op, x, delta.size(1), delta.size(2));
        boolean mean = op.op() == Op.AVERAGE_POOL_ADJOINT;
        KernelArguments arguments = window.pooling(mean && op.integer(9) == 1)
                .addresses(operands.address(x), operands.address(delta), operands.address(op.output(0)), 0)
                .longs(operands.distance(x), operands.distance(delta), operands.distance(op.output(0)))
                .longs(0);
        String kernel = mean ? "average_pool_adjoint_" : "max_pool_adjoint_";
        return Launch.elements(kernel + name(x), x.length(), operands.points(), arguments);
    }
}
