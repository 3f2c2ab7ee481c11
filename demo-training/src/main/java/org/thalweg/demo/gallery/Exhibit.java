package org.thalweg.demo.gallery;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.learning.config.Adam;
import org.thalweg.demo.Console;
import org.thalweg.demo.MonitoredTraining;
import org.thalweg.demo.data.Batches;
import org.thalweg.demo.data.ImageSplit;
import org.thalweg.demo.data.LabelledImages;
import org.thalweg.demo.network.ConvolutionalNetwork;
import org.thalweg.demo.network.Inception;
import org.thalweg.demo.network.MobileNet;
import org.thalweg.demo.network.ResidualNetwork;
import org.thalweg.listener.SurfaceOptions;
import org.thalweg.objective.Probe;

/** The networks of the gallery. All are trained on the same images by the same optimizer, for as many epochs. */
enum Exhibit {
    /** A MobileNetV2. */
    MOBILENET_V2 {
        @Override
        Model network(LabelledImages images, int width, long seed) {
            return new ComputationGraph(MobileNet.configuration(images, adam(), seed));
        }
    },
    /** An Inception network. */
    INCEPTION {
        @Override
        Model network(LabelledImages images, int width, long seed) {
            return new ComputationGraph(new Inception(width / 2, 2).configuration(images, adam(), seed));
        }
    },
    /** A residual network of 14 layers. */
    RESNET_14 {
        @Override
        Model network(LabelledImages images, int width, long seed) {
            return residual(images, width, true, seed);
        }
    },
    /** A VGG without BatchNorm. */
    VGG {
        @Override
        Model network(LabelledImages images, int width, long seed) {
            return vgg(images, width, false, seed);
        }
    },
    /** The same VGG with BatchNorm. */
    VGG_BATCHNORM {
        @Override
        Model network(LabelledImages images, int width, long seed) {
            return vgg(images, width, true, seed);
        }
    },
    /** The residual network without its shortcuts. */
    PLAIN_14 {
        @Override
        Model network(LabelledImages images, int width, long seed) {
            return residual(images, width, false, seed);
        }
    };

    private static final int BATCH = 64;
    private static final double LEARNING_RATE = 2e-3;
    private static final int BLOCKS = 2;

    /**
     * The network, not yet initialized.
     *
     * @param width filters of the first stage, where the network has a choice
     * @param seed seed of the weights
     */
    abstract Model network(LabelledImages images, int width, long seed);

    /** Names its run: {@code vgg-batchnorm}. */
    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Trains it, and draws the plane through its weights.
     *
     * @param run receives its frame
     */
    void show(ImageSplit images, Gallery.Size size, long seed, Path run, Console console) {
        LabelledImages training = images.training();
        Model network = network(training, size.width(), seed);
        network.init();
        console.line(String.format(
                Locale.ROOT,
                "%s: %,d parameters, %d epochs of %,d images: %s",
                title(),
                network.numParams(),
                size.epochs(),
                training.size(),
                training.source()));
        Batches batches = new Batches(training, BATCH, seed);
        for (int epoch = 0; epoch < size.epochs(); epoch++) {
            ((NeuralNetwork) network).fit(batches.epoch(epoch, batches.perEpoch()));
        }
        Probe probe = batches.probe(size.probe());
        Probe held = new Batches(images.validation().orElseThrow(), BATCH, seed).probe(size.probe());
        MonitoredTraining.look(
                network,
                to -> to.probe(probe)
                        .validation(held)
                        .surface(SurfaceOptions.DEFAULT.withGrid(size.grid(), 1).withSeed(seed))
                        .curvature(MonitoredTraining.EXTREMES)
                        .recordTo(run));
    }

    private static Model residual(LabelledImages images, int width, boolean shortcuts, long seed) {
        return new ComputationGraph(
                new ResidualNetwork(BLOCKS, width, shortcuts).configuration(images, adam(), 0, seed));
    }

    private static Model vgg(LabelledImages images, int width, boolean batchNorm, long seed) {
        return new MultiLayerNetwork(new ConvolutionalNetwork(List.of(width, 2 * width), batchNorm, false)
                .configuration(images, adam(), 0, seed));
    }

    private static Adam adam() {
        return new Adam(LEARNING_RATE);
    }
}
