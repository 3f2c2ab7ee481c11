package org.thalweg.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What training leaves behind: in the network and in the thread's random generator. */
record TrainingOutcome(
        float[] parameters, float[] updaterState, long iterations, int epochs, List<Long> nextRandomNumbers) {

    /** Makes a network from a seed, which seeds this thread's generator too, and trains it. */
    static TrainingOutcome of(LongFunction<Model> maker, long seed, Consumer<Model> training) {
        Model model = maker.apply(seed);
        training.accept(model);
        List<Long> drawn = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            drawn.add(Nd4j.getRandom().nextLong());
        }
        return new TrainingOutcome(
                floats(model.params()),
                floats(((NeuralNetwork) model).updaterState()),
                WatchedNetwork.iterations(model),
                WatchedNetwork.epochs(model),
                drawn);
    }

    void requireSameAs(TrainingOutcome other, String how) {
        assertThat(parameters).as("parameters, %s", how).containsExactly(other.parameters);
        assertThat(updaterState).as("updater state, %s", how).containsExactly(other.updaterState);
        assertThat(iterations).as("iterations, %s", how).isEqualTo(other.iterations);
        assertThat(epochs).as("epochs, %s", how).isEqualTo(other.epochs);
        assertThat(nextRandomNumbers).as("random numbers, %s", how).isEqualTo(other.nextRandomNumbers);
    }

    private static float[] floats(INDArray array) {
        return array.dup('c').data().asFloat();
    }
}
