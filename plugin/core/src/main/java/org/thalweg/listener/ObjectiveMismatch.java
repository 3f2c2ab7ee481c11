package org.thalweg.listener;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;
import org.nd4j.linalg.lossfunctions.impl.LossSparseMCXENT;
import org.thalweg.objective.NetworkLayout;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.objective.internal.LayerLoss;

/** Compares the function that training descends with the one in frames. */
final class ObjectiveMismatch {

    private static final double USUAL_SOFTMAX_CLIP = new LossMCXENT().getSoftmaxClipEps();

    private ObjectiveMismatch() {}

    /** The difference and the remedy, if there is one; empty if the functions are the same. */
    static Optional<String> find(Model model, ObjectiveOptions options) {
        Collection<Layer> layers = NetworkLayout.layers(model).values();
        if (truncates(model)) {
            return Optional.of(
                    "training descends the loss of pieces of sequences (truncated BPTT), frames show that of whole"
                            + " ones");
        }
        if (!options.regularized() && layers.stream().anyMatch(ObjectiveMismatch::penalized)) {
            return Optional.of(
                    "training descends the loss with its penalty: use ObjectiveOptions.withRegularized(true)");
        }
        if (options.mode() == ObjectiveMode.RUNNING
                && layers.stream().anyMatch(layer -> configuration(layer) instanceof BatchNormalization)) {
            return Optional.of(
                    "training normalizes by the statistics of its batches: use ObjectiveOptions.withMode(BATCH)");
        }
        if (options.mode() != ObjectiveMode.TRAINING
                && layers.stream().anyMatch(layer -> configuration(layer).getIDropout() != null)) {
            return Optional.of("training uses dropout: use ObjectiveOptions.withMode(TRAINING)");
        }
        if (layers.stream()
                .anyMatch(layer -> configuration(layer) instanceof BaseLayer base && base.getWeightNoise() != null)) {
            return Optional.of("training draws weight noise (DropConnect) at every pass");
        }
        if (layers.stream().anyMatch(ObjectiveMismatch::constrains)) {
            return Optional.of("training applies constraints to the weights after each step");
        }
        if (layers.stream().anyMatch(ObjectiveMismatch::normalizesGradients)) {
            return Optional.of("training does not follow the gradient but clips or normalizes it");
        }
        if (layers.stream().anyMatch(ObjectiveMismatch::isNoPlainDescent)) {
            return Optional.of("training sums over a batch instead of averaging, or searches along lines");
        }
        return Optional.empty();
    }

    /** The difference between DL4J's score of a batch and the measured loss; empty if there is none. */
    static Optional<String> score(Model model, ObjectiveOptions options) {
        Collection<Layer> layers = NetworkLayout.layers(model).values();
        List<String> differences = new ArrayList<>();
        if (!options.regularized() && layers.stream().anyMatch(ObjectiveMismatch::penalized)) {
            differences.add("adds penalties (l1, l2, weight decay)");
        }
        if (layers.stream().anyMatch(layer -> !layer.conf().isMiniBatch())) {
            differences.add("sums over the examples of a batch, whereas this is their mean");
        }
        if (truncates(model)) {
            differences.add("is that of a piece of each sequence (truncated BPTT), where this is of whole ones");
        }
        layers.stream()
                .map(layer -> LayerLoss.of(configuration(layer)))
                .flatMap(Optional::stream)
                .mapToDouble(ObjectiveMismatch::clip)
                .filter(clip -> clip > 0)
                .max()
                .ifPresent(clip -> differences.add(
                        "clips probabilities at " + clip + ", where this is the cross entropy without clipping"));
        return differences.isEmpty()
                ? Optional.empty()
                : Optional.of("thalweg.loss is not DL4J's score, which " + String.join(" and ", differences));
    }

    /** Where a cross entropy is clipped, if earlier than usual; 0 if not: the usual clip acts on hopeless predictions alone. */
    private static double clip(ILossFunction loss) {
        Class<?> type = loss.getClass();
        if (type == LossBinaryXENT.class) {
            double clip = ((LossBinaryXENT) loss).getClipEps();
            return clip > LossBinaryXENT.DEFAULT_CLIPPING_EPSILON ? clip : 0;
        }
        if (type == LossMCXENT.class || type == LossNegativeLogLikelihood.class || type == LossSparseMCXENT.class) {
            double clip = ((LossMCXENT) loss).getSoftmaxClipEps();
            return clip > USUAL_SOFTMAX_CLIP ? clip : 0;
        }
        return 0;
    }

    private static boolean truncates(Model model) {
        BackpropType type = model instanceof MultiLayerNetwork network
                ? network.getLayerWiseConfigurations().getBackpropType()
                : ((ComputationGraph) model).getConfiguration().getBackpropType();
        return type == BackpropType.TruncatedBPTT;
    }

    private static org.deeplearning4j.nn.conf.layers.Layer configuration(Layer layer) {
        return NetworkLayout.unwrapped(layer.conf().getLayer());
    }

    private static boolean penalized(Layer layer) {
        return layer.paramTable().keySet().stream().anyMatch(name -> {
            List<?> penalties = layer.conf().getLayer().getRegularizationByParam(name);
            return penalties != null && !penalties.isEmpty();
        });
    }

    private static boolean constrains(Layer layer) {
        List<?> constraints = configuration(layer).getConstraints();
        return constraints != null && !constraints.isEmpty();
    }

    private static boolean normalizesGradients(Layer layer) {
        return configuration(layer) instanceof BaseLayer base
                && base.getGradientNormalization() != null
                && base.getGradientNormalization() != GradientNormalization.None;
    }

    private static boolean isNoPlainDescent(Layer layer) {
        return !layer.conf().isMiniBatch()
                || layer.conf().getOptimizationAlgo() != OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT;
    }
}
