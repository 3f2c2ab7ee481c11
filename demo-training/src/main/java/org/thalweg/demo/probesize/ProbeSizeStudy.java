package org.thalweg.demo.probesize;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.learning.config.Adam;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.demo.Console;
import org.thalweg.demo.Findings;
import org.thalweg.demo.MonitoredTraining;
import org.thalweg.demo.OutputDirectory;
import org.thalweg.demo.RecordedStudy;
import org.thalweg.demo.data.Batches;
import org.thalweg.demo.data.ImageSplit;
import org.thalweg.demo.network.ConvolutionalNetwork;
import org.thalweg.frame.Frame;
import org.thalweg.krylov.EigenvalueQuery;
import org.thalweg.krylov.TraceOptions;
import org.thalweg.listener.SurfaceOptions;
import org.thalweg.objective.Probe;

/**
 * Looks at one trained network on random shares of its training images, several times for each share, and on all of them: how
 * far off are surface and eigenvalues, and do the frames' own error bars say so? Surfaces are usually computed on a
 * twentieth (J. Ideami, losslandscape.com/faq). Eigenvalues of a probe are biased, since its eigenvectors fit the probe (L.
 * Tatzel, B. Mucsanyi, O. Hackel and P. Hennig, "Debiasing mini-batch quadratics for applications in deep learning", 2024,
 * arXiv 2410.14325).
 *
 * @param images training images
 * @param size sizes of network and study
 * @param seed seed of weights, batches, probes and directions
 * @param console where to report
 */
public record ProbeSizeStudy(ImageSplit images, Size size, long seed, Console console) {

    private static final int BATCH = 64;
    private static final double LEARNING_RATE = 2e-3;
    private static final int ALL = 100;

    /** Two of the largest and the smallest eigenvalue, and the trace, each with its sampling error. */
    private static final CurvatureOptions CURVATURE =
            CurvatureOptions.UNTIMED.withEigenvalues(EigenvalueQuery.of(2, 1)).withTrace(TraceOptions.DEFAULT);

    /**
     * Sizes of network and study.
     *
     * @param filters filters of each pair of convolutions
     * @param epochs epochs to train
     * @param percents shares of the images, ascending, without 100
     * @param draws probes of each share
     * @param grid points on each side of the surfaces
     * @param budget no further probe is begun after this time
     */
    public record Size(
            List<Integer> filters, int epochs, List<Integer> percents, int draws, int grid, Duration budget) {
        /** Takes minutes. */
        public static final Size DEFAULT =
                new Size(List.of(8, 16), 6, List.of(1, 2, 5, 10, 25, 50), 6, 11, Duration.ofMinutes(30));
        /** More images and probes. */
        public static final Size FULL =
                new Size(List.of(16, 32), 5, List.of(1, 2, 5, 10, 25, 50), 12, 25, Duration.ofMinutes(60));

        public Size {
            filters = List.copyOf(filters);
            percents = List.copyOf(percents);
        }
    }

    /**
     * Trains the network, looks at it on the probes that have no frame yet, judges the claims, and draws the picture.
     *
     * @param directory receives the network, a run for each probe, tables, picture and findings
     * @throws IOException if something cannot be read or written; the message names it
     */
    public void run(Path directory) throws IOException {
        Findings findings = new Findings(console);
        RecordedStudy study = RecordedStudy.in(directory, description());
        int of = images.training().size();
        console.line(String.format(
                Locale.ROOT,
                "%d probes of each of %s %% of %,d images (%s), and all; no probe is begun after %d min, and --resume"
                        + " continues",
                size.draws(),
                String.join(", ", size.percents().stream().map(String::valueOf).toList()),
                of,
                images.training().source(),
                size.budget().toMinutes()));
        Model network = network(new OutputDirectory(directory));
        Frame all = look(study, network, ALL, 0);
        List<Draws> shares = new ArrayList<>();
        for (List<Frame> frames : frames(study, network)) {
            int percent = size.percents().get(shares.size());
            shares.add(new Draws(percent, examples(percent), frames, all, of));
        }
        new ProbeSizeReport(all, shares).write(study, findings);
        findings.write(directory);
    }

    private Map<String, String> description() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("study", "probe-size");
        settings.put("size", size.toString());
        settings.put("seed", Long.toString(seed));
        settings.put(
                "images", images.training().size() + " of " + images.training().source());
        return settings;
    }

    /** Trains the network, or reads it where it has been trained. */
    private Model network(OutputDirectory directory) throws IOException {
        if (Files.exists(directory.model())) {
            return directory.restore();
        }
        MultiLayerNetwork network = new MultiLayerNetwork(new ConvolutionalNetwork(size.filters(), false, false)
                .configuration(images.training(), new Adam(LEARNING_RATE), 0, seed));
        network.init();
        console.line(
                String.format(Locale.ROOT, "training %,d parameters, %d epochs", network.numParams(), size.epochs()));
        Batches batches = new Batches(images.training(), BATCH, seed);
        for (int epoch = 0; epoch < size.epochs(); epoch++) {
            network.fit(batches.epoch(epoch, batches.perEpoch()));
        }
        directory.save(network);
        return network;
    }

    /** Frames of each share. One draw of all shares comes after the other, so that a budget takes from all. */
    private List<List<Frame>> frames(RecordedStudy study, Model network) throws IOException {
        long start = System.nanoTime();
        List<List<Frame>> frames = new ArrayList<>();
        size.percents().forEach(percent -> frames.add(new ArrayList<>()));
        for (int draw = 1; draw <= size.draws(); draw++) {
            for (int i = 0; i < frames.size(); i++) {
                int percent = size.percents().get(i);
                boolean isLate =
                        draw > 1 && System.nanoTime() - start > size.budget().toNanos();
                if (!isLate || study.frame(name(percent, draw)).isPresent()) {
                    frames.get(i).add(look(study, network, percent, draw));
                }
            }
            console.line("draw " + draw + " of " + size.draws());
        }
        return frames;
    }

    private Frame look(RecordedStudy study, Model network, int percent, int draw) throws IOException {
        String name = name(percent, draw);
        Optional<Frame> recorded = study.frame(name);
        if (recorded.isEmpty()) {
            Probe probe = probe(percent, draw);
            MonitoredTraining.look(
                    network,
                    landscape -> landscape
                            .probe(probe)
                            .surface(SurfaceOptions.DEFAULT
                                    .withGrid(size.grid(), 1)
                                    .withSeed(seed)
                                    .withAllPoints())
                            .curvature(CURVATURE)
                            .recordTo(study.run(name)));
            // From the file, as it will be if the study is continued.
            recorded = study.frame(name);
        }
        return recorded.orElseThrow();
    }

    private Probe probe(int percent, int draw) {
        int of = images.training().size();
        if (percent == ALL) {
            return Probe.of(images.training().dataSet(IntStream.range(0, of).toArray()))
                    .from("all of " + images.training().source());
        }
        return new Batches(images.training(), BATCH, seed + 1000L * percent + draw).probe(examples(percent));
    }

    private int examples(int percent) {
        return Math.max(1, Math.round(percent * images.training().size() / 100f));
    }

    private static String name(int percent, int draw) {
        return percent == ALL ? "all" : percent + "-percent-" + draw;
    }
}
