package org.thalweg.demo.probesize;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.thalweg.demo.Findings;
import org.thalweg.demo.RecordedStudy;
import org.thalweg.frame.Frame;

/**
 * Says how far off probes of each size are, and whether their error bars tell.
 *
 * @param all the frame on all examples
 * @param shares the probes of each size, ascending
 */
record ProbeSizeReport(Frame all, List<Draws> shares) {

    /** The share in question. */
    private static final int CLAIMED = 5;
    /** A smaller relative error counts as equal to all examples. */
    private static final double SMALL = 0.1;
    /** Share of 95 % bars that should contain the value, less what chance takes from a few dozen. */
    private static final double ENOUGH = 0.85;

    private static final List<Quantity> EIGENVALUES =
            List.of(Quantity.LAMBDA_MAX, Quantity.LAMBDA_2, Quantity.LAMBDA_MIN);

    /** Writes tables, picture and claims. */
    void write(RecordedStudy study, Findings findings) throws IOException {
        study.table("probes.csv", probeTable());
        study.table("errors.csv", errorTable());
        findings.line("");
        findings.line("on all images: "
                + Stream.of(Quantity.values())
                        .map(quantity -> String.format(Locale.ROOT, "%s %.4g", quantity.label(), quantity.of(all)))
                        .collect(Collectors.joining(", ")));
        findings.line("root mean squared error in percent");
        findings.line(header("surface"));
        shares.forEach(draws -> findings.line(row(draws, percent(draws.surfaceError()), draws::error)));
        findings.line("mean error in percent: the bias");
        findings.line(header(""));
        shares.forEach(draws -> findings.line(row(draws, "", draws::bias)));
        findings.line("standard error in percent as the frames give it, before the bias");
        findings.line(header(""));
        shares.forEach(draws -> findings.line(
                row(draws, "", quantity -> draws.standardError(quantity).orElse(Double.NaN))));
        findings.line("95 % bars that contain the value on all images, in percent of all probes of a share");
        findings.line(header(""));
        shares.forEach(draws -> findings.line(row(draws, "", quantity -> covered(draws, quantity))));
        Path picture = study.path().resolve("probe-size.png");
        ProbeSizePlot.write(picture, shares);
        findings.line("picture: " + picture.getFileName());
        judge(findings);
    }

    private static String header(String surface) {
        return String.format(Locale.ROOT, "%6s %7s %8s", "share", "images", surface)
                + Stream.of(Quantity.values())
                        .map(quantity -> String.format(Locale.ROOT, " %11s", quantity.label()))
                        .collect(Collectors.joining());
    }

    private static String row(Draws draws, String surface, ToDoubleFunction<Quantity> number) {
        return String.format(Locale.ROOT, "%4d %% %7d %8s", draws.percent(), draws.examples(), surface)
                + Stream.of(Quantity.values())
                        .map(quantity -> String.format(Locale.ROOT, " %11s", percent(number.applyAsDouble(quantity))))
                        .collect(Collectors.joining());
    }

    /** Share of the probes whose bar contains the value; NaN without bars. */
    private static double covered(Draws draws, Quantity quantity) {
        OptionalInt covered = draws.covered(quantity);
        return covered.isPresent()
                ? (double) covered.getAsInt() / draws.frames().size()
                : Double.NaN;
    }

    private static String percent(double share) {
        return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.1f", 100 * share);
    }

    private void judge(Findings findings) {
        Optional<Draws> claimed =
                shares.stream().filter(draws -> draws.percent() == CLAIMED).findFirst();
        claimed.ifPresent(draws -> {
            findings.claim(
                    "5 % of the images show the surface of all of them (losslandscape.com/faq)",
                    draws.surfaceError() < SMALL && draws.error(Quantity.RISE) < SMALL,
                    String.format(
                            Locale.ROOT,
                            "the loss is off by %s %% over the surface's points, the rise at radius 0.5 by %s %%",
                            percent(draws.surfaceError()),
                            percent(draws.error(Quantity.RISE))));
            findings.claim(
                    "and the extreme eigenvalues of their Hessian",
                    EIGENVALUES.stream().allMatch(quantity -> draws.error(quantity) < SMALL),
                    EIGENVALUES.stream()
                            .map(quantity -> String.format(
                                    Locale.ROOT,
                                    "%s is off by %s %%, by %+.1f %% in the mean",
                                    quantity.label(),
                                    percent(draws.error(quantity)),
                                    100 * draws.bias(quantity)))
                            .collect(Collectors.joining("; ")));
        });
        findings.line("errors below 10 %: surface " + enough(Draws::surfaceError) + ", "
                + Stream.of(Quantity.values())
                        .map(quantity -> quantity.label() + " " + enough(draws -> draws.error(quantity)))
                        .collect(Collectors.joining(", ")));
        bars(
                findings,
                "The frames' 95 % bars say how far off loss and trace are",
                List.of(Quantity.LOSS, Quantity.TRACE));
        bars(findings, "and eigenvalues, whose bars leave out the bias (Tatzel et al. 2024)", EIGENVALUES);
    }

    /** From which share on all errors are small. */
    private String enough(ToDoubleFunction<Draws> error) {
        String from = "nowhere";
        for (int i = shares.size() - 1; i >= 0 && error.applyAsDouble(shares.get(i)) < SMALL; i--) {
            from = "from " + shares.get(i).percent() + " %";
        }
        return from;
    }

    private void bars(Findings findings, String claim, List<Quantity> quantities) {
        List<String> seen = new ArrayList<>();
        boolean holds = true;
        for (Quantity quantity : quantities) {
            int covered = 0;
            int probes = 0;
            for (Draws draws : shares) {
                OptionalInt of = draws.covered(quantity);
                if (of.isPresent()) {
                    covered += of.getAsInt();
                    probes += draws.frames().size();
                }
            }
            holds &= probes > 0 && covered >= ENOUGH * probes;
            seen.add(String.format(Locale.ROOT, "%s in %d of %d probes", quantity.label(), covered, probes));
        }
        findings.claim(claim, holds, "bars contain the value on all images: " + String.join(", ", seen));
    }

    private List<List<Object>> probeTable() {
        List<List<Object>> rows = new ArrayList<>();
        List<Object> header = new ArrayList<>(List.of("percent", "images", "draw"));
        for (Quantity quantity : Quantity.values()) {
            header.add(quantity.column());
            header.add(quantity.column() + "_bar");
        }
        rows.add(header);
        for (Draws draws : shares) {
            for (int i = 0; i < draws.frames().size(); i++) {
                rows.add(probeRow(
                        draws.percent(), draws.examples(), i + 1, draws.frames().get(i)));
            }
        }
        rows.add(probeRow(100, shares.get(0).of(), 1, all));
        return rows;
    }

    private static List<Object> probeRow(int percent, int examples, int draw, Frame frame) {
        List<Object> row = new ArrayList<>(List.of(percent, examples, draw));
        for (Quantity quantity : Quantity.values()) {
            row.add(quantity.of(frame));
            OptionalDouble bar = quantity.bar(frame);
            row.add(bar.isPresent() ? bar.getAsDouble() : "");
        }
        return row;
    }

    private List<List<Object>> errorTable() {
        List<List<Object>> rows = new ArrayList<>();
        rows.add(List.of("percent", "images", "draws", "quantity", "rms_error", "bias", "standard_error", "covered"));
        for (Draws draws : shares) {
            List<Object> place = Arrays.asList(
                    draws.percent(), draws.examples(), draws.frames().size());
            rows.add(Stream.concat(place.stream(), Stream.of("surface", draws.surfaceError(), "", "", ""))
                    .toList());
            for (Quantity quantity : Quantity.values()) {
                rows.add(Stream.concat(
                                place.stream(),
                                Stream.of(
                                        quantity.column(),
                                        draws.error(quantity),
                                        draws.bias(quantity),
                                        text(draws.standardError(quantity)),
                                        draws.covered(quantity).isPresent()
                                                ? draws.covered(quantity).getAsInt()
                                                : ""))
                        .toList());
            }
        }
        return rows;
    }

    private static Object text(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : "";
    }
}
