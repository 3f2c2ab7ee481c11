package org.thalweg.demo.early;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.demo.Console;
import org.thalweg.demo.Findings;
import org.thalweg.demo.early.EarlyCourse.Phase;

/** How courses are named and judged. */
class EarlyCourseTest {

    @TempDir
    private Path directory;

    @Test
    void tellsPhasesByTheLoss() {
        assertThat(course(1, losses(2, 1.5, 1)).phase()).isEqualTo(Phase.FALLS);
        assertThat(course(1, losses(2, 5, 1)).phase()).isEqualTo(Phase.SPIKES);
        assertThat(course(1, losses(2, 5, 3)).phase()).isEqualTo(Phase.DIVERGES);
        assertThat(course(1, losses(2, 5, Double.NaN)).phase()).isEqualTo(Phase.DIVERGES);
        assertThat(course(1, losses(2, Double.POSITIVE_INFINITY)).phase()).isEqualTo(Phase.DIVERGES);
    }

    @Test
    void measuresSharpnessInEdgesOfStability() {
        EarlyCourse course = course(0.5, List.of(moment(0, 2, 8, 1), moment(1, 3, 6, 4), moment(2, 1, 2, 2)));

        assertThat(course.stabilityAtEnd()).isCloseTo(1, within(1e-15));
        assertThat(course.sharpnessKept()).isCloseTo(0.25, within(1e-15));
        assertThat(course.largest(EarlyMoment::fisher)).isEqualTo(4);
        assertThat(course.largest(moment -> Double.NaN)).isNaN();
    }

    /** Lazy at 1, catapults at 3, and beyond 4 what the source sees with ReLUs. */
    @Test
    void judgesThePhasesOfTheCatapult() {
        EarlyCourse lazy = course(1, List.of(moment(0, 2, 1, 1), moment(1, 1, 1.1, 1)));
        EarlyCourse sharper = course(1, List.of(moment(0, 2, 1, 1), moment(1, 1, 1.3, 1)));
        EarlyCourse spike = course(3, List.of(moment(0, 2, 1, 1), moment(1, 9, 2, 1), moment(2, 1, 0.5, 1)));
        EarlyCourse unstable = course(3, List.of(moment(0, 2, 1, 1), moment(1, 9, 2, 1), moment(2, 1, 0.9, 1)));
        EarlyCourse lost = course(6, losses(2, 9, Double.NaN));

        assertThat(catapults(List.of(1.0, 3.0, 6.0), lazy, spike, lost))
                .containsExactly("agrees  yes", "agrees  yes", "agrees  no");
        assertThat(catapults(List.of(1.0, 3.0, 6.0), sharper, unstable, spike))
                .containsExactly("agrees  no", "agrees  no", "agrees  yes");
        assertThat(catapults(List.of(3.0), lazy)).containsExactly("agrees  no");
    }

    @Test
    void judgesWarmUpByTheLargestLossAndSharpness() {
        EarlyCourse small = course(1, List.of(moment(0, 2, 1, 10), moment(1, 1, 1, 90)));
        EarlyCourse large = course(4, List.of(moment(0, 2, 1, 10), moment(1, 3, 9, 50)));
        EarlyCourse warmed = course(4, List.of(moment(0, 2, 1, 10), moment(1, 1, 2, 60)));

        assertThat(warmUps(small, large, warmed)).containsExactly("agrees  yes", "agrees  yes");
        assertThat(warmUps(warmed, small, large)).containsExactly("agrees  no", "agrees  no");
    }

    /** A course that leaves the plot on its way to NaN is drawn up to there. */
    @Test
    void plotsBothExperiments() throws IOException {
        EarlyCourse lazy = course(1, List.of(moment(0, 2, 1, 1), moment(1, 1, 1.1, 1)));
        EarlyCourse lost = course(6, losses(2, 1e30, Double.NaN));
        Path plot = directory.resolve("plot.png");

        EarlyPlot.write(plot, List.of(lazy, lost, lost), List.of(lazy));

        assertThat(ImageIO.read(plot.toFile()).getWidth()).isEqualTo(2 * 960);
        assertThat(ImageIO.read(plot.toFile()).getHeight()).isEqualTo(3 * 420);
    }

    private static List<String> catapults(List<Double> factors, EarlyCourse... courses) {
        return judged(findings -> EarlySteps.judgeCatapults(findings, factors, List.of(courses)));
    }

    private static List<String> warmUps(EarlyCourse small, EarlyCourse large, EarlyCourse warmed) {
        return judged(findings -> EarlySteps.judgeWarmUps(findings, new WarmUps.Result(small, large, warmed)));
    }

    private static List<String> judged(Consumer<Findings> judge) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        judge.accept(new Findings(new Console(new PrintStream(out, true, StandardCharsets.UTF_8), false)));
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("agrees "))
                .toList();
    }

    private static EarlyCourse course(double learningRate, List<EarlyMoment> moments) {
        return new EarlyCourse("lr = " + learningRate, learningRate, moments);
    }

    private static List<EarlyMoment> losses(double... losses) {
        List<EarlyMoment> moments = new ArrayList<>();
        for (double loss : losses) {
            moments.add(moment(moments.size(), loss, 1, 1));
        }
        return moments;
    }

    private static EarlyMoment moment(long iteration, double loss, double lambdaMax, double fisher) {
        return new EarlyMoment(iteration, loss, lambdaMax, fisher, fisher, 50);
    }
}
