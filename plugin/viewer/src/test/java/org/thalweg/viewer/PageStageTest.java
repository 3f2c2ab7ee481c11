package org.thalweg.viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.recording.RunReader;

/** What can be done with a surface in a real browser: turned, read out, compared, walked down. */
class PageStageTest extends PageInBrowser {

    private static final Pattern READ_OUT = Pattern.compile("α (\\S+) {2}β (\\S+) {2}(\\S+)");

    /** What is seen at a point of the window. */
    private record ReadOut(double alpha, double beta, double value) {}

    @BeforeEach
    void inFull() {
        browser.window(1280, 720, false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"surface", "map"})
    void readsOutTheLossUnderThePointer(String mode) throws Exception {
        show("hover-" + mode, 0);
        choose("mode", mode);
        List<ReadOut> found = readOuts();
        assertThat(found).hasSizeGreaterThan(5);
        for (ReadOut each : found) {
            double loss = valley.lossAt(0, each.alpha, each.beta);
            // Coordinates have three digits; between grid points the surface is a cubic of the logarithm.
            assertThat(each.value).as("%s, seed %d", each, seed).isCloseTo(loss, within(0.05 * loss));
        }
        assertQuiet();
    }

    @Test
    void showsPlanesThatAreNeitherSquareNorAroundTheMinimizer() throws Exception {
        Valley aside = new Valley(random, Valley.axis(0.5, 2, 13), Valley.axis(-1, 0.25, 6));
        show("aside", aside, 1);
        assertThat(colors(browser.screenshot())).isGreaterThan(200);
        choose("mode", "map");
        assertThat(marked()).as("no minimizer on it").isZero();
        List<ReadOut> found = readOuts();
        assertThat(found).hasSizeGreaterThan(5);
        for (ReadOut each : found) {
            assertThat(each.alpha).isBetween(0.495, 2.005);
            assertThat(each.beta).isBetween(-1.005, 0.255);
            double loss = aside.lossAt(0, each.alpha, each.beta);
            assertThat(each.value).as("%s, seed %d", each, seed).isCloseTo(loss, within(0.05 * loss));
        }
        assertThat(text("#numbers")).contains("13 × 6 points");

        show("around", 1);
        choose("mode", "map");
        assertThat(marked()).isGreaterThan(30);
        assertQuiet();
    }

    /** Infinite and unknown losses are holes: nothing is drawn there, and no value is said. */
    @Test
    void leavesHolesWhereValuesAreNotFinite() throws Exception {
        Valley broken = valley.withHole((alpha, beta) -> alpha > 0.3 && beta > 0.3);
        show("hole", broken, 0);
        choose("mode", "map");
        List<ReadOut> found = readOuts();
        assertThat(found).anyMatch(each -> each.alpha > 0.35 && each.beta > 0.35);
        for (ReadOut each : found) {
            // The next points without a hole lie at 1/6.
            boolean isWhole = each.alpha < 0.16 || each.beta < 0.16;
            boolean isHole = each.alpha > 0.34 && each.beta > 0.34;
            if (isWhole || isHole) {
                assertThat(Double.isFinite(each.value))
                        .as("%s, seed %d", each, seed)
                        .isEqualTo(isWhole);
            }
        }
        choose("mode", "surface");
        assertThat(colors(browser.screenshot())).isGreaterThan(200);
        assertQuiet();
    }

    @Test
    void runsAreComparedByOneCamera() throws Exception {
        Path run = directory.resolve("twin");
        valley.record(run, "twin", 0, 1).close();
        browser.open(page("twins", RunReader.open(run), RunReader.open(run)));
        browser.await("document.querySelectorAll('.stage canvas[role=img]').length === 2");
        awaitDrawn(2);
        BufferedImage before = browser.screenshot();
        assertThat(difference(half(before, 0), half(before, 1))).isLessThan(0.002);

        browser.evaluate("document.querySelectorAll('.stage canvas[role=img]')[1].focus()");
        for (int i = 0; i < 4; i++) {
            browser.key("ArrowRight");
        }
        browser.key("ArrowUp");
        browser.key("+");
        browser.redraw();
        BufferedImage after = browser.screenshot();
        assertThat(difference(half(before, 1), half(after, 1))).as("turned").isGreaterThan(0.05);
        assertThat(difference(half(after, 0), half(after, 1))).as("both").isLessThan(0.002);
        browser.key("r");
        browser.redraw();
        assertThat(difference(half(before, 0), half(browser.screenshot(), 0))).isLessThan(0.002);
        assertQuiet();
    }

    @Test
    void comparesTwoRuns() throws Exception {
        Path first = directory.resolve("one");
        Path second = directory.resolve("other");
        valley.record(first, "one", 0, 3).close();
        new Valley(random).record(second, "other", 0, 2).close();
        browser.open(page("two", RunReader.open(first), RunReader.open(second)));
        browser.await("document.querySelectorAll('.stage canvas[role=img]').length === 2");
        assertThat(browser.evaluate("document.title").getAsString()).startsWith("one and other");
        browser.await("document.querySelector('.chart').innerText.includes('solid: train, dashed: validation')");
        assertThat(text(".chart .key")).startsWith("one ");
        assertThat(text("#options")).contains("None: all options are the same.");
        browser.await("document.querySelectorAll('#numbers-body > table tr:first-child td').length === 3");
        assertThat(text(".layers")).contains("one").contains("other");
        assertQuiet();
    }

    @Test
    void answersToItsKeys() throws Exception {
        show("keys", 2);
        browser.key("m");
        browser.await("document.forms.controls.elements.mode.value === 'map'");
        browser.key("m");
        browser.await("document.forms.controls.elements.mode.value === 'surface'");
        browser.key("l");
        browser.await("document.forms.controls.elements.scale.value === 'linear'");
        browser.key("c");
        browser.await("!document.forms.controls.elements.contours.checked");
        browser.key("End");
        browser.await(MOMENT + ".includes('frame 3 of 3')");
        browser.key("ArrowLeft");
        browser.await(MOMENT + ".includes('frame 2 of 3')");
        browser.key("?");
        browser.await("document.getElementById('help').open");
        assertThat(text("#keys")).contains("play and pause").contains("download a picture");
        browser.evaluate("document.getElementById('help').close()");

        // With the surface in focus, arrows turn it and leave time alone.
        browser.redraw();
        BufferedImage before = browser.screenshot();
        browser.evaluate(CANVAS + ".focus()");
        browser.key("ArrowLeft");
        browser.redraw();
        assertThat(difference(half(before, 0), half(browser.screenshot(), 0))).isGreaterThan(0.01);
        assertThat(browser.evaluate(MOMENT).getAsString()).contains("frame 2 of 3");
        assertQuiet();
    }

    /** Everything that can be clicked can be reached without a mouse, and has a name that is read out. */
    @Test
    void isReachedByTheTabKey() throws Exception {
        show("tab", 1);
        browser.evaluate("document.getElementById('playground').open = true");
        browser.evaluate("window.reached = new Set()");
        browser.evaluate("document.addEventListener('focusin', ({ target }) => window.reached.add(target))");
        String reachable = "[...document.querySelectorAll('button, input, select, summary, .stage canvas[role=img]')]"
                + ".filter((each) => each.checkVisibility() && !each.disabled)";
        int all = browser.evaluate(reachable + ".length").getAsInt();
        assertThat(all).isGreaterThan(20);
        for (int i = 0; i < all + 10; i++) {
            browser.key("Tab");
        }
        assertThat(browser.evaluate(reachable
                                + ".filter((each) => !window.reached.has(each)).map((each) => each.outerHTML).join()")
                        .getAsString())
                .isEmpty();
        assertThat(browser.evaluate(reachable + ".filter((each) => !(each.ariaLabel || each.labels?.length"
                                + " || each.textContent.trim())).map((each) => each.outerHTML).join()")
                        .getAsString())
                .as("without a name")
                .isEmpty();
        assertQuiet();
    }

    @Test
    void dropsOptimizersThatRunDown() throws Exception {
        show("playground", 2);
        browser.evaluate("document.getElementById('playground').open = true");
        browser.evaluate("document.getElementById('playground-random').click()");
        browser.await("/[1-9]\\d* steps, at/.test(document.getElementById('playground-list').textContent)");
        browser.click(450, 380);
        browser.await("document.querySelectorAll('#playground-list li').length === 2");
        for (String kind : List.of("momentum", "nadam")) {
            browser.evaluate("document.forms['playground-form'].elements.kind.value = '" + kind + "'");
            browser.evaluate("document.getElementById('playground-random').click()");
        }
        browser.await("document.querySelectorAll('#playground-list li').length === 4");
        // All of them end: near the bottom, still moving after many steps, or off the surface.
        assertThat(text("#playground-list")).contains("Momentum").contains("NADAM");
        browser.evaluate("document.getElementById('playground-clear').click()");
        browser.await("document.querySelectorAll('#playground-list li').length === 0");
        assertQuiet();
    }

    /** What the page says of points all over the surface on display. */
    private List<ReadOut> readOuts() {
        List<ReadOut> found = new ArrayList<>();
        for (double y = 170; y < 660; y += 73) {
            for (double x = 130; x < 800; x += 103) {
                browser.point(x, y);
                Matcher matcher =
                        READ_OUT.matcher(browser.evaluate("(() => { const tip = document.querySelector('.stage .tip');"
                                        + " return tip.hidden ? '' : tip.textContent; })()")
                                .getAsString());
                if (matcher.matches()) {
                    found.add(
                            new ReadOut(number(matcher.group(1)), number(matcher.group(2)), number(matcher.group(3))));
                }
            }
        }
        return found;
    }

    private static double number(String label) {
        return Double.parseDouble(label.replace('−', '-'));
    }

    /** One of two stages next to each other, without the names above and the line between them. */
    private static BufferedImage half(BufferedImage window, int which) {
        int width = 454;
        return window.getSubimage(width * which, 150, width - 1, 520);
    }

    /** Share of pixels that differ by more than rounding. */
    private static double difference(BufferedImage one, BufferedImage other) {
        int differing = 0;
        for (int y = 0; y < one.getHeight(); y++) {
            for (int x = 0; x < one.getWidth(); x++) {
                int a = one.getRGB(x, y);
                int b = other.getRGB(x, y);
                int most = 0;
                for (int shift = 0; shift < 24; shift += 8) {
                    most = Math.max(most, Math.abs((a >> shift & 0xFF) - (b >> shift & 0xFF)));
                }
                differing += most > 24 ? 1 : 0;
            }
        }
        return (double) differing / (one.getWidth() * one.getHeight());
    }
}
