package org.thalweg.demo;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.evaluation.classification.Evaluation;
import org.thalweg.demo.data.Batches;
import org.thalweg.frame.FrameSink;
import org.thalweg.listener.LandscapeListener;
import org.thalweg.recording.RunReader;
import org.thalweg.recording.internal.FileErrors;
import org.thalweg.recording.internal.RunLock;
import org.thalweg.viewer.PageFile;
import org.thalweg.viewer.ViewerOptions;
import org.thalweg.viewer.ViewerSink;

/**
 * Trains a network, with or without Thalweg, and reports to the console.
 *
 * @param scenario name of the scenario and of the run
 * @param title name of the network for people
 * @param network a {@link MultiLayerNetwork} or {@link ComputationGraph}, initialized, untrained or to be trained further
 * @param training training data
 * @param validation examples that training never sees, if any
 * @param options length of training, contents of frames, directory
 * @param console where to report
 */
public record TrainingRun(
        String scenario,
        String title,
        Model network,
        Batches training,
        Optional<Batches> validation,
        TrainingOptions options,
        Console console) {

    /**
     * Trains, or continues to train, to the end.
     *
     * @throws IOException if the run cannot be written or continued, or a port is in use; nothing is written then
     */
    public void run() throws IOException {
        if (options.resume().isEmpty()) {
            run(OutputDirectory.require(options.out().orElseGet(() -> OutputDirectory.byDefault(scenario))));
            return;
        }
        OutputDirectory out = OutputDirectory.existing(options.resume().get());
        NetworkIdentity.requireSame(
                RunReader.open(out.path()), network, training.examples().source());
        Model saved = out.restore();
        if (iterationsOf(saved) >= iterations()) {
            throw new IOException("the run in " + out.path() + " is already at iteration " + iterationsOf(saved)
                    + " and cannot continue to " + iterations() + ": raise --epochs or --iterations");
        }
        new TrainingRun(scenario, title, saved, training, validation, options, console).run(out);
    }

    private void run(OutputDirectory out) throws IOException {
        FrameTable frames;
        double seconds;
        Optional<MetricsServer> metrics = metricsServer();
        Optional<ViewerSink> page = Optional.empty();
        try {
            page = page(out);
            out.create();
            Plan plan = new Plan(this, out, metrics.map(MetricsServer::url), page.map(ViewerSink::address));
            frames = new FrameTable(console, plan::print);
            List<FrameSink> sinks =
                    Stream.concat(Stream.of(frames), page.stream()).toList();
            seconds = train(out, metrics.map(MetricsServer::registry), sinks, plan);
        } finally {
            metrics.ifPresent(MetricsServer::close);
            if (page.isPresent()) {
                page.get().close();
            }
        }
        summary(out, frames.rows(), seconds);
        if (options.films()) {
            Films.DEFAULT.make(out.path(), console);
        }
        if (options.pagePort().isPresent()) {
            savePage(out);
        }
    }

    /** The served page ends with the process. The run is already safe, so a page that fails is only reported. */
    private void savePage(OutputDirectory out) {
        try {
            Path file = out.path().resolve("page.html");
            PageFile.write(file, List.of(RunReader.open(out.path())));
            console.line("page: " + file + ", for any browser; the served one ends now");
        } catch (IOException e) {
            console.line("page: no page.html: " + FileErrors.message(e));
        }
    }

    /** Share of labels that the network predicts, at all steps of sequences whose steps have labels. */
    private double accuracy(Batches held) {
        Evaluation evaluation = new Evaluation();
        ((NeuralNetwork) network).doEvaluation(held.epoch(0, held.perEpoch()), evaluation);
        return evaluation.accuracy();
    }

    private static int iterationsOf(Model network) {
        return network instanceof MultiLayerNetwork layers
                ? layers.getIterationCount()
                : ((ComputationGraph) network).getIterationCount();
    }

    /** Number of iterations at the end of training. */
    long iterations() {
        return options.totalIterations(training.perEpoch());
    }

    /** Whether training ends before its last epoch is complete. */
    private boolean endsInsideEpoch() {
        return iterations() % training.perEpoch() != 0;
    }

    private Optional<MetricsServer> metricsServer() throws IOException {
        return options.metricsPort().isPresent()
                ? Optional.of(new MetricsServer(options.metricsPort().get()))
                : Optional.empty();
    }

    private Optional<ViewerSink> page(OutputDirectory out) throws IOException {
        if (options.pagePort().isEmpty()) {
            return Optional.empty();
        }
        ViewerOptions where = ViewerOptions.DEFAULT.withPort(options.pagePort().get());
        return Optional.of(
                options.resume().isPresent()
                        ? ViewerSink.open(where, RunReader.open(out.path()), iterationsOf(network))
                        : ViewerSink.open(where));
    }

    /**
     * No one else writes to the directory during training: the listener's recorder locks it, or training itself does.
     */
    private double train(OutputDirectory out, Optional<MeterRegistry> registry, List<FrameSink> sinks, Plan plan)
            throws IOException {
        if (!options.landscape()) {
            try (RunLock lock = RunLock.acquire(out.path())) {
                plan.print();
                return train(out);
            }
        }
        try (LandscapeListener landscape = ListenerSetup.attach(this, out.path(), registry, sinks)) {
            double seconds = train(out);
            if (endsInsideEpoch() && options.frames().everyIterations().isEmpty()) {
                landscape.capture(network);
            }
            return seconds;
        }
    }

    /** Returns the seconds from the first batch to the last, including saving models after epochs. */
    private double train(OutputDirectory out) throws IOException {
        long begun = System.nanoTime();
        NeuralNetwork trainable = (NeuralNetwork) network;
        int perEpoch = training.perEpoch();
        int epochs = (int) (iterations() / perEpoch);
        int epoch = iterationsOf(network) / perEpoch;
        int done = iterationsOf(network) % perEpoch;
        try (TrainingProgress progress = new TrainingProgress(console, iterations() - iterationsOf(network))) {
            network.addListeners(progress);
            for (; epoch < epochs; epoch++, done = 0) {
                trainable.fit(training.epoch(epoch, done, perEpoch));
                out.save(network);
            }
            // Batch by batch, since fit(iterator) would count the rest as an epoch.
            training.epoch(epochs, done, iterations() % perEpoch).forEachRemaining(trainable::fit);
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        out.save(network);
        return seconds;
    }

    private void summary(OutputDirectory out, List<String> frames, double seconds) {
        console.line("");
        if (!frames.isEmpty()) {
            console.line("frames");
            console.line(FrameTable.HEADER);
            frames.forEach(console::line);
        }
        validation.ifPresent(held -> console.line(String.format(
                Locale.ROOT,
                "validation accuracy: %.1f %% of %,d %s",
                100 * accuracy(held),
                held.examples().size(),
                held.examples().kind())));
        console.line(String.format(Locale.ROOT, "training took %.2f s, from the first batch to the last", seconds));
        console.line("run: " + out.path());
        console.line("model: " + out.model());
        console.line("parameters sha256: " + ParameterDigest.sha256(network.params()));
    }
}
