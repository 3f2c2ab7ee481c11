package org.thalweg.objective.coverage;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.deeplearning4j.nn.conf.graph.UnstackVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.*;
import org.deeplearning4j.nn.conf.layers.convolutional.*;
import org.deeplearning4j.nn.conf.layers.misc.*;
import org.deeplearning4j.nn.conf.layers.objdetect.Yolo2OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.*;
import org.deeplearning4j.nn.conf.layers.util.*;
import org.deeplearning4j.nn.conf.layers.variational.VariationalAutoencoder;
import org.deeplearning4j.nn.conf.ocnn.OCNNOutputLayer;
import org.deeplearning4j.nn.layers.util.IdentityLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** An example of each of Deeplearning4j's layers. */
@SuppressWarnings({"deprecation", "rawtypes"
}) // Two of the layers are deprecated, and some builders have no usable type.
final class LayerExamples {

    private final List<CoverageExample> examples = new ArrayList<>();

    private LayerExamples() {
        flat();
        outputs();
        images();
        windows();
        recurrent();
        sequences();
        attention();
        volumes();
    }

    static List<CoverageExample> all() {
        return List.copyOf(new LayerExamples().examples);
    }

    private void flat() {
        between(Form.FLAT, () -> new DenseLayer.Builder().nOut(2).build());
        between(
                Form.FLAT,
                "with layer normalization",
                () -> new DenseLayer.Builder().nOut(3).hasLayerNorm(true).build());
        between(Form.FLAT, () -> new ActivationLayer(Activation.SIGMOID));
        between(Form.FLAT, () -> new DropoutLayer.Builder(0.5).build());
        between(Form.FLAT, () -> new BatchNormalization.Builder().build());
        between(Form.FLAT, () -> new AutoEncoder.Builder().nOut(2).build());
        between(
                Form.FLAT,
                () -> new VariationalAutoencoder.Builder()
                        .nOut(2)
                        .encoderLayerSizes(2)
                        .decoderLayerSizes(2)
                        .build());
        between(
                Form.FLAT,
                () -> new ElementWiseMultiplicationLayer.Builder()
                        .nIn(3)
                        .nOut(3)
                        .build());
        between(Form.FLAT, () -> new PReLULayer.Builder().inputShape(3).build());
        between(
                Form.FLAT,
                () -> new FrozenLayer(new DenseLayer.Builder().nOut(2).build()));
        between(
                Form.FLAT,
                () -> new FrozenLayerWithBackprop(
                        new DenseLayer.Builder().nOut(2).build()));
        between(Form.FLAT, () -> new IdentityLayer("same"));
        between(Form.FLAT, Form.SEQUENCE, "", () -> new RepeatVector.Builder(2).build());
        first(
                1,
                InputType.feedForward(3),
                Form.FLAT,
                () -> new EmbeddingLayer.Builder().nIn(3).nOut(2).build());
        first(
                4,
                InputType.recurrent(3, 4),
                Form.SEQUENCE,
                () -> new EmbeddingSequenceLayer.Builder()
                        .nIn(3)
                        .nOut(2)
                        .inputLength(4)
                        .build());
    }

    private void outputs() {
        output(
                Form.FLAT,
                3,
                Labels.ONE_HOT,
                () -> new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build());
        output(
                Form.FLAT,
                3,
                Labels.REAL,
                () -> new LossLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .build());
        // With alpha = lambda (n + 1) the update of a class of n examples would be its gradient.
        output(
                Form.FLAT,
                3,
                Labels.ONE_HOT,
                () -> new CenterLossOutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(3)
                        .lambda(0.1)
                        .alpha(0.2)
                        .activation(Activation.SOFTMAX)
                        .build());
        output(
                Form.FLAT,
                3,
                Labels.BITS,
                () -> new OCNNOutputLayer.Builder()
                        .nIn(3)
                        .hiddenLayerSize(2)
                        .initialRValue(10)
                        .activation(Activation.TANH.getActivationFunction())
                        .build());
        output(
                Form.SEQUENCE,
                3,
                Labels.ONE_HOT,
                () -> new RnnOutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build());
        output(
                Form.SEQUENCE,
                2,
                Labels.REAL,
                () -> new RnnLossLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .build());
        output(
                Form.IMAGE,
                2,
                Labels.REAL,
                () -> new CnnLossLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .build());
        output(
                Form.VOLUME,
                2,
                Labels.REAL,
                () -> new Cnn3DLossLayer.Builder(Convolution3D.DataFormat.NCDHW)
                        .lossFunction(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .build());
        output(
                Form.IMAGE,
                7,
                Labels.BOXES,
                () -> new Yolo2OutputLayer.Builder()
                        .boundingBoxPriors(Nd4j.createFromArray(new double[][] {{1, 1}}))
                        .build());
    }

    private void images() {
        between(Form.IMAGE, () -> new ConvolutionLayer.Builder(2, 2).nOut(2).build());
        between(
                Form.IMAGE,
                () -> renamed(
                        new Convolution2D(),
                        new ConvolutionLayer.Builder(2, 2).nOut(2).build()));
        between(Form.IMAGE, () -> new Deconvolution2D.Builder(2, 2).nOut(2).build());
        between(
                Form.IMAGE,
                () -> new DepthwiseConvolution2D.Builder(2, 2)
                        .depthMultiplier(2)
                        .build());
        between(
                Form.IMAGE,
                () -> new SeparableConvolution2D.Builder(2, 2).nOut(2).build());
        Supplier<Layer> across =
                () -> new LocalResponseNormalization.Builder().n(3).build();
        add(Form.IMAGE, "", Labels.REAL, across, List.of(() -> Form.IMAGE.before(4), across, Form.IMAGE::after));
        between(
                Form.IMAGE,
                () -> new LocallyConnected2D.Builder().kernelSize(2, 2).nOut(1).build());
        between(Form.IMAGE, Form.SEQUENCE, "", LayerExamples::primary);
        capsules(() -> new CapsuleLayer.Builder(2, 2, 2).build());
        capsules(() -> new CapsuleStrengthLayer.Builder().build());
    }

    private void windows() {
        for (SubsamplingLayer.PoolingType pool : SubsamplingLayer.PoolingType.values()) {
            between(
                    Form.IMAGE,
                    pool.name(),
                    () -> new SubsamplingLayer.Builder(pool)
                            .kernelSize(2, 2)
                            .stride(2, 2)
                            .pnorm(2)
                            .build());
        }
        between(
                Form.IMAGE,
                () -> renamed(
                        new Pooling2D(),
                        new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                                .kernelSize(2, 2)
                                .stride(2, 2)
                                .build()));
        for (PoolingType pool : PoolingType.values()) {
            between(
                    Form.IMAGE,
                    Form.FLAT,
                    pool.name(),
                    () -> new GlobalPoolingLayer.Builder(pool).pnorm(2).build());
        }
        between(Form.IMAGE, () -> new Upsampling2D.Builder(2).build());
        between(Form.IMAGE, () -> new ZeroPaddingLayer.Builder(1, 1).build());
        between(Form.IMAGE, () -> new Cropping2D.Builder(1, 1).build());
        between(Form.IMAGE, () -> new SpaceToDepthLayer.Builder(2, SpaceToDepthLayer.DataFormat.NCHW).build());
        // It makes four examples from each; the output takes the first.
        examples.add(new CoverageExample(
                SpaceToBatchLayer.class,
                "",
                random -> CoverageExample.graph(
                        random,
                        Form.IMAGE,
                        graph -> graph.addLayer("before", Form.IMAGE.before(2), "in")
                                .addLayer("space", new SpaceToBatchLayer.Builder(new int[] {2, 2}).build(), "before")
                                .addVertex("first", new UnstackVertex(0, 4), "space")
                                .addLayer("out", Form.IMAGE.after(), "first"))));
    }

    private void recurrent() {
        between(Form.SEQUENCE, () -> new LSTM.Builder().nOut(2).build());
        between(Form.SEQUENCE, () -> new GravesLSTM.Builder().nOut(2).build());
        between(
                Form.SEQUENCE,
                () -> new GravesBidirectionalLSTM.Builder().nOut(2).build());
        between(Form.SEQUENCE, () -> new SimpleRnn.Builder().nOut(2).build());
        between(
                Form.SEQUENCE,
                () -> new Bidirectional(new LSTM.Builder().nOut(2).build()));
        between(
                Form.SEQUENCE,
                Form.FLAT,
                "",
                () -> new LastTimeStep(new LSTM.Builder().nOut(2).build()));
        between(
                Form.SEQUENCE,
                () -> new TimeDistributed(new DenseLayer.Builder().nOut(2).build()));
        between(Form.SEQUENCE, MaskLayer::new);
        between(
                Form.SEQUENCE,
                () -> new MaskZeroLayer(new LSTM.Builder().nOut(2).build(), 0));
    }

    private void sequences() {
        between(Form.SEQUENCE, () -> new Convolution1DLayer.Builder(2).nOut(2).build());
        between(
                Form.SEQUENCE,
                () -> renamed(
                        new Convolution1D(),
                        new Convolution1DLayer.Builder(2).nOut(2).build()));
        between(
                Form.SEQUENCE,
                () -> new Subsampling1DLayer.Builder().kernelSize(2).stride(2).build());
        between(
                Form.SEQUENCE,
                () -> renamed(
                        new Pooling1D(),
                        new Subsampling1DLayer.Builder().kernelSize(2).stride(2).build()));
        between(Form.SEQUENCE, () -> new Upsampling1D.Builder(2).build());
        between(Form.SEQUENCE, () -> new ZeroPadding1DLayer.Builder(1).build());
        between(Form.SEQUENCE, () -> new Cropping1D.Builder(1).build());
        between(
                Form.SEQUENCE,
                () -> new LocallyConnected1D.Builder().kernelSize(2).nOut(2).build());
    }

    private void attention() {
        between(
                Form.SEQUENCE,
                () -> new SelfAttentionLayer.Builder()
                        .nOut(2)
                        .nHeads(1)
                        .projectInput(true)
                        .build());
        between(
                Form.SEQUENCE,
                () -> new LearnedSelfAttentionLayer.Builder()
                        .nOut(2)
                        .nHeads(1)
                        .nQueries(2)
                        .projectInput(true)
                        .build());
        between(
                Form.SEQUENCE,
                () -> new RecurrentAttentionLayer.Builder()
                        .nOut(2)
                        .nHeads(1)
                        .projectInput(true)
                        .build());
    }

    private void volumes() {
        between(Form.VOLUME, () -> new Convolution3D.Builder(2, 2, 2).nOut(1).build());
        between(
                Form.VOLUME,
                () -> new Deconvolution3D.Builder().kernelSize(2, 2, 2).nOut(1).build());
        between(
                Form.VOLUME,
                () -> new Subsampling3DLayer.Builder(Subsampling3DLayer.PoolingType.AVG)
                        .kernelSize(2, 2, 2)
                        .stride(1, 1, 1)
                        .build());
        between(Form.VOLUME, () -> new Upsampling3D.Builder(2).build());
        between(Form.VOLUME, () -> new ZeroPadding3DLayer.Builder(1).build());
        between(Form.VOLUME, () -> new Cropping3D.Builder(1, 0, 0).build());
    }

    private void between(Form form, Supplier<Layer> layer) {
        between(form, form, "", layer);
    }

    private void between(Form form, String variant, Supplier<Layer> layer) {
        between(form, form, variant, layer);
    }

    /** A layer after one of its input's form and before an output of its own. */
    private void between(Form in, Form out, String variant, Supplier<Layer> layer) {
        add(in, variant, Labels.REAL, layer, List.of(() -> in.before(in == Form.FLAT ? 3 : 2), layer, out::after));
    }

    private void output(Form form, int channels, Labels labels, Supplier<Layer> layer) {
        add(form, "", labels, layer, List.of(() -> form.before(channels), layer));
    }

    private void add(Form in, String variant, Labels labels, Supplier<Layer> layer, List<Supplier<Layer>> layers) {
        examples.add(new CoverageExample(
                layer.get().getClass(),
                variant,
                random -> CoverageExample.layers(random, in.type(), in.features(random), labels, layers)));
    }

    private void first(int words, InputType input, Form form, Supplier<Layer> layer) {
        examples.add(new CoverageExample(
                layer.get().getClass(),
                "",
                random -> CoverageExample.layers(
                        random, input, Form.words(random, words), Labels.REAL, List.of(layer, form::after))));
    }

    private void capsules(Supplier<Layer> layer) {
        Form out = layer.get() instanceof CapsuleStrengthLayer ? Form.FLAT : Form.SEQUENCE;
        add(Form.IMAGE, "", Labels.REAL, layer, List.of(LayerExamples::primary, layer, out::after));
    }

    private static Layer primary() {
        return new PrimaryCapsules.Builder(2, 1).kernelSize(3, 3).stride(1, 1).build();
    }

    /** An alias has no builder of its own: its fields are those of the original. */
    private static Layer renamed(Layer alias, Layer built) {
        try {
            for (Class<?> type = built.getClass(); type != Object.class; type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    if (!Modifier.isStatic(field.getModifiers())) {
                        field.setAccessible(true);
                        field.set(alias, field.get(built));
                    }
                }
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(alias.getClass().getName(), e);
        }
        return alias;
    }
}
