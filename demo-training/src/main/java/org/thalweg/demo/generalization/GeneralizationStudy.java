package org.thalweg.demo.generalization;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.thalweg.curvature.CurvatureOperator;
import org.thalweg.curvature.CurvatureOptions;
import org.thalweg.demo.Console;
import org.thalweg.demo.Findings;
import org.thalweg.demo.MonitoredTraining;
import org.thalweg.demo.RecordedStudy;
import org.thalweg.demo.data.Batches;
import org.thalweg.demo.data.ImageSplit;
import org.thalweg.demo.network.ConvolutionalNetwork;
import org.thalweg.demo.network.DenseNetwork;
import org.thalweg.demo.network.ImageNetwork;
import org.thalweg.frame.Frame;
import org.thalweg.krylov.EigenvalueQuery;
import org.thalweg.krylov.Lanczos;
import org.thalweg.krylov.TraceOptions;
import org.thalweg.listener.SurfaceOptions;
import org.thalweg.objective.Probe;

/**
 * Trains small networks with different batch sizes, learning rates, decays and seeds until they all have the same training
 * loss, and asks which measures of sharpness rank them by how well they generalize, as Y. Jiang et al. do ("Fantastic
 * generalization measures and where to find them", ICLR 2020, arXiv 1912.02178) and M. Andriushchenko et al. after them ("A
 * modern look at the relationship between sharpness and generalization", ICML 2023, arXiv 2302.07011).
 *
 * @param images training and held-out images
 * @param size sizes of networks and study
 * @param seed seed of weights, batches, directions and resamples
 * @param console where to report
 */
public record GeneralizationStudy(ImageSplit images, Size size, long seed, Console console) {

    private static final double MOMENTUM = 0.9;
    /** Range of the surfaces. */
    private static final double RANGE = 1;

    /** Largest eigenvalues alone, of the Hessian and of the adaptive one, and the trace. */
    private static final CurvatureOptions CURVATURE = curvature();

    /**
     * Sizes of networks and study.
     *
     * @param network the kind of network; without BatchNorm
     * @param batches batch sizes
     * @param learningRates learning rates
     * @param decays strengths of weight decay
     * @param seeds number of seeds of each setting
     * @param criterion training loss at which a network is done
     * @param epochs largest number of epochs
     * @param grid points on each side of a surface
     * @param budget no further network is begun after this time
     */
    public record Size(
            ImageNetwork network,
            List<Integer> batches,
            List<Double> learningRates,
            List<Double> decays,
            int seeds,
            double criterion,
            int epochs,
            int grid,
            Duration budget) {
        /** 24 networks; takes minutes. */
        public static final Size DEFAULT = new Size(
                new DenseNetwork(List.of(64, 64)),
                List.of(16, 64, 256),
                List.of(0.01, 0.03),
                List.of(0.0, 1e-3),
                2,
                0.01,
                600,
                9,
                Duration.ofMinutes(30));
        /** 54 convolutional networks. */
        public static final Size FULL = new Size(
                new ConvolutionalNetwork(List.of(4, 8), false, false),
                List.of(16, 64, 256),
                List.of(0.01, 0.02, 0.04),
                List.of(0.0, 1e-3),
                3,
                0.01,
                600,
                9,
                Duration.ofMinutes(60));

        public Size {
            batches = List.copyOf(batches);
            learningRates = List.copyOf(learningRates);
            decays = List.copyOf(decays);
        }

        /** All settings, so that a budget cuts off whole seeds first. */
        List<Setting> settings() {
            List<Setting> settings = new ArrayList<>();
            for (int s = 1; s <= seeds; s++) {
                for (double decay : decays) {
                    for (double rate : learningRates) {
                        for (int batch : batches) {
                            settings.add(new Setting(batch, rate, decay, s));
                        }
                    }
                }
            }
            return settings;
        }
    }

    private static CurvatureOptions curvature() {
        CurvatureOptions largest = CurvatureOptions.UNTIMED
                .withEigenvalues(EigenvalueQuery.of(1, 0))
                .withLanczos(Lanczos.DEFAULT.withBasisSize(20))
                .withSampling(false)
                .withTrace(TraceOptions.DEFAULT);
        return largest.with(CurvatureOperator.ADAPTIVE, largest.eigenvalues());
    }

    /**
     * Trains the networks that have no frame yet, judges the claims, and draws the picture.
     *
     * @param directory receives a run for each network, tables, picture and findings
     * @throws IOException if something cannot be read or written; the message names it
     */
    public void run(Path directory) throws IOException {
        Findings findings = new Findings(console);
        RecordedStudy study = RecordedStudy.in(directory, description());
        List<Setting> settings = size.settings();
        console.line(String.format(
                Locale.ROOT,
                "%d networks on %,d images (%s) until their loss is %s, at most %d epochs; no network is begun after %d"
                        + " min, and --resume continues",
                settings.size(),
                images.training().size(),
                images.training().source(),
                size.criterion(),
                size.epochs(),
                size.budget().toMinutes()));
        List<Trained> networks = networks(study, settings);
        List<Trained> compared = networks.stream()
                .filter(network -> network.isComparable(size.criterion()))
                .toList();
        new GeneralizationReport(compared, seed).write(study, findings, networks, settings.size());
        findings.write(directory);
    }

    private Map<String, String> description() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("study", "generalization");
        settings.put("size", size.toString());
        settings.put("seed", Long.toString(seed));
        settings.put(
                "images",
                images.training().size() + " of " + images.training().source() + " and "
                        + images.validation().orElseThrow().size() + " of "
                        + images.validation().orElseThrow().source());
        return settings;
    }

    private List<Trained> networks(RecordedStudy study, List<Setting> settings) throws IOException {
        long start = System.nanoTime();
        Probe all = Probe.of(images.training().dataSet(indices(images.training().size())))
                .from("all of " + images.training().source());
        Probe held = Probe.of(images.validation()
                        .orElseThrow()
                        .dataSet(indices(images.validation().orElseThrow().size())))
                .from("all of " + images.validation().orElseThrow().source());
        List<Trained> networks = new ArrayList<>();
        for (Setting setting : settings) {
            Optional<Frame> recorded = study.frame(setting.name());
            if (recorded.isEmpty()) {
                if (System.nanoTime() - start > size.budget().toNanos()) {
                    continue;
                }
                train(setting, all, held, study.run(setting.name()));
                // From the file, as it will be if the study is continued.
                recorded = study.frame(setting.name());
            }
            Trained network = new Trained(setting, recorded.orElseThrow());
            networks.add(network);
            console.line(GeneralizationReport.progress(network, networks.size(), settings.size()));
        }
        return networks;
    }

    private static int[] indices(int count) {
        return IntStream.range(0, count).toArray();
    }

    private void train(Setting setting, Probe all, Probe held, Path run) {
        long own = seed + setting.seed();
        MultiLayerNetwork network = new MultiLayerNetwork(size.network()
                .configuration(
                        images.training(), new Nesterovs(setting.learningRate(), MOMENTUM), setting.decay(), own));
        network.init();
        Batches batches = new Batches(images.training(), setting.batch(), own);
        new CriterionTraining(size.criterion(), size.epochs()).run(network, batches, all);
        MonitoredTraining.look(
                network,
                landscape -> landscape
                        .probe(all)
                        .validation(held)
                        // The same random numbers for all networks, so that their planes differ by their filters alone.
                        .surface(SurfaceOptions.DEFAULT
                                .withGrid(size.grid(), RANGE)
                                .withSeed(seed)
                                .withAllPoints())
                        .curvature(CURVATURE)
                        .recordTo(run));
    }
}
