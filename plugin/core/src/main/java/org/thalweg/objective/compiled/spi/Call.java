package org.thalweg.objective.compiled.spi;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One ND4J op on fixed arrays. Op and context are made once and kept, so that a run allocates nothing and costs a
 * microsecond instead of ten.
 */
public final class Call implements Instruction {

    private final DynamicCustomOp op;
    private final OpContext context;

    Call(String name, INDArray[] inputs, INDArray[] outputs, double[] reals, long[] integers, boolean[] flags) {
        op = DynamicCustomOp.builder(name).build();
        context = Nd4j.getExecutioner().buildContext();
        context.setInputArrays(inputs);
        context.setOutputArrays(outputs);
        context.setTArguments(reals);
        context.setIArguments(integers);
        context.setBArguments(flags);
    }

    @Override
    public void run() {
        Nd4j.getExecutioner().exec(op, context);
    }

    @Override
    public void close() {
        try {
            context.close();
        } catch (Exception e) {
            throw new IllegalStateException("could not free the context of op " + op.opName(), e);
        }
    }
}
