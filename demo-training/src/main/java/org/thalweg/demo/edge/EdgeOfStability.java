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
import org.thalweg.demo.Console;
import org.thalweg.demo.data.LabelledImages;

/**
 * Repeats the observation of Cohen et al. (ICLR 2021): trained by gradient descent on squared error, networks grow sharper
 * until lambda_max is at 2/lr, and hover there while the loss goes on falling; with cross-entropy sharpness falls again
 * once the data are fitted.
 *
 * @param images the first of these are trained on
 * @param seed seed of weights and directions
 * @param console where to report
 */
public record EdgeOfStability(LabelledImages images, long seed, Console console) {

    /** Most images that any of the runs is trained on. */
    public static final int IMAGES = Math.max(MLP.images(), CNN.images());

    /** Learning rates lr and lr / 2, for as long in lr times iterations. */
    private static final List<GradientDescent> DEFAULT =
            List.of(new GradientDescent(MLP, MSE, 0.4, 2500), new GradientDescent(MLP, MSE, 0.2, 5000));

    private static final List<GradientDescent> FURTHER = List.of(
            new GradientDescent(MLP, CROSS_ENTROPY, 0.4, 1000),
            new GradientDescent(MLP, CROSS_ENTROPY, 0.2, 2000),
            new GradientDescent(CNN, MSE, 0.4, 2500),
            new GradientDescent(CNN, MSE, 0.2, 5000),
            new GradientDescent(CNN, CROSS_ENTROPY, 0.4, 1000),
            new GradientDescent(CNN, CROSS_ENTROPY, 0.2, 2000));

    /**
     * Trains all, prints a line for each, and plots them.
     *
     * @param full whether to train all eight
     * @param directory where the runs and the plot go
     * @throws IOException if the plot cannot be written; the message names it
     */
    public void run(boolean full, Path directory) throws IOException {
        List<GradientDescent> settings = new ArrayList<>(DEFAULT);
        if (full) {
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
            console.line("  " + descent.course());
            console.line(String.format(
                    Locale.ROOT,
                    "edge of stability: %s mean lambda_max*lr/2 over the last third = %.3f",
                    setting.title(),
                    descent.settledRatio()));
            descents.add(descent);
        }
        Path plot = directory.resolve("edge-of-stability.png");
        SharpnessPlot.write(plot, descents);
        console.line("runs: " + directory);
        console.line("plot: " + plot);
    }
}
