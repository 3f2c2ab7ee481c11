package org.thalweg.demo.early;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.thalweg.demo.Console;
import org.thalweg.demo.Findings;
import org.thalweg.demo.RecordedStudy;
import org.thalweg.demo.data.ImageSplit;
import org.thalweg.demo.early.EarlyCourse.Phase;

/**
 * What curvature does in the first steps of training. With learning rates above 2 / lambda_0 the loss of a wide network rises at
 * first, until lambda_max has fallen below 2/lr: a catapult (A. Lewkowycz, Y. Bahri, E. Dyer, J. Sohl-Dickstein and G. Gur-Ari, "The
 * large learning rate phase of deep learning: the catapult mechanism", 2020, arXiv 2003.02218). With small learning rates the trace of
 * the Fisher information explodes early (S. Jastrzebski et al., "Catastrophic Fisher explosion", ICML 2021, arXiv 2012.14193). Warm-up
 * lets training leave sharp regions before steps become large (J. Gilmer et al., "A loss curvature perspective on training
 * instability in deep learning", 2021, arXiv 2110.04369).
 *
 * @param images training and held-out images
 * @param size sizes of networks and data
 * @param seed seed of weights, batches and directions
 * @param console where to report
 */
public record EarlySteps(ImageSplit images, Size size, long seed, Console console) {

    /** The learning rate times lambda_0 up to which catapults are predicted, and the one seen in the source's ReLU networks. */
    private static final double PREDICTED = 4;

    private static final double SEEN_WITH_RELU = 12;

    /** In the lazy phase lambda_max changes by less than this share. */
    private static final double LAZY = 0.2;

    /** What is not below this share of another number is no smaller. */
    private static final double MARGIN = 0.9;

    /**
     * Sizes of networks and data.
     *
     * @param catapults of the catapults
     * @param warmUps of the trainings with and without warm-up
     */
    public record Size(Catapults.Size catapults, WarmUps.Size warmUps) {
        /** Takes minutes. */
        public static final Size DEFAULT = new Size(
                new Catapults.Size(512, 200, 40, List.of(1.0, 2.5, 3.5, 6.0, 12.0), 7),
                new WarmUps.Size(List.of(8, 16), 0.05, 0.2, 32, 6, 12, 7, 128));
        /** Twice as wide, longer, and with more learning rates. */
        public static final Size FULL = new Size(
                new Catapults.Size(1024, 200, 80, List.of(1.0, 2.5, 3.0, 3.5, 4.5, 6.0, 12.0), 7),
                new WarmUps.Size(List.of(16, 32), 0.05, 0.2, 32, 12, 12, 7, 128));
    }

    /**
     * Trains all networks, except those whose runs are complete in the directory, plots and judges.
     *
     * @param directory receives runs, plot and findings
     * @throws IOException if something cannot be written; the message names it
     */
    public void run(Path directory) throws IOException {
        Findings findings = new Findings(console);
        RecordedStudy study = RecordedStudy.in(directory, description());
        List<EarlyCourse> catapults = new Catapults(size.catapults, seed).run(images, study, console);
        WarmUps.Result warmUps = new WarmUps(size.warmUps, seed).run(images, study, console);
        Path plot = directory.resolve("early-steps.png");
        EarlyPlot.write(plot, catapults, warmUps.all());
        console.line("plot: " + plot);
        EarlyTable.catapults(catapults).forEach(findings::line);
        findings.line("");
        EarlyTable.warmUps(warmUps.all()).forEach(findings::line);
        judgeCatapults(findings, size.catapults.factors(), catapults);
        judgeWarmUps(findings, warmUps);
        findings.write(directory);
    }

    private Map<String, String> description() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("scenario", "early-steps");
        settings.put("images", images.training().source());
        settings.put("number", String.valueOf(images.training().size()));
        settings.put("catapults", size.catapults.toString());
        settings.put("warm-up", size.warmUps.toString());
        settings.put("seed", String.valueOf(seed));
        return settings;
    }

    /** Judges the source's three phases; {@code factors} are the learning rates times lambda_0. */
    static void judgeCatapults(Findings findings, List<Double> factors, List<EarlyCourse> courses) {
        List<EarlyCourse> lazy = between(0, 2, factors, courses);
        if (!lazy.isEmpty()) {
            findings.claim(
                    "Below 2/lambda_0 the loss falls at once, and curvature hardly changes (Lewkowycz et al. 2020)",
                    lazy.stream()
                            .allMatch(course ->
                                    course.phase() == Phase.FALLS && Math.abs(course.sharpnessKept() - 1) < LAZY),
                    each(lazy, EarlySteps::course));
        }
        List<EarlyCourse> above = between(2, PREDICTED, factors, courses);
        if (!above.isEmpty()) {
            findings.claim(
                    "Between 2/lambda_0 and 4/lambda_0 the loss rises once, lambda_max falls below 2/lr, and the loss"
                            + " falls (Lewkowycz et al. 2020)",
                    above.stream().allMatch(course -> course.phase() == Phase.SPIKES && course.stabilityAtEnd() < 2),
                    each(above, EarlySteps::course));
        }
        List<EarlyCourse> beyond = between(PREDICTED, SEEN_WITH_RELU, factors, courses);
        if (!beyond.isEmpty()) {
            findings.claim(
                    "With ReLUs this goes on up to about 12/lambda_0 (Lewkowycz et al. 2020)",
                    beyond.stream().allMatch(course -> course.phase() == Phase.SPIKES),
                    each(beyond, EarlySteps::course));
        }
    }

    /** Judges what a small learning rate does to the Fisher information, and warm-up to a large one. */
    static void judgeWarmUps(Findings findings, WarmUps.Result result) {
        double small = result.small().largest(EarlyMoment::fisher);
        double large = result.large().largest(EarlyMoment::fisher);
        findings.claim(
                "With a small learning rate the trace of the Fisher information explodes early, with a large one it"
                        + " does not (Jastrzebski et al. 2021)",
                small > large,
                String.format(
                        Locale.ROOT,
                        "from %.3g to %.3g at most with the small one, to %.3g with the large one",
                        result.small().first().fisher(),
                        small,
                        large));
        double cold = result.large().largest(EarlyMoment::loss);
        double warm = result.warmed().largest(EarlyMoment::loss);
        double coldSharp = result.large().largest(EarlyMoment::lambdaMax);
        double warmSharp = result.warmed().largest(EarlyMoment::lambdaMax);
        findings.claim(
                "Warm-up keeps training out of sharp regions with a large learning rate (Gilmer et al. 2021)",
                warm < MARGIN * cold && warmSharp < MARGIN * coldSharp,
                String.format(
                        Locale.ROOT,
                        "loss at most %.3g without and %.3g with warm-up, lambda_max at most %.3g and %.3g; at the end"
                                + " loss %.3g and %.3g, held out %.1f %% and %.1f %%",
                        cold,
                        warm,
                        coldSharp,
                        warmSharp,
                        result.large().last().loss(),
                        result.warmed().last().loss(),
                        result.large().last().held(),
                        result.warmed().last().held()));
    }

    /** Courses with learning rates above one multiple of 1 / lambda_0, up to another. */
    private static List<EarlyCourse> between(double low, double high, List<Double> factors, List<EarlyCourse> courses) {
        return IntStream.range(0, courses.size())
                .filter(i -> factors.get(i) > low && factors.get(i) <= high)
                .mapToObj(courses::get)
                .toList();
    }

    private static String course(EarlyCourse course) {
        if (course.phase() == Phase.DIVERGES) {
            return "diverges";
        }
        return String.format(
                Locale.ROOT,
                "loss %.3g, at most %.3g, %.3g at the end, lambda_max %.3g to %.3g (%.2g/lr)",
                course.first().loss(),
                course.largest(EarlyMoment::loss),
                course.last().loss(),
                course.first().lambdaMax(),
                course.last().lambdaMax(),
                course.stabilityAtEnd());
    }

    private static String each(List<EarlyCourse> courses, Function<EarlyCourse, String> seen) {
        return courses.stream()
                .map(course -> course.title() + ": " + seen.apply(course))
                .collect(Collectors.joining("; "));
    }
}
