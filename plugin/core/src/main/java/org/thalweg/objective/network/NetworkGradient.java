package org.thalweg.objective.network;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.objective.ParameterLayout;
import org.thalweg.objective.Probe;

/** NetworkGradient of the mean data loss of a detached network over the batches of a probe. */
record NetworkGradient(DetachedModel model, ParameterLayout layout, List<Probe> batches, int examples) {

    /** The same gradients computed in another data type, on a network of its own. */
    NetworkGradient in(DataType type) {
        return new NetworkGradient(model.in(type), layout, batches, examples);
    }

    /**
     * The gradient at the parameters that the network has now.
     *
     * @return packed, {@code [P]}, double; batches are summed in double
     */
    INDArray mean() {
        INDArray sum = Nd4j.zeros(DataType.DOUBLE, layout.parameters());
        for (Probe batch : batches) {
            try (INDArray gradient = layout.pack(model.gradientOfSum(batch))) {
                sum.addi(gradient.castTo(DataType.DOUBLE));
            }
        }
        return sum.divi(examples);
    }
}
