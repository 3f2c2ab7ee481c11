package org.thalweg.listener;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.krylov.EigenvalueQuery;
import org.thalweg.krylov.KrylovBudget;
import org.thalweg.krylov.Lanczos;
import org.thalweg.krylov.SpectralDensityOptions;
import org.thalweg.krylov.TraceOptions;
import org.thalweg.objective.Probe;
import org.thalweg.testing.Networks;
import org.thalweg.testing.StandardError;

/** Prints for several kinds of frames what the log says that they take, and what they do take, both in MB. Linux only. */
public final class MeteredTraining {

    private MeteredTraining() {}

    /** Takes the seed. */
    public static void main(String[] args) {
        long seed = Long.parseLong(args[0]);
        wide(seed, "eigenvalues", builder -> builder.curvature(few()));
        wide(seed, "steps", builder -> builder.curvature(few()).quantities(QuantityOptions.DEFAULT.withLastStep(true)));
        wide(seed, "surface", builder -> builder.eigenvalues(0));
        wide(
                seed,
                "estimators",
                builder -> builder.curvature(few().withTrace(new TraceOptions(12, 2, seed))
                        .withDensity(
                                SpectralDensityOptions.DEFAULT.withProbes(2).withSteps(24))));
        wide(seed, "reference", builder -> builder.curvature(few().withReference(true)));
        images(seed, "images", builder -> builder.curvature(few()));
        images(seed, "images-surface", builder -> builder.eigenvalues(0));
    }

    private static CurvatureOptions few() {
        return CurvatureOptions.DEFAULT
                .withEigenvalues(EigenvalueQuery.ofEachEnd(1))
                .withLanczos(Lanczos.DEFAULT.withBasisSize(12))
                .withBudget(KrylovBudget.DEFAULT.withProducts(24));
    }

    /** A quarter of a million parameters, few examples: vectors are all. */
    private static void wide(long seed, String name, UnaryOperator<LandscapeListenerBuilder> options) {
        NeuralNetConfiguration.ListBuilder layers = base(seed)
                .list()
                .layer(new DenseLayer.Builder().nIn(300).nOut(600).build())
                .layer(new DenseLayer.Builder().nOut(150).build())
                .layer(output());
        measure(name, layers.setInputType(InputType.feedForward(300)), Networks.data(16, seed, 300), options);
    }

    /** Few parameters, large activations. */
    private static void images(long seed, String name, UnaryOperator<LandscapeListenerBuilder> options) {
        NeuralNetConfiguration.ListBuilder layers = base(seed)
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3).nOut(8).build())
                .layer(new ConvolutionLayer.Builder(3, 3).nOut(8).build())
                .layer(output());
        measure(
                name,
                layers.setInputType(InputType.convolutional(32, 32, 1)),
                Networks.data(64, seed, 1, 32, 32),
                options);
    }

    private static NeuralNetConfiguration.Builder base(long seed) {
        return Networks.base(DataType.FLOAT, seed).updater(new Adam(1e-3));
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(3)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private static void measure(
            String name,
            NeuralNetConfiguration.ListBuilder layers,
            DataSet data,
            UnaryOperator<LandscapeListenerBuilder> options) {
        MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
        network.init();
        LandscapeListenerBuilder builder = LandscapeListener.builder(network)
                .probe(Probe.of(data))
                .schedule(Schedule.everyIterations(1))
                .pacing(EveryFrame.INLINE)
                .grid(3);
        LandscapeListener[] listener = new LandscapeListener[1];
        String said =
                StandardError.during(() -> listener[0] = options.apply(builder).build());
        double stated = Double.parseDouble(said.replaceAll("(?s).*computing a frame takes about ([0-9.]+) MB.*", "$1"));
        Mark mark = new Mark();
        try (LandscapeListener attached = listener[0]) {
            network.addListeners(mark, attached);
            network.fit(data);
            // What is kept from frame to frame is in use by now.
            network.fit(data);
            System.out.printf(
                    Locale.ROOT, "frame %s %.1f %.1f%n", name, stated, (status("VmHWM:") - mark.before) / 1e6);
        }
    }

    /** Notes what is in use before a frame is taken, and resets what was most. */
    private static final class Mark extends BaseTrainingListener {
        private long before;

        @Override
        public void iterationDone(Model model, int iteration, int epoch) {
            System.gc();
            before = status("VmRSS:");
            try {
                Files.writeString(Path.of("/proc/self/clear_refs"), "5");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Bytes that the kernel counts for this process. */
    private static long status(String name) {
        try {
            String line = Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(entry -> entry.startsWith(name))
                    .findFirst()
                    .orElseThrow();
            return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
