package org.thalweg.objective.network;

import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PReLULayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.thalweg.objective.NetworkLayout;

/**
 * Gives a layer a copy of its input. Some of DL4J's layers overwrite their input, which another vertex may read, or
 * which may be the probe itself.
 */
final class InputCopy implements InputPreProcessor {

    private static final long serialVersionUID = 1;

    @JsonProperty
    private final @Nullable InputPreProcessor before;

    /** Also for DL4J, which converts a network to another type through JSON. */
    @JsonCreator
    private InputCopy(@JsonProperty("before") @Nullable InputPreProcessor before) {
        this.before = before;
    }

    /** The preprocessor that a layer needs: its own, followed by a copy where the layer overwrites its input. */
    static @Nullable InputPreProcessor forLayer(Layer layer, @Nullable InputPreProcessor present) {
        return overwritesItsInput(NetworkLayout.unwrapped(layer)) && !(present instanceof InputCopy)
                ? new InputCopy(present)
                : present;
    }

    /** Layers that overwrite their input outside training, in a FrozenLayer always; a DropoutLayer only with a mask. */
    private static boolean overwritesItsInput(Layer layer) {
        return layer instanceof ActivationLayer || layer instanceof PReLULayer || layer instanceof DropoutLayer;
    }

    @Override
    public INDArray preProcess(INDArray input, int miniBatchSize, LayerWorkspaceMgr workspaces) {
        INDArray processed = before == null ? input : before.preProcess(input, miniBatchSize, workspaces);
        return workspaces.dup(ArrayType.ACTIVATIONS, processed, processed.ordering());
    }

    @Override
    public INDArray backprop(INDArray output, int miniBatchSize, LayerWorkspaceMgr workspaces) {
        return before == null ? output : before.backprop(output, miniBatchSize, workspaces);
    }

    @Override
    @SuppressWarnings("MethodDoesntCallSuperMethod")
    public InputPreProcessor clone() {
        return new InputCopy(before == null ? null : before.clone());
    }

    @Override
    public InputType getOutputType(InputType inputType) {
        return before == null ? inputType : before.getOutputType(inputType);
    }

    @Override
    public Pair<INDArray, MaskState> feedForwardMaskArray(@Nullable INDArray mask, MaskState state, int miniBatchSize) {
        return before == null ? new Pair<>(mask, state) : before.feedForwardMaskArray(mask, state, miniBatchSize);
    }
}
