package org.thalweg.objective.compiled;

import java.util.SplittableRandom;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.testing.Seeds;

/** Random inputs, others in every run; the seed is in every message, so that a failure can be repeated. */
final class Fresh {

    private final long seed;
    private final SplittableRandom random;

    private Fresh(long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
    }

    static Fresh start() {
        return new Fresh(Seeds.fresh("compiled objective"));
    }

    /** The same again. */
    static Fresh of(long seed) {
        return new Fresh(seed);
    }

    long seed() {
        return seed;
    }

    /** Standard normal numbers. */
    INDArray normal(DataType type, long... shape) {
        INDArray array = Nd4j.createUninitialized(type, shape, 'c');
        for (long i = 0; i < array.length(); i++) {
            array.putScalar(i, gaussian());
        }
        return array;
    }

    /** Positive numbers between 0.1 and 1. */
    INDArray positive(DataType type, long... shape) {
        INDArray array = Nd4j.createUninitialized(type, shape, 'c');
        for (long i = 0; i < array.length(); i++) {
            array.putScalar(i, 0.1 + 0.9 * random.nextDouble());
        }
        return array;
    }

    /** A class an example. */
    INDArray oneHot(DataType type, int examples, int classes) {
        INDArray labels = Nd4j.zeros(type, examples, classes);
        for (int i = 0; i < examples; i++) {
            labels.putScalar(i, random.nextInt(classes), 1);
        }
        return labels;
    }

    /** A class a step of each sequence, {@code [N, C, T]}. */
    INDArray oneHotSteps(DataType type, int examples, int classes, int time) {
        INDArray rows = oneHot(type, examples * time, classes);
        return rows.reshape('c', examples, time, classes).permute(0, 2, 1).dup('c');
    }

    /** Zeros and ones, the first of them a one. */
    INDArray bits(DataType type, long... shape) {
        INDArray bits = Nd4j.createUninitialized(type, shape, 'c');
        for (long i = 0; i < bits.length(); i++) {
            bits.putScalar(i, i == 0 ? 1 : random.nextInt(2));
        }
        return bits;
    }

    /** Gives a network parameters and statistics that nothing about is special. */
    <M extends Model> M parameters(M network) {
        (network instanceof MultiLayerNetwork layers ? layers.paramTable() : ((ComputationGraph) network).paramTable())
                .forEach((key, array) -> {
                    INDArray values = normal(array.dataType(), array.shape());
                    if (key.endsWith("_gamma") || key.endsWith("_var")) {
                        array.assign(positive(array.dataType(), array.shape()).addi(0.5));
                    } else if (key.endsWith("_W")) {
                        double inputs = (double) array.length() / array.size(array.rank() == 2 ? 1 : 0);
                        array.assign(values.muli(0.8 / Math.sqrt(inputs)));
                    } else {
                        array.assign(values.muli(0.2));
                    }
                });
        return network;
    }

    double gaussian() {
        double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
        return radius * Math.cos(2 * Math.PI * random.nextDouble());
    }
}
