package org.thalweg.objective.compiled.internal.kernel;

import java.util.List;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.LinearKernel;
import org.thalweg.objective.compiled.spi.Tensor;
import org.thalweg.objective.compiled.spi.Value;

/** y = f x, element by element, with constants f from the configuration along the last axes of an example. */
public final class FixedScaling extends LinearKernel {

    private final double[] factors;
    private final long[] shape;

    /**
     * @param factors f, row-major
     * @param shape of f
     */
    public FixedScaling(double[] factors, long... shape) {
        super(1);
        this.factors = factors.clone();
        this.shape = shape.clone();
    }

    @Override
    public boolean acceptsView(Value input) {
        return true;
    }

    @Override
    protected void map(KernelContext context, List<Tensor> inputs, Tensor output) {
        multiply(context, inputs.get(0), output);
    }

    @Override
    protected void adjoint(KernelContext context, Tensor output, int i, Tensor input) {
        multiply(context, output, input);
    }

    private void multiply(KernelContext context, Tensor x, Tensor y) {
        context.tape().multiply(x, context.ofHost("factors", shape, factors::clone), y);
    }
}
