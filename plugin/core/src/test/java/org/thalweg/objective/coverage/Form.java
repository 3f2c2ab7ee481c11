package org.thalweg.objective.coverage;

import java.util.Random;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Cnn3DLossLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.thalweg.testing.Networks;

/** A form that activations have, with a small layer to go before and after the one that is looked at. */
@SuppressWarnings("ImmutableEnumChecker") // Nothing writes to them.
enum Form {
    FLAT(InputType.feedForward(3), 3) {
        @Override
        Layer before(int channels) {
            return new DenseLayer.Builder().nOut(channels).build();
        }
    },
    SEQUENCE(InputType.recurrent(2, 4), 2, 4) {
        @Override
        Layer before(int channels) {
            return new SimpleRnn.Builder().nOut(channels).build();
        }

        @Override
        Layer after() {
            return new RnnOutputLayer.Builder(LossFunction.MSE)
                    .nOut(2)
                    .activation(Activation.IDENTITY)
                    .build();
        }
    },
    IMAGE(InputType.convolutional(4, 4, 1), 1, 4, 4) {
        @Override
        Layer before(int channels) {
            return new ConvolutionLayer.Builder(1, 1).nOut(channels).build();
        }
    },
    VOLUME(InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, 3, 3, 3, 1), 1, 3, 3, 3) {
        @Override
        Layer before(int channels) {
            return new Convolution3D.Builder(1, 1, 1).nOut(channels).build();
        }

        @Override
        Layer after() {
            return new Cnn3DLossLayer.Builder(Convolution3D.DataFormat.NCDHW)
                    .lossFunction(LossFunction.MSE)
                    .activation(Activation.IDENTITY)
                    .build();
        }
    };

    private static final int EXAMPLES = 4;

    private final InputType type;
    private final long[] shape;

    Form(InputType type, long... shape) {
        this.type = type;
        this.shape = shape;
    }

    InputType type() {
        return type;
    }

    /** A layer that gives this form from itself. */
    abstract Layer before(int channels);

    /** An output layer, squared error of linear outputs. */
    Layer after() {
        return new OutputLayer.Builder(LossFunction.MSE)
                .nOut(2)
                .activation(Activation.IDENTITY)
                .build();
    }

    INDArray features(Random random) {
        long[] all = new long[shape.length + 1];
        all[0] = EXAMPLES;
        System.arraycopy(shape, 0, all, 1, shape.length);
        return Networks.normal(random, all);
    }

    /** Numbers of words below 3: one an example, or several. */
    static INDArray words(Random random, int each) {
        INDArray words = Nd4j.create(DataType.DOUBLE, EXAMPLES, each);
        for (long i = 0; i < words.length(); i++) {
            words.putScalar(i, random.nextInt(3));
        }
        return words;
    }
}
