package org.thalweg.objective.network;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.objective.ParameterBlock;
import org.thalweg.objective.ParameterLayout;
import org.thalweg.objective.Probe;

/** The mean data loss of a detached network over the batches of a probe, and its gradient. */
record NetworkGradient(DetachedModel model, ParameterLayout layout, List<Probe> batches, int examples) {

    /** Start of the reason for a gradient with values that are not finite. */
    static final String NOT_FINITE = "not finite";

    /**
     * The reason why a gradient is not usable, naming the layer where backpropagation stops being finite; empty if the
     * gradient is finite.
     */
    Optional<String> notFinite(INDArray gradient) {
        if (Double.isFinite(gradient.sumNumber().doubleValue())) {
            return Optional.empty();
        }
        Set<String> finite = new LinkedHashSet<>();
        Set<String> others = new LinkedHashSet<>();
        for (ParameterBlock block : layout.trainable()) {
            boolean all = Double.isFinite(block.packed(gradient).sumNumber().doubleValue());
            (all ? finite : others).add(block.layer());
        }
        finite.removeAll(others);
        return Optional.of(NOT_FINITE + ": the gradient of " + model.blame(others, finite));
    }

    /** The same gradients in another data type, from a separate network. */
    NetworkGradient in(DataType type) {
        return new NetworkGradient(model.in(type), layout, batches, examples);
    }

    /**
     * The loss at other parameters.
     *
     * @param theta packed, {@code [P]}
     * @param flat the network's flat vector, for its constants; written to
     * @param training whether the network is in training mode
     */
    double lossAt(INDArray theta, INDArray flat, boolean training) {
        layout.unpack(theta, flat);
        model.setParameters(flat);
        double loss = 0;
        for (Probe batch : batches) {
            loss += model.loss(batch, training) * batch.size() / examples;
        }
        return loss;
    }

    /** The gradient at other parameters; see {@link #lossAt} and {@link #mean}. */
    INDArray meanAt(INDArray theta, INDArray flat) {
        layout.unpack(theta, flat);
        model.setParameters(flat);
        return mean();
    }

    /**
     * The gradient at the network's current parameters.
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
