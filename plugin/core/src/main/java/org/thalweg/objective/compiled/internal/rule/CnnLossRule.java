package org.thalweg.objective.compiled.internal.rule;

import java.util.Set;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.Cnn3DLossLayer;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossHinge;
import org.nd4j.linalg.lossfunctions.impl.LossKLD;
import org.nd4j.linalg.lossfunctions.impl.LossL1;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMAPE;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossMSLE;
import org.nd4j.linalg.lossfunctions.impl.LossPoisson;
import org.nd4j.linalg.lossfunctions.impl.LossSquaredHinge;
import org.nd4j.linalg.lossfunctions.impl.LossWasserstein;
import org.thalweg.objective.compiled.spi.LayerRule;
import org.thalweg.objective.compiled.spi.LayerScope;
import org.thalweg.objective.compiled.spi.Value;

/** Losses at each pixel of images or volumes. */
public final class CnnLossRule implements LayerRule {

    private static final Set<Class<? extends ILossFunction>> SUMS = Set.of(
            LossL1.class,
            LossL2.class,
            LossBinaryXENT.class,
            LossHinge.class,
            LossSquaredHinge.class,
            LossKLD.class,
            LossPoisson.class);
    private static final Set<Class<? extends ILossFunction>> MEANS =
            Set.of(LossMAE.class, LossMSE.class, LossMAPE.class, LossMSLE.class, LossWasserstein.class);

    @Override
    public Set<Class<? extends Layer>> layers() {
        return Set.of(CnnLossLayer.class, Cnn3DLossLayer.class);
    }

    @Override
    public Value compile(LayerScope scope, Value input) {
        if (scope.layer() instanceof CnnLossLayer layer) {
            Value images = scope.images(input);
            if (layer.getFormat() == CNN2DFormat.NHWC) {
                requireScore(scope, layer, images);
            }
            return scope.lossOf(images, layer.getActivationFn(), layer.getLossFn());
        }
        Cnn3DLossLayer layer = scope.as(Cnn3DLossLayer.class);
        return scope.lossOf(scope.volumes(input), layer.getActivationFn(), layer.getLossFn());
    }

    /**
     * DL4J's score of NHWC images takes rows for channels, while its gradient does not. Both are of one function if the
     * loss is a sum over entries that treats all alike, or a mean of images as high as they have channels.
     */
    private static void requireScore(LayerScope scope, CnnLossLayer layer, Value images) {
        ILossFunction loss = layer.getLossFn();
        boolean alike = SUMS.contains(loss.getClass())
                || (MEANS.contains(loss.getClass()) && images.size(0) == images.channels());
        if (!alike || weighted(loss) || layer.getActivationFn() instanceof ActivationSoftmax) {
            throw scope.unsupported("is a CnnLossLayer in the format NHWC with "
                    + loss.getClass().getSimpleName() + " of "
                    + layer.getActivationFn().getClass().getSimpleName() + ", whose score Deeplearning4j computes with"
                    + " rows for channels, and its gradient with channels; use NCHW");
        }
    }

    private static boolean weighted(ILossFunction loss) {
        return (loss instanceof LossL1 absolute && absolute.getWeights() != null)
                || (loss instanceof LossL2 squared && squared.getWeights() != null)
                || (loss instanceof LossMAPE relative && relative.getWeights() != null)
                || (loss instanceof LossMSLE logarithmic && logarithmic.getWeights() != null)
                || (loss instanceof LossBinaryXENT cross && cross.getWeights() != null);
    }
}
