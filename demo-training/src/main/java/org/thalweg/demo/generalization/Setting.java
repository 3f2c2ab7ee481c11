package org.thalweg.demo.generalization;

import java.util.List;
import java.util.Locale;

/**
 * One network's training.
 *
 * @param batch examples in a batch
 * @param learningRate of gradient descent with momentum
 * @param decay strength of weight decay
 * @param seed seed of the first weights and of the batches
 */
record Setting(int batch, double learningRate, double decay, int seed) {

    /** Names of the hyperparameters, in the order of {@link #values}. */
    static final List<String> HYPERPARAMETERS = List.of("batch size", "learning rate", "decay", "seed");

    List<Number> values() {
        return List.of(batch, learningRate, decay, seed);
    }

    /** Name of its run. */
    String name() {
        return String.format(
                Locale.ROOT,
                "batch%d-lr%s-decay%s-seed%d",
                batch,
                Double.toString(learningRate),
                decay == 0 ? "0" : String.format(Locale.ROOT, "%.0e", decay).replace("e-0", "e-"),
                seed);
    }
}
