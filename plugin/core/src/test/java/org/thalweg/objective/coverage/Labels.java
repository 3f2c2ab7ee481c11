package org.thalweg.objective.coverage;

import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.thalweg.testing.Networks;

/** Random labels of the kinds that losses take, in {@code DOUBLE}. */
enum Labels {
    /** Any numbers. */
    REAL {
        @Override
        INDArray draw(Random random, long... outputs) {
            return Networks.normal(random, outputs);
        }
    },
    POSITIVE {
        @Override
        INDArray draw(Random random, long... outputs) {
            return Nd4j.math.abs(Networks.normal(random, outputs)).addi(0.1);
        }
    },
    /** 0 or 1. */
    BITS {
        @Override
        INDArray draw(Random random, long... outputs) {
            return Networks.normal(random, outputs).gt(0).castTo(DataType.DOUBLE);
        }
    },
    /** -1 or 1. */
    SIGNS {
        @Override
        INDArray draw(Random random, long... outputs) {
            return BITS.draw(random, outputs).muli(2).subi(1);
        }
    },
    ONE_HOT {
        @Override
        INDArray draw(Random random, long... outputs) {
            INDArray values = Networks.normal(random, outputs);
            INDArray largest = values.max(true, 1);
            return values.sub(largest.broadcast(outputs)).gte(0).castTo(DataType.DOUBLE);
        }
    },
    /** Probabilities that add up to 1. */
    DISTRIBUTION {
        @Override
        INDArray draw(Random random, long... outputs) {
            return Nd4j.nn.softmax(Networks.normal(random, outputs), 1);
        }
    },
    /** Numbers of classes, one an example. */
    CLASSES {
        @Override
        INDArray draw(Random random, long... outputs) {
            INDArray classes = Nd4j.create(DataType.DOUBLE, outputs[0], 1);
            for (long i = 0; i < outputs[0]; i++) {
                classes.putScalar(i, random.nextInt((int) outputs[1]));
            }
            return classes;
        }
    },
    /** Two numbers an example, whatever the output. */
    PAIR {
        @Override
        INDArray draw(Random random, long... outputs) {
            return Networks.normal(random, outputs[0], 2);
        }
    },
    /** At least one class an example and at least one that is not. */
    MULTI {
        @Override
        INDArray draw(Random random, long... outputs) {
            INDArray bits = BITS.draw(random, outputs);
            for (long i = 0; i < outputs[0]; i++) {
                bits.putScalar(i, 0, 0);
                bits.putScalar(i, 1, 1);
            }
            return bits;
        }
    },
    /** A box in one cell of each image and its class: 4 + 2 channels. */
    BOXES {
        @Override
        INDArray draw(Random random, long... outputs) {
            INDArray boxes = Nd4j.zeros(DataType.DOUBLE, outputs[0], 6, outputs[2], outputs[3]);
            for (int i = 0; i < outputs[0]; i++) {
                for (int c = 0; c < 4; c++) {
                    boxes.putScalar(new int[] {i, c, 1, 2}, c < 2 ? 1.2 : 2.4);
                }
                boxes.putScalar(new int[] {i, 4 + random.nextInt(2), 1, 2}, 1);
            }
            return boxes;
        }
    };

    /**
     * Draws them.
     *
     * @param outputs shape of the network's output
     */
    abstract INDArray draw(Random random, long... outputs);
}
