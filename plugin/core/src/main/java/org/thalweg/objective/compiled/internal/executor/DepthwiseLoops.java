package org.thalweg.objective.compiled.internal.executor;

import org.thalweg.objective.compiled.internal.executor.Nd4jExecutor.Routine;
import org.thalweg.objective.compiled.internal.kernel.Window;
import org.thalweg.objective.compiled.spi.Instruction;
import org.thalweg.objective.compiled.spi.Op;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * {@link Op#DEPTHWISE_CONVOLUTION} and {@link Op#DEPTHWISE_WEIGHT_GRADIENT} on the host, a row of an image at a time.
 * ND4J's op is fast only in single precision, and computes the gradient of the filters only together with the images'.
 */
final class DepthwiseLoops {

    private final Window window;
    private final int examples;
    private final int height;
    private final int width;
    private final int channels;
    private final int outHeight;
    private final int outWidth;
    private final int top;
    private final int left;

    private DepthwiseLoops(Instruction instruction, Tensor images, Tensor outputs) {
        window = Window.of(instruction.integers());
        examples = (int) images.size(0);
        height = (int) images.size(1);
        width = (int) images.size(2);
        channels = (int) images.size(3);
        outHeight = (int) outputs.size(1);
        outWidth = (int) outputs.size(2);
        top = (int) window.firstRow(height);
        left = (int) window.firstColumn(width);
    }

    static Routine convolution(Instruction instruction, Nd4jExecutor executor) {
        DepthwiseLoops loops = new DepthwiseLoops(instruction, instruction.input(0), instruction.output(0));
        HostBuffer images = HostBuffer.of(executor, instruction.input(0));
        HostBuffer filters = HostBuffer.of(executor, instruction.input(1));
        HostBuffer bias = instruction.inputs().size() > 2 ? HostBuffer.of(executor, instruction.input(2)) : null;
        HostBuffer outputs = HostBuffer.of(executor, instruction.output(0));
        return () -> {
            double[] summands = bias == null ? new double[loops.channels] : bias.values();
            loops.convolve(images, loops.spread(filters.values()), summands, outputs);
        };
    }

    static Routine weightGradient(Instruction instruction, Nd4jExecutor executor) {
        DepthwiseLoops loops = new DepthwiseLoops(instruction, instruction.input(0), instruction.input(1));
        HostBuffer images = HostBuffer.of(executor, instruction.input(0));
        HostBuffer deltas = HostBuffer.of(executor, instruction.input(1));
        HostBuffer gradient = HostBuffer.of(executor, instruction.output(0));
        return () -> gradient.put(loops.gradient(images, deltas));
    }

    private int taps() {
        return window.height() * window.width();
    }

    /** Each tap's filters, repeated along a row of outputs. */
    private double[][] spread(double[] filters) {
        double[][] rows = new double[taps()][outWidth * channels];
        for (int tap = 0; tap < rows.length; tap++) {
            for (int x = 0; x < outWidth; x++) {
                System.arraycopy(filters, tap * channels, rows[tap], x * channels, channels);
            }
        }
        return rows;
    }

    private void convolve(HostBuffer images, double[][] filters, double[] bias, HostBuffer outputs) {
        images.fetch();
        outputs.fetch();
        double[] input = new double[width * channels];
        double[] output = new double[outWidth * channels];
        for (int n = 0; n < examples; n++) {
            for (int y = 0; y < outHeight; y++) {
                for (int x = 0; x < outWidth; x++) {
                    System.arraycopy(bias, 0, output, x * channels, channels);
                }
                for (int i = 0; i < window.height(); i++) {
                    int row = top + y * window.strideY() + i;
                    if (row >= 0 && row < height) {
                        images.readRow((n * height + row) * width * channels, input);
                        for (int j = 0; j < window.width(); j++) {
                            addProducts(input, filters[i * window.width() + j], j, output);
                        }
                    }
                }
                outputs.writeRow((n * outHeight + y) * outWidth * channels, output);
            }
        }
        outputs.changed();
    }

    private double[] gradient(HostBuffer images, HostBuffer deltas) {
        images.fetch();
        deltas.fetch();
        double[] input = new double[width * channels];
        double[] delta = new double[outWidth * channels];
        double[][] sums = new double[taps()][outWidth * channels];
        for (int n = 0; n < examples; n++) {
            for (int y = 0; y < outHeight; y++) {
                deltas.readRow((n * outHeight + y) * outWidth * channels, delta);
                for (int i = 0; i < window.height(); i++) {
                    int row = top + y * window.strideY() + i;
                    if (row >= 0 && row < height) {
                        images.readRow((n * height + row) * width * channels, input);
                        for (int j = 0; j < window.width(); j++) {
                            addProducts(input, delta, j, sums[i * window.width() + j]);
                        }
                    }
                }
            }
        }
        double[] gradient = new double[taps() * channels];
        for (int tap = 0; tap < sums.length; tap++) {
            for (int k = 0; k < sums[tap].length; k++) {
                gradient[tap * channels + k % channels] += sums[tap][k];
            }
        }
        return gradient;
    }

    /** sum[x] += input[x stride + left + tap] factor[x], for the outputs x of a row whose inputs are in the image. */
    private void addProducts(double[] input, double[] factor, int tap, double[] sum) {
        int stride = window.strideX();
        int shift = left + tap;
        int from = shift >= 0 ? 0 : (-shift + stride - 1) / stride;
        int to = Math.min(outWidth, (width - 1 - shift + stride) / stride);
        if (stride == 1) {
            addProducts(input, (from + shift) * channels, factor, from * channels, sum, (to - from) * channels);
        } else {
            for (int x = from; x < to; x++) {
                addProducts(input, (x * stride + shift) * channels, factor, x * channels, sum, channels);
            }
        }
    }

    private static void addProducts(double[] input, int first, double[] factor, int at, double[] sum, int length) {
        for (int k = 0; k < length; k++) {
            sum[at + k] += input[first + k] * factor[at + k];
        }
    }
}
