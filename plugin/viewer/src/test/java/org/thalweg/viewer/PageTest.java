package org.thalweg.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.thalweg.recording.RunReader;
import org.thalweg.recording.RunRecorder;

/** The page in a real browser: from a file and from a server, over time, in every colour scheme. */
class PageTest extends PageInBrowser {

    /** What of the panel with numbers and charts reaches over its edge. */
    private static final String BESIDE_THE_PANEL = "(() => { const panel = document.getElementById('side');"
            + " const right = panel.getBoundingClientRect().right;"
            + " return [...panel.querySelectorAll('td, th, span, p, select, svg')]"
            + ".filter((each) => each.getBoundingClientRect().right > right + 0.5)"
            + ".map((each) => each.textContent || each.tagName).join(); })()";

    @Test
    void opensFromAFile() throws Exception {
        browser.open(file("file", 5));
        browser.await(MOMENT + ".includes('frame 1 of 6')");
        browser.await("document.querySelector('.stage .note').hidden");
        browser.await("document.querySelectorAll('.chart:not([hidden]) canvas').length > 3");
        assertThat(text("#numbers"))
                .contains("exact, converged")
                .contains("λ max")
                .contains("gradient norm");
        assertThat(text("#numbers")).contains("hutch++, 30 samples").contains("momentum: not known");
        browser.await("document.querySelector('.density').clientHeight > 50");

        browser.evaluate("document.getElementById('last').click()");
        browser.await(MOMENT + ".includes('frame 6 of 6')");
        assertThat(text("#numbers")).contains("120").contains("epoch 1");
        assertQuiet();
    }

    @Test
    void playsStepsAndSlides() throws Exception {
        browser.open(file("time", 3));
        browser.await(MOMENT + ".includes('frame 1 of 4')");
        browser.evaluate("document.getElementById('speed').value = '8'");
        browser.evaluate("document.getElementById('speed').dispatchEvent(new Event('change'))");
        browser.key(" ");
        browser.await(MOMENT + ".includes('frame 4 of 4')");
        browser.await("document.getElementById('play').getAttribute('aria-label') === 'Play'");
        browser.key("ArrowLeft");
        browser.await(MOMENT + ".includes('frame 3 of 4')");
        browser.key("Home");
        browser.await(MOMENT + ".includes('frame 1 of 4')");

        browser.evaluate("document.getElementById('slider').value = 1.5");
        browser.evaluate("document.getElementById('slider').dispatchEvent(new Event('input'))");
        browser.await(MOMENT + ".includes('iteration 36, frame 2 of 4')");
        assertQuiet();
    }

    @Test
    void drawsLightAndDarkWideAndNarrow() throws Exception {
        browser.open(file("look", 2));
        for (boolean dark : new boolean[] {false, true}) {
            for (int width : new int[] {1280, 420}) {
                browser.window(width, 720, dark);
                browser.await("innerWidth === " + width);
                browser.await(MOMENT + ".includes('of 3') && document.querySelector('.stage .note').hidden");
                browser.redraw();
                BufferedImage picture = browser.screenshot();
                String what = "width " + width + (dark ? ", dark" : ", light");
                assertThat(colors(picture)).as(what + ": colours").isGreaterThan(200);
                assertThat(brightness(picture))
                        .as(what + ": brightness")
                        .satisfies(mean -> assertThat(mean < 0.45).isEqualTo(dark));
                assertThat(browser.evaluate("document.documentElement.scrollWidth")
                                .getAsInt())
                        .as(what + ": nothing next to the window")
                        .isLessThanOrEqualTo(width);
                assertThat(browser.evaluate(BESIDE_THE_PANEL).getAsString())
                        .as(what + ": cut off")
                        .isEmpty();
            }
        }
        browser.window(1280, 720, false);
        assertQuiet();
    }

    @Test
    void showsEveryMetricAsSurfaceAndMap() throws Exception {
        browser.open(file("metrics", 2));
        browser.await("document.forms.controls.elements.metric.options.length === 4");
        for (String metric : List.of("accuracy", "validationLoss", "validationAccuracy", "loss")) {
            for (String mode : List.of("map", "surface")) {
                choose("metric", metric);
                choose("mode", mode);
                browser.await("document.querySelector('.stage canvas:not([hidden])[role=img]')"
                        + ".getAttribute('aria-label').length > 0");
            }
        }
        choose("scale", "linear");
        choose("fit", "true");
        browser.redraw();
        assertQuiet();
    }

    @Test
    void showsNewFramesAndComesBackAfterARestart() throws Exception {
        Path run = directory.resolve("live");
        try (RunRecorder recorder = valley.record(run, "live", 0, 1)) {
            int port;
            try (RunViewer viewer = RunViewer.start(ViewerOptions.DEFAULT, List.of(RunReader.open(run)))) {
                port = viewer.address().getPort();
                browser.open(viewer.address());
                browser.await(MOMENT + ".includes('of 2') && " + STATE + " === 'live'");
                recorder.frame(valley.frame(2));
                browser.await(MOMENT + ".includes('of 3')");
                assertQuiet();
            }
            browser.await(STATE + " === 'lost'");
            recorder.frame(valley.frame(3));
            ViewerOptions again = ViewerOptions.DEFAULT.withPort(port);
            try (RunViewer viewer = RunViewer.start(again, List.of(RunReader.open(run)))) {
                assertThat(viewer.address().getPort()).isEqualTo(port);
                browser.await(STATE + " === 'live' && " + MOMENT + ".includes('of 4')");
                browser.evaluate("document.getElementById('last').click()");
                browser.await(MOMENT + ".includes('frame 4 of 4')");
            }
        }
    }

    /** A flat surface before training says least: what came out is shown first, and the minimizer is in sight. */
    @Test
    void opensAtTheLastFrameWithTheMinimizerInSight() throws Exception {
        for (int run = 0; run < 5; run++) {
            Valley other = new Valley(random);
            URI page = file("last-" + run, other, 3);
            browser.open(URI.create(page.toString().replace("#frame=1", "")));
            awaitDrawn(4);
            assertThat(browser.evaluate(MOMENT).getAsString()).endsWith("frame 4 of 4");
            assertThat(marked())
                    .as("pixels of the minimizer, run %d, seed %d", run, seed)
                    .isGreaterThan(20);
        }
        browser.open(URI.create(file("named", 3).toString().replace("#frame=1", "#frame=2")));
        browser.await(MOMENT + ".includes('frame 2 of 4')");
        assertQuiet();
    }

    /** Findings, surface, numbers, and the charts of curvature are seen without scrolling. */
    @Test
    void whatMattersIsInSightAt1440By900() throws Exception {
        browser.window(1440, 900, false);
        show("sight", 4);
        browser.evaluate("document.getElementById('last').click()");
        browser.await("document.getElementById('findings').innerText.includes('Beyond the edge of stability')");
        assertThat(text("#findings")).contains("1.7 times").contains("Sharper than at iteration 0");
        String bottoms = "[...document.querySelectorAll('.chart')].filter((chart) =>"
                + " ['Hessian eigenvalues', 'Edge of stability'].includes(chart.querySelector('h3').textContent))"
                + ".map((chart) => chart.getBoundingClientRect().bottom)";
        assertThat(browser.evaluate(bottoms + ".length").getAsInt()).isEqualTo(2);
        assertThat(browser.evaluate("Math.max(..." + bottoms + ")").getAsDouble())
                .isLessThan(browser.evaluate("document.querySelector('footer').getBoundingClientRect().top")
                        .getAsDouble());
        assertThat(browser.evaluate("[...document.querySelectorAll('#marks i')].map((mark) => mark.title).join('; ')")
                        .getAsString())
                .contains("Beyond the edge of stability")
                .contains("2 frames skipped before iteration 48");
        save("sight-1440");
        browser.window(1280, 720, false);
        assertQuiet();
    }

    @Test
    void numbersFoldAndSayWhatTheyAre() throws Exception {
        show("fold", 1);
        String closed =
                browser.evaluate("document.querySelector('#numbers').innerText").getAsString();
        assertThat(closed)
                .contains("Loss")
                .contains("\u03bb max")
                .doesNotContain("gradient norm")
                .contains("All numbers");
        assertThat(text("#numbers")).contains("gradient norm").doesNotContain("Deviation\t\u2013");
        assertThat(browser.evaluate("document.querySelector('#numbers th[title]').title")
                        .getAsString())
                .isEqualTo("Completed parameter updates of the network.");
    }

    @Test
    void saysWhatIsWrongWithARunUntilItIsNot() throws Exception {
        Path run = directory.resolve("damaged");
        valley.record(run, "damaged", 0, 2).close();
        Path frame = run.resolve("frames/000000024.h5");
        byte[] whole = Files.readAllBytes(frame);
        Files.writeString(frame, "damage");
        try (RunViewer viewer = RunViewer.start(ViewerOptions.DEFAULT, List.of(RunReader.open(run)))) {
            browser.open(viewer.address());
            awaitDrawn(2);
            browser.await("document.getElementById('problems').textContent.includes('Frame 24 cannot be read')");
            assertThat(text("#problems")).contains("000000024.h5");
            Files.write(frame, whole);
            awaitDrawn(3);
            browser.await("document.getElementById('problems').hidden");
            assertQuiet();
        }
    }

    @Test
    void watchesATrainingThatEnds() throws Exception {
        try (ViewerSink sink = ViewerSink.open(ViewerOptions.DEFAULT)) {
            browser.open(sink.address());
            browser.await(STATE + " === 'live'");
            sink.start(Valley.provenance("training"));
            sink.frame(valley.frame(0));
            sink.frame(valley.frame(1));
            browser.await(MOMENT + ".includes('of 2') && document.querySelector('.stage .note').hidden");
            assertQuiet();
        }
        browser.await(STATE + " === 'ended'");
    }

    @Test
    void aSurfaceAppearsAndSharpens() throws Exception {
        try (ViewerSink sink = ViewerSink.open(ViewerOptions.DEFAULT)) {
            browser.open(sink.address());
            sink.start(Valley.provenance("sharpening"));
            for (int stride : new int[] {6, 2}) {
                int side = 12 / stride + 1;
                sink.progress(valley.unfinished(0, stride));
                awaitSurface("in progress", side * side + " computed");
            }
            sink.failed(0, new IllegalStateException("lost"));
            awaitSurface("failed", "49 computed");
            sink.progress(valley.unfinished(1, 6));
            browser.await(MOMENT + ".includes('of 2')");
            sink.frame(valley.frame(1));
            browser.await("/Iteration\\s*24/.test(document.querySelector('#numbers').textContent)");
            browser.await("!/in progress|computed/.test(document.querySelector('#numbers').textContent)");
            assertQuiet();
        }
    }

    private void awaitSurface(String status, String points) throws InterruptedException {
        browser.await("document.querySelector('.stage .note')?.hidden"
                + " && document.querySelector('#numbers').textContent.includes('" + status + "')"
                + " && document.querySelector('#numbers').textContent.includes('" + points + "')");
    }

    @Test
    void needsNoWebGl() throws Exception {
        Path profile = Files.createDirectory(directory.resolve("plain-profile"));
        try (Browser plain = new Browser(profile, "--disable-3d-apis")) {
            plain.window(1280, 720, false);
            plain.open(file("plain", 2));
            plain.await(MOMENT + ".includes('of 3') && document.querySelector('.stage .note').hidden");
            assertThat(plain.evaluate("document.forms.controls.elements.mode.disabled")
                            .getAsBoolean())
                    .isTrue();
            assertThat(colors(plain.screenshot())).isGreaterThan(200);
            assertThat(plain.problems()).isEmpty();
        }
    }

    private static double brightness(BufferedImage picture) {
        long sum = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                sum += (picture.getRGB(x, y) >> 8) & 0xFF;
            }
        }
        return sum / (255.0 * picture.getWidth() * picture.getHeight());
    }
}
