package org.thalweg.demo.generalization;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.thalweg.demo.Findings;
import org.thalweg.demo.RecordedStudy;
import org.thalweg.demo.statistics.RankCorrelation;

/**
 * Says which measures rank networks by how well they generalize.
 *
 * @param compared the networks that came down to the criterion
 * @param seed seed of the bootstrap
 */
record GeneralizationReport(List<Trained> compared, long seed) {

    /** With fewer networks there is no order to speak of. */
    private static final int FEWEST = 6;

    private static final List<Measure> SHARPNESS = Stream.of(Measure.values())
            .filter(measure -> measure != Measure.TRAINING_LOSS)
            .toList();

    /**
     * Writes tables, picture and claims.
     *
     * @param networks all networks that were trained
     * @param wanted number of networks that the study is to have
     */
    void write(RecordedStudy study, Findings findings, List<Trained> networks, int wanted) throws IOException {
        study.table("networks.csv", networkTable(networks));
        findings.line("");
        findings.format(
                "%d of %d networks trained, %d of them to the criterion%s",
                networks.size(),
                wanted,
                compared.size(),
                networks.size() < wanted ? "; --resume trains the others" : "");
        if (compared.size() < FEWEST) {
            findings.format(
                    "correlations need at least %d networks that reach the criterion: train on fewer images", FEWEST);
            return;
        }
        List<Correlations> all = Stream.of(Measure.values())
                .map(measure -> Correlations.of(measure, compared, seed))
                .toList();
        study.table("correlations.csv", correlationTable(all));
        findings.format(
                "gaps: %s points of error, %s of loss",
                range(compared.stream().mapToDouble(Trained::errorGap).toArray()),
                range(compared.stream().mapToDouble(Trained::lossGap).toArray()));
        findings.line(
                "Spearman's rank correlation with 95 % bootstrap intervals; Kendall's of the gap in loss where only"
                        + " one hyperparameter differs");
        findings.line(header());
        all.forEach(of -> findings.line(row(of)));
        Path picture = study.path().resolve("generalization.png");
        GeneralizationPlot.write(picture, all, compared);
        findings.line("picture: " + picture.getFileName());
        judge(findings, all);
    }

    private static String range(double... values) {
        double low = Arrays.stream(values).min().orElse(Double.NaN);
        double high = Arrays.stream(values).max().orElse(Double.NaN);
        return String.format(Locale.ROOT, "%.3g to %.3g", low, high);
    }

    private static String header() {
        return String.format(
                Locale.ROOT,
                "%-22s %22s %22s  %s %7s  %s",
                "measure",
                "gap in error",
                "gap in loss",
                Setting.HYPERPARAMETERS.stream()
                        .map(name -> String.format(Locale.ROOT, "%13s", name))
                        .collect(Collectors.joining(" ")),
                "mean",
                "which");
    }

    private static String row(Correlations of) {
        return String.format(
                Locale.ROOT,
                "%-22s %22s %22s  %s %+7.2f  %s",
                of.measure().label(),
                of.errorGap(),
                of.lossGap(),
                of.granulated().stream()
                        .map(value -> String.format(Locale.ROOT, "%+13.2f", value))
                        .collect(Collectors.joining(" ")),
                of.meanGranulated(),
                of.verdict());
    }

    private void judge(Findings findings, List<Correlations> all) {
        List<Correlations> sharpness =
                all.stream().filter(of -> SHARPNESS.contains(of.measure())).toList();
        List<String> telling = sharpness.stream()
                .filter(of -> of.lossGap().isPositive())
                .map(of -> of.measure().label())
                .toList();
        findings.claim(
                "Sharper networks of like training loss generalize worse: measures of sharpness rank them (Jiang et"
                        + " al. 2020)",
                telling.size() > sharpness.size() / 2,
                String.format(
                        Locale.ROOT,
                        "%d of %d measures are positively correlated with the gap in loss%s",
                        telling.size(),
                        sharpness.size(),
                        telling.isEmpty() ? "" : ": " + String.join(", ", telling)));
        RankCorrelation advantage = Correlations.advantage(Measure.ADAPTIVE, Measure.LAMBDA_MAX, compared, seed);
        findings.claim(
                "Adaptive sharpness ranks them better than lambda_max (Kwon et al. 2021)",
                advantage.isPositive(),
                "difference of their correlations with the gap in loss: " + advantage);
        Correlations adaptive = all.stream()
                .filter(of -> of.measure() == Measure.ADAPTIVE)
                .findFirst()
                .orElseThrow();
        int closest = adaptive.closestHyperparameter();
        RankCorrelation hyperparameter = adaptive.withHyperparameters().get(closest);
        findings.claim(
                "Adaptive sharpness shows hyperparameters rather than generalization (Andriushchenko et al. 2023)",
                Math.abs(hyperparameter.value()) > Math.abs(adaptive.lossGap().value()),
                String.format(
                        Locale.ROOT,
                        "correlation with the %s %s, with the gap in loss %s",
                        Setting.HYPERPARAMETERS.get(closest),
                        hyperparameter,
                        adaptive.lossGap()));
    }

    /** The line of a network while the study runs. */
    static String progress(Trained network, int done, int of) {
        return String.format(
                Locale.ROOT,
                "%3d of %d  %-36s %6d iterations  loss %.4f  error %5.2f %%  held out %.4f, %5.2f %%  lambda_max %.3g",
                done,
                of,
                network.setting().name(),
                network.frame().iteration(),
                network.frame().loss(),
                network.trainingError(),
                network.testLoss(),
                network.testError(),
                Measure.LAMBDA_MAX.of(network.frame()));
    }

    private List<List<Object>> networkTable(List<Trained> networks) {
        List<List<Object>> rows = new ArrayList<>();
        List<Object> header = new ArrayList<>(List.of(
                "network",
                "batch_size",
                "learning_rate",
                "decay",
                "seed",
                "iterations",
                "compared",
                "training_error",
                "test_error",
                "error_gap",
                "test_loss",
                "loss_gap"));
        Stream.of(Measure.values()).forEach(measure -> header.add(measure.column()));
        rows.add(header);
        for (Trained network : networks) {
            List<Object> row = new ArrayList<>(List.of(network.setting().name()));
            row.addAll(network.setting().values());
            row.addAll(List.of(
                    network.frame().iteration(),
                    compared.contains(network),
                    network.trainingError(),
                    network.testError(),
                    network.errorGap(),
                    network.testLoss(),
                    network.lossGap()));
            Stream.of(Measure.values()).forEach(measure -> row.add(measure.of(network.frame())));
            rows.add(row);
        }
        return rows;
    }

    private static List<List<Object>> correlationTable(List<Correlations> all) {
        List<List<Object>> rows = new ArrayList<>();
        rows.add(List.of("measure", "with", "coefficient", "value", "low", "high"));
        for (Correlations of : all) {
            add(rows, of, "error_gap", of.errorGap());
            add(rows, of, "loss_gap", of.lossGap());
            for (int i = 0; i < of.withHyperparameters().size(); i++) {
                add(rows, of, column(i), of.withHyperparameters().get(i));
            }
            for (int i = 0; i < of.granulated().size(); i++) {
                rows.add(List.of(
                        of.measure().column(),
                        "loss_gap",
                        "kendall_by_" + column(i),
                        of.granulated().get(i),
                        "",
                        ""));
            }
        }
        return rows;
    }

    private static void add(List<List<Object>> rows, Correlations of, String with, RankCorrelation found) {
        rows.add(List.of(of.measure().column(), with, "spearman", found.value(), found.low(), found.high()));
    }

    private static String column(int hyperparameter) {
        return Setting.HYPERPARAMETERS.get(hyperparameter).replace(' ', '_');
    }
}
