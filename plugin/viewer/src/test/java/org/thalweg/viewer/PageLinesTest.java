package org.thalweg.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.thalweg.frame.LineStudy;
import org.thalweg.frame.LineValues;
import org.thalweg.recording.RunReader;
import org.thalweg.recording.StudyFile;

/** Lines through the parameters on the page, in a real browser. */
class PageLinesTest extends PageInBrowser {

    private static final int POINTS = 41;
    private static final Pattern READ = Pattern.compile("Loss along the line\\. Here: train (\\S+), validation (\\S+)");
    private static final String HEADINGS =
            "[...document.querySelectorAll('#lines .chart:not([hidden]) h3')].map((head) => head.textContent).join()";

    @Test
    void aPageOfOneLineHasItsCurvesAndReadsThemOut() throws Exception {
        browser.window(1024, 768, false);
        PageLine line = line("sharp.h5", random);
        browser.open(page("one-line", List.of(line)));
        browser.await("document.querySelectorAll('#lines .chart canvas').length === 2");
        assertThat(browser.evaluate("document.title").getAsString()).startsWith("sharp.h5");
        assertThat(browser.evaluate(HEADINGS).getAsString())
                .isEqualTo("Loss along the line,Accuracy along the line, %");
        assertThat(browser.evaluate("document.getElementById('view').offsetParent === null")
                        .getAsBoolean())
                .isTrue();
        assertThat(text("#lines h2")).isEqualTo("Lines through the parameters at \u03b1 = 0");
        double[] loss = line.values().loss();
        assertReads(loss[POINTS / 2], line.values().validationLoss().orElseThrow()[POINTS / 2]);
        press(0);
        assertReads(loss[0], line.values().validationLoss().orElseThrow()[0]);
        assertThat(text("#lines h2")).endsWith("at \u03b1 = \u22121");
        press(0.512);
        assertThat(text("#lines h2")).as("the nearest point").endsWith("at \u03b1 = 0");
        assertReads(loss[POINTS / 2], line.values().validationLoss().orElseThrow()[POINTS / 2]);
        browser.redraw();
        save("lines-one");
        assertQuiet();
    }

    @Test
    void linesStandBelowTheChartsOfARunEachInItsColour() throws Exception {
        browser.window(1440, 900, true);
        Path run = directory.resolve("with-lines");
        valley.record(run, "with lines", 0, 2).close();
        List<PageLine> lines = List.of(line("a", random), line("b", random), regression("c", random));
        browser.open(page("with-lines", lines, RunReader.open(run)));
        awaitDrawn(3);
        assertThat(browser.evaluate("[...document.querySelectorAll('#lines .chart:first-of-type .key')]"
                                + ".map((key) => key.textContent.split(' ')[0]).join()")
                        .getAsString())
                .isEqualTo("a,b,c");
        assertThat(browser.evaluate("new Set([...document.querySelectorAll('#lines .chart:first-of-type .key')]"
                                + ".map((key) => key.style.getPropertyValue('--color'))).size")
                        .getAsInt())
                .isEqualTo(3);
        assertThat(text("#lines")).contains("solid: train, dashed: validation");
        assertThat(browser.evaluate("document.getElementById('view').offsetParent !== null")
                        .getAsBoolean())
                .isTrue();
        browser.evaluate("document.getElementById('lines').scrollIntoView()");
        browser.redraw();
        save("lines-three");
        assertQuiet();
    }

    @Test
    void aServedFolderShowsItsLinesAsTheyAreComputed() throws Exception {
        browser.window(1024, 768, false);
        Path folder = directory.resolve("served");
        Path file = folder.resolve("sharp.h5");
        LineValues values = line("sharp.h5", random).values();
        Files.createDirectories(folder);
        write(file, values.alpha(), new boolean[POINTS]);
        try (RunViewer viewer = RunViewer.watch(ViewerOptions.DEFAULT.withPort(0), List.of(folder))) {
            browser.open(viewer.address());
            browser.await("document.title.startsWith('sharp.h5')");
            double[] loss = write(file, values.alpha(), evaluated());
            browser.await(
                    "document.querySelector('#lines .plot').ariaLabel.startsWith('Loss along the line. Here: train')");
            assertThat(browser.evaluate("document.body.classList.contains('lines-only')")
                            .getAsBoolean())
                    .isTrue();
            assertReads(loss[POINTS / 2], 2 * loss[POINTS / 2]);
            valley.record(folder.resolve("late"), "late", 0, 1).close();
            browser.await("!document.body.classList.contains('lines-only')"
                    + " && document.getElementById('title').textContent === 'late'");
            assertThat(browser.evaluate("document.getElementById('lines').hidden")
                            .getAsBoolean())
                    .isFalse();
        }
    }

    /** A line's file, with validation losses that are twice its losses, which are given back. */
    private static double[] write(Path file, double[] alpha, boolean[] evaluated) throws IOException {
        double[] loss = along(alpha, a -> 0.1 + a * a);
        double[] validation = along(alpha, a -> 0.2 + 2 * a * a);
        LineValues values =
                new LineValues(alpha, evaluated, loss, Optional.empty(), Optional.of(validation), Optional.empty());
        StudyFile.write(file, new LineStudy(Valley.provenance("line"), values, "compiled"));
        return loss;
    }

    @Test
    void aPageWithoutLinesHasNoSectionForThem() throws Exception {
        browser.window(1024, 768, false);
        show("no-lines", 1);
        assertThat(browser.evaluate("document.getElementById('lines').hidden").getAsBoolean())
                .isTrue();
        assertQuiet();
    }

    /** Presses the first chart at a share of its curves' width. */
    private void press(double share) throws IOException {
        browser.evaluate("(() => { const box = document.querySelector('#lines .u-over').getBoundingClientRect();"
                + " document.querySelector('#lines .plot').setPointerCapture = () => {};"
                + " document.querySelector('#lines .plot').dispatchEvent(new PointerEvent('pointerdown',"
                + " { buttons: 1, clientX: box.left + " + share + " * box.width, clientY: box.top + 9 })); })()");
    }

    private void assertReads(double train, double validation) {
        String said = browser.evaluate("document.querySelector('#lines .plot').ariaLabel")
                .getAsString();
        Matcher matcher = READ.matcher(said);
        assertThat(matcher.matches()).as(said).isTrue();
        assertThat(Double.parseDouble(matcher.group(1)))
                .as("%s, seed %d", said, seed)
                .isCloseTo(train, within(train));
        assertThat(Double.parseDouble(matcher.group(2)))
                .as("%s, seed %d", said, seed)
                .isCloseTo(validation, within(validation));
    }

    /** The page shows four digits. */
    private static Offset<Double> within(double value) {
        return Offset.offset(1e-3 * value);
    }

    /** A parabola with a validation loss above it, from -1 to 1. */
    static PageLine line(String name, Random random) {
        double bend = 1 + 3 * random.nextDouble();
        double[] alpha = Valley.axis(-1, 1, POINTS);
        DoubleUnaryOperator loss = a -> 0.1 + bend * a * a;
        return new PageLine(
                name,
                new LineValues(
                        alpha,
                        evaluated(),
                        along(alpha, loss),
                        Optional.of(along(alpha, a -> 90 - 10 * loss.applyAsDouble(a))),
                        Optional.of(along(alpha, a -> 0.2 + 1.3 * loss.applyAsDouble(a))),
                        Optional.of(along(alpha, a -> 85 - 10 * loss.applyAsDouble(a)))));
    }

    private static PageLine regression(String name, Random random) {
        double[] loss = line(name, random).values().loss();
        return new PageLine(
                name,
                new LineValues(
                        Valley.axis(-1, 1, POINTS),
                        evaluated(),
                        loss,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private static boolean[] evaluated() {
        boolean[] all = new boolean[POINTS];
        Arrays.fill(all, true);
        return all;
    }

    private static double[] along(double[] alpha, DoubleUnaryOperator values) {
        return Arrays.stream(alpha).map(values).toArray();
    }
}
