package org.thalweg.demo.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.demo.Console;
import org.thalweg.demo.Findings;
import org.thalweg.demo.data.LabelledImages;
import org.thalweg.demo.data.StrokeDigits;
import org.thalweg.demo.edge.Descent.Sample;
import org.thalweg.recording.RunReader;
import org.thalweg.testing.Seeds;

/** The phenomenon on few images at a large learning rate, and how it is judged. */
class GradientDescentTest {

    private final long seed = Seeds.fresh("GradientDescentTest");

    @TempDir
    private Path directory;

    /** With large learning rates sharpness settles slightly above 2/lr, as Cohen et al. see (2021, section 3). */
    @Test
    void sharpnessRisesToTheEdgeOfStabilityAndStaysThere() throws IOException {
        LabelledImages images = new StrokeDigits(seed).split(60, 1).training();
        GradientDescent setting = new GradientDescent(TanhNetwork.MLP, TrainingLoss.MSE, 0.8, 600);

        Descent descent = setting.run(images, seed, directory.resolve("run"));

        double[] sharpness = descent.each(Sample::sharpness);
        assertThat(sharpness[0]).as("seed %d", seed).isLessThan(0.6 * setting.threshold());
        assertThat(descent.settledRatio()).as("seed %d", seed).isBetween(0.9, 1.25);
        assertThat(descent.each(Sample::loss)[sharpness.length - 1])
                .as("seed %d", seed)
                .isLessThan(descent.each(Sample::loss)[0] / 4);
        assertThat(RunReader.open(directory.resolve("run")).iterations()).hasSize(sharpness.length);
    }

    @Test
    void underAdamSharpnessIsThePreconditionedOne() throws IOException {
        LabelledImages images = new StrokeDigits(seed).split(60, 1).training();
        GradientDescent setting =
                new GradientDescent(TanhNetwork.MLP, TrainingLoss.MSE, 2e-3, 8, FullBatchUpdater.ADAM);

        Descent descent = setting.run(images, seed, directory.resolve("run"));

        RunReader run = RunReader.open(directory.resolve("run"));
        assertThat(descent.samples()).extracting(Sample::iteration).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
        for (Sample sample : descent.samples()) {
            double share = Objects.requireNonNull(
                    run.frame(sample.iteration()).quantities().get("edge_of_stability"));
            assertThat(sample.sharpness())
                    .as("iteration %d, seed %d", sample.iteration(), seed)
                    .isCloseTo(share * 38 / 2e-3, withinPercentage(1e-6));
        }
        assertThat(setting.threshold()).isEqualTo(38 / 2e-3);
        assertThat(setting.name()).isEqualTo("mlp-mse-adam-lr0.002");
    }

    @Test
    void reportsTheLastThird() {
        GradientDescent setting = new GradientDescent(TanhNetwork.CNN, TrainingLoss.CROSS_ENTROPY, 0.5, 90);
        List<Sample> samples = IntStream.rangeClosed(0, 9)
                .mapToObj(i -> new Sample(10L * i, 1.0 / (i + 1), i < 6 ? 100 - i : i))
                .toList();

        Descent descent = new Descent(setting, samples);

        // The mean of 6, 7, 8 and 9, divided by 2/lr = 4.
        assertThat(descent.settledRatio()).isCloseTo(7.5 / 4, within(1e-12));
        assertThat(descent.course())
                .isEqualTo("sharpness 100, at most 100 at iteration 0, 9.00 at the end (2/lr = 4.00);"
                        + " loss 1.00 to 0.100");
        assertThat(setting.name()).isEqualTo("cnn-cross-entropy-lr0.5");
    }

    /** From 0.5 to 1.1 times 2/lr, and with cross-entropy from 0.5 over 1.5 down to 0.25. */
    @Test
    void judgesEachLossByItsSource() {
        Descent settled = course(TrainingLoss.MSE, 1, 2, 2.2);
        Descent flat = course(TrainingLoss.MSE, 1, 1, 1);
        Descent risen = course(TrainingLoss.CROSS_ENTROPY, 1, 3, 0.5);

        assertThat(judged(settled)).containsExactly("agrees  yes");
        assertThat(judged(settled, flat)).containsExactly("agrees  no");
        assertThat(judged(settled, risen)).containsExactly("agrees  yes", "agrees  yes");
        assertThat(judged(adam(0.2, 1))).containsExactly("agrees  yes");
        assertThat(judged(adam(0.2, 1), adam(0.2, 0.4))).containsExactly("agrees  no");
        assertThat(settled.ratioAtFirst()).isEqualTo(0.5);
        assertThat(risen.largestRatio()).isEqualTo(1.5);
    }

    private static List<String> judged(Descent... descents) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Console console = new Console(new PrintStream(out, true, StandardCharsets.UTF_8), false);
        EdgeOfStabilityStudy.judge(new Findings(console), List.of(descents));
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("agrees "))
                .toList();
    }

    /** A descent of three frames with 2/lr = 2. */
    private static Descent course(TrainingLoss loss, double first, double middle, double last) {
        return new Descent(
                new GradientDescent(TanhNetwork.MLP, loss, 1, 10),
                List.of(new Sample(0, 2, first), new Sample(5, 1, middle), new Sample(10, 0.5, last)));
    }

    /** A descent by Adam between two shares of 38/lr. */
    private static Descent adam(double first, double last) {
        GradientDescent setting = new GradientDescent(TanhNetwork.MLP, TrainingLoss.MSE, 1, 10, FullBatchUpdater.ADAM);
        return new Descent(setting, List.of(new Sample(1, 2, 38 * first), new Sample(10, 0.5, 38 * last)));
    }

    @Test
    void plotsAColumnForEachNetworkAndLoss() throws IOException {
        List<Descent> descents = List.of(
                flat(TanhNetwork.MLP, TrainingLoss.MSE, 0.4),
                flat(TanhNetwork.MLP, TrainingLoss.MSE, 0.2),
                flat(TanhNetwork.CNN, TrainingLoss.MSE, 0.2));
        Path plot = directory.resolve("plot.png");

        SharpnessPlot.write(plot, descents);

        assertThat(ImageIO.read(plot.toFile()).getWidth()).isEqualTo(2 * 960);
    }

    private static Descent flat(TanhNetwork network, TrainingLoss loss, double learningRate) {
        GradientDescent setting = new GradientDescent(network, loss, learningRate, 10);
        return new Descent(setting, List.of(new Sample(0, 2, 1), new Sample(5, 1, Double.NaN), new Sample(10, 0.5, 3)));
    }
}
