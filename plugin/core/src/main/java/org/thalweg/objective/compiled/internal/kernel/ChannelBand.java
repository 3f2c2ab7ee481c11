package org.thalweg.objective.compiled.internal.kernel;

import java.util.List;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.LinearKernel;
import org.thalweg.objective.compiled.spi.Tensor;

/**
 * Each channel's sum over its neighbours up to a distance, as a product with a band matrix of ones, which is its own
 * adjoint.
 */
public final class ChannelBand extends LinearKernel {

    private final int distance;

    /** @param distance to the farthest channel in the sum */
    public ChannelBand(int distance) {
        super(1);
        this.distance = distance;
    }

    @Override
    protected void map(KernelContext context, List<Tensor> inputs, Tensor output) {
        sum(context, inputs.get(0), output);
    }

    @Override
    protected void adjoint(KernelContext context, Tensor output, int i, Tensor input) {
        sum(context, output, input);
    }

    private void sum(KernelContext context, Tensor from, Tensor to) {
        int channels = (int) from.size(from.rank() - 1);
        Tensor band = context.ofHost("band", new long[] {channels, channels}, () -> band(channels));
        context.tape().matmul(from.rows(), false, band, false, to.rows());
    }

    private double[] band(int channels) {
        double[] band = new double[channels * channels];
        for (int i = 0; i < band.length; i++) {
            band[i] = Math.abs(i / channels - i % channels) <= distance ? 1 : 0;
        }
        return band;
    }
}
