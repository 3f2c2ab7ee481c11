package org.thalweg.demo.edge;

import static org.thalweg.demo.edge.TanhNetwork.CNN;
import static org.thalweg.demo.edge.TanhNetwork.MLP;
import static org.thalweg.demo.edge.TrainingLoss.CROSS_ENTROPY;
import static org.thalweg.demo.edge.TrainingLoss.MSE;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.thalweg.demo.Console;
import org.thalweg.demo.Findings;
import org.thalweg.demo.data.LabelledImages;

/**
 * Repeats the observation of Cohen et al. (ICLR 2021): trained by gradient descent on squared error, networks grow
 * sharper until lambda_max reaches 2/lr, and hover there while the loss keeps falling; with cross-entropy, sharpness
 * falls again once the data are fitted.
 *
 * @param images training images, of which each run takes the first ones
 * @param seed seed of weights and directions
 * @param console where to report
 */
public record EdgeOfStabilityStudy(LabelledImages images, long seed, Console console) {

    /** Largest number of training images of any run. */
    public static final int IMAGES = Math.max(MLP.images(), CNN.images());

    /** Learning rates lr and lr / 2, with equal lr times iterations. */
    private static final List<GradientDescent> DEFAULT =
            List.of(new GradientDescent(MLP, MSE, 0.4, 2500), new GradientDescent(MLP, MSE, 0.2, 5000));

    private static final List<GradientDescent> ADAMS = List.of(
            new GradientDescent(MLP, MSE, 2e-3, 1200, FullBatchUpdater.ADAM),
            new GradientDescent(MLP, MSE, 5e-4, 1500, FullBatchUpdater.ADAM));

    private static final List<GradientDescent> FURTHER = List.of(
            new GradientDescent(MLP, CROSS_ENTROPY, 0.4, 1000),
            new GradientDescent(MLP, CROSS_ENTROPY, 0.2, 2000),
            new GradientDescent(CNN, MSE, 0.4, 2500),
            new GradientDescent(CNN, MSE, 0.2, 5000),
            new GradientDescent(CNN, CROSS_ENTROPY, 0.4, 1000),
            new GradientDescent(CNN, CROSS_ENTROPY, 0.2, 2000));

    /**
     * Trains all networks, prints a line for each, plots them, and judges the claims.
     *
     * @param full whether to make all eight runs of gradient descent
     * @param adam whether to train by Adam instead
     * @param directory receives runs, plot and findings
     * @throws IOException if something cannot be written; the message names it
     */
    public void run(boolean full, boolean adam, Path directory) throws IOException {
        Findings findings = new Findings(console);
        List<GradientDescent> settings = new ArrayList<>(adam ? ADAMS : DEFAULT);
        if (full && !adam) {
            settings.addAll(FURTHER);
        }
        List<Descent> descents = new ArrayList<>();
        for (GradientDescent setting : settings) {
            LabelledImages some = images.first(setting.network().images());
            console.line(String.format(
                    Locale.ROOT,
                    "%s: %,d iterations on %d images",
                    setting.title(),
                    setting.iterations(),
                    some.size()));
            Descent descent = setting.run(some, seed, directory.resolve(setting.name()));
            findings.format("%s: %s", setting.title(), descent.course());
            findings.format(
                    "edge of stability: %s mean sharpness over the last third = %.3f times %s",
                    setting.title(), descent.settledRatio(), setting.updater().label());
            descents.add(descent);
        }
        Path plot = directory.resolve("edge-of-stability.png");
        SharpnessPlot.write(plot, descents);
        console.line("plot: " + plot);
        judge(findings, descents);
        findings.write(directory);
    }

    /** Judges the source's claim for each loss function. */
    static void judge(Findings findings, List<Descent> descents) {
        List<Descent> adams = descents.stream()
                .filter(descent -> descent.setting().updater() == FullBatchUpdater.ADAM)
                .toList();
        if (!adams.isEmpty()) {
            findings.claim(
                    "Under Adam, preconditioned sharpness rises to 38/lr and stays there (Cohen et al. 2022)",
                    adams.stream().allMatch(Descent::settlesAtTheEdge),
                    each(
                            adams,
                            descent -> String.format(
                                    Locale.ROOT,
                                    "from %.2g to %.3g times 38/lr",
                                    descent.ratioAtFirst(),
                                    descent.settledRatio())));
            return;
        }
        List<Descent> squared = of(descents, MSE);
        findings.claim(
                "Trained on squared error, sharpness rises to 2/lr and stays there (Cohen et al. 2021)",
                squared.stream().allMatch(Descent::settlesAtTheEdge),
                each(
                        squared,
                        descent -> String.format(
                                Locale.ROOT,
                                "from %.2g to %.3g times 2/lr",
                                descent.ratioAtFirst(),
                                descent.settledRatio())));
        List<Descent> entropy = of(descents, CROSS_ENTROPY);
        if (!entropy.isEmpty()) {
            findings.claim(
                    "With cross-entropy it falls again once the data are fitted (Cohen et al. 2021)",
                    entropy.stream().allMatch(descent -> descent.settledRatio() < descent.largestRatio() / 2),
                    each(
                            entropy,
                            descent -> String.format(
                                    Locale.ROOT,
                                    "%.3g times 2/lr at most, %.2g over the last third",
                                    descent.largestRatio(),
                                    descent.settledRatio())));
        }
    }

    private static List<Descent> of(List<Descent> descents, TrainingLoss loss) {
        return descents.stream()
                .filter(descent -> descent.setting().loss() == loss)
                .toList();
    }

    private static String each(List<Descent> descents, Function<Descent, String> seen) {
        return descents.stream()
                .map(descent -> descent.setting().title() + ": " + seen.apply(descent))
                .collect(Collectors.joining("; "));
    }
}
