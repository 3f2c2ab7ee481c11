package org.thalweg.objective.compiled.internal.kernel;

import java.util.ArrayList;
import java.util.List;
import org.thalweg.objective.compiled.spi.KernelContext;
import org.thalweg.objective.compiled.spi.Tape;
import org.thalweg.objective.compiled.spi.Tensor;

/** The memory of {@link Jet}s: the same tensors for every piece of a batch. */
final class JetMemory {

    private final KernelContext context;
    private final int order;
    private final long[] shape;
    private final List<Tensor> tensors = new ArrayList<>();
    private long examples;
    private int taken;

    /**
     * @param order the number of derivatives
     * @param shape of the largest piece
     */
    JetMemory(KernelContext context, int order, long[] shape) {
        this.context = context;
        this.order = order;
        this.shape = shape.clone();
    }

    int order() {
        return order;
    }

    Tape tape() {
        return context.tape();
    }

    /** x itself for the next piece; frees what the previous piece took. */
    Jet variable(Tensor x) {
        examples = x.size(0);
        taken = 0;
        if (order == 0) {
            return new Jet(this, x, null, null);
        }
        Tensor one = take();
        tape().fill(1, one);
        return new Jet(this, x, one, null);
    }

    Tensor take() {
        if (taken == tensors.size()) {
            tensors.add(context.scratch(shape));
        }
        return tensors.get(taken++).slice(0, 0, examples);
    }
}
