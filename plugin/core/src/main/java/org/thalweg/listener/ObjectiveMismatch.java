package org.thalweg.listener;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.thalweg.objective.NetworkLayout;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.ObjectiveOptions;

/** Compares the function that training descends with the one that is looked at. */
final class ObjectiveMismatch {

    private ObjectiveMismatch() {}

    /** What is different, and what to do where something can be done; empty if they are the same. */
    static Optional<String> find(Model model, ObjectiveOptions options) {
        Collection<Layer> layers = NetworkLayout.layers(model).values();
        if (!options.regularized() && layers.stream().anyMatch(ObjectiveMismatch::penalized)) {
            return Optional.of(
                    "training descends the loss with its penalty, use ObjectiveOptions.withRegularized(true)");
        }
        if (options.mode() == ObjectiveMode.RUNNING
                && layers.stream().anyMatch(layer -> configuration(layer) instanceof BatchNormalization)) {
            return Optional.of(
                    "training normalizes by the statistics of its batches, use ObjectiveOptions.withMode(BATCH)");
        }
        if (options.mode() != ObjectiveMode.TRAINING
                && layers.stream().anyMatch(layer -> configuration(layer).getIDropout() != null)) {
            return Optional.of("training drops out, use ObjectiveOptions.withMode(TRAINING)");
        }
        if (layers.stream().anyMatch(ObjectiveMismatch::normalizesGradients)) {
            return Optional.of("training does not follow the gradient but clips or normalizes it");
        }
        if (layers.stream().anyMatch(ObjectiveMismatch::isNoPlainDescent)) {
            return Optional.of("training sums over a batch instead of averaging, or searches along lines");
        }
        return Optional.empty();
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
