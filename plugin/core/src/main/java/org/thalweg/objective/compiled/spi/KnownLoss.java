package org.thalweg.objective.compiled.spi;

import java.util.ArrayList;
import java.util.List;

/**
 * A {@link LossFunction} with its parameter.
 *
 * @param function which
 * @param parameter its real
 */
record KnownLoss(LossFunction function, double parameter) implements OutputLoss {

    @Override
    public double weight(double mask) {
        return function == LossFunction.SQUARED_HINGE ? mask * mask : mask;
    }

    @Override
    public void value(LossContext context) {
        record(context, Op.LOSS, List.of(context.outputs()), context.loss());
    }

    @Override
    public void slope(LossContext context) {
        record(context, Op.LOSS_SLOPE, List.of(context.outputs()), context.delta());
    }

    @Override
    public void secondDerivative(LossContext context) {
        record(
                context,
                Op.LOSS_SECOND_DERIVATIVE,
                List.of(context.outputs(), context.tangent()),
                context.deltaTangent());
    }

    private void record(LossContext context, Op op, List<Tensor> outputs, Tensor result) {
        List<Tensor> inputs = new ArrayList<>(outputs);
        inputs.add(context.labels());
        Tensor weights = context.weights();
        if (weights != null) {
            inputs.add(weights);
        }
        context.tape().loss(op, function, context.scale(), parameter, inputs, result);
    }
}
