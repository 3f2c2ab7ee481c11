package org.thalweg.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.recording.RunReader;
import org.thalweg.recording.RunRecorder;
import org.thalweg.testing.RandomFrames;
import org.thalweg.testing.Seeds;

/** The page in a real browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageTest {

    private static final String MOMENT = "document.getElementById('moment').textContent";
    private static final String STATE = "document.getElementById('state').dataset.state";

    private final long seed = Seeds.fresh("PageTest");
    private final Random random = new Random(seed);
    private final Valley valley = new Valley(random);

    @TempDir
    private static Path directory;

    private Browser browser;

    @BeforeAll
    void start() throws Exception {
        browser = new Browser(Files.createDirectory(directory.resolve("profile")));
        browser.window(1280, 720, false);
    }

    @AfterAll
    void stop() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void opensFromAFile() throws Exception {
        browser.open(file("file", 5));
        browser.await(MOMENT + ".includes('frame 1 of 6')");
        browser.await("document.querySelector('.stage .note').hidden");
        browser.await("document.querySelectorAll('.chart:not([hidden]) svg path').length > 3");
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
                browser.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
                BufferedImage picture = browser.screenshot();
                String what = "width " + width + (dark ? ", dark" : ", light");
                assertThat(colors(picture)).as(what + ": colours").isGreaterThan(200);
                assertThat(brightness(picture))
                        .as(what + ": brightness")
                        .satisfies(mean -> assertThat(mean < 0.45).isEqualTo(dark));
                assertThat(browser.evaluate("document.documentElement.scrollWidth")
                                .getAsInt())
                        .as(what + ": nothing beside the window")
                        .isLessThanOrEqualTo(width);
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
            for (String mode : List.of("map", "relief")) {
                choose("metric", metric);
                choose("mode", mode);
                browser.await("document.querySelector('.stage canvas:not([hidden])[role=img]')"
                        + ".getAttribute('aria-label').length > 0");
            }
        }
        choose("scale", "linear");
        choose("fit", "on");
        browser.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
        assertQuiet();
    }

    @Test
    void dropsAnOptimizerThatRunsDown() throws Exception {
        browser.open(file("toy", 2));
        browser.await("document.querySelector('.stage .note').hidden");
        browser.evaluate("document.getElementById('toy').open = true");
        browser.evaluate("document.getElementById('toy-random').click()");
        browser.await("/[1-9]\\d* steps, at/.test(document.getElementById('toy-list').textContent)");
        browser.click(450, 380);
        browser.await("document.querySelectorAll('#toy-list li').length === 2");
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
    void comparesTwoRuns() throws Exception {
        Path first = directory.resolve("one");
        Path second = directory.resolve("other");
        valley.record(first, "one", 0, 3).close();
        new Valley(random).record(second, "other", 0, 2).close();
        Path html = directory.resolve("two.html");
        PageFile.write(html, List.of(RunReader.open(first), RunReader.open(second)));
        browser.open(html.toUri());
        browser.await("document.querySelectorAll('.stage canvas[role=img]').length === 2");
        assertThat(browser.evaluate("document.title").getAsString()).startsWith("one and other");
        browser.await("document.querySelectorAll('.series.dashed').length > 0");
        browser.await("document.querySelectorAll('#numbers tr:first-child td').length === 2");
        assertQuiet();
    }

    /** Values that end elements, frames of every shape: nothing of it is run, and nothing breaks the page. */
    @Test
    void holdsWhateverAFrameMayBe() throws Exception {
        String name = "<img src=x onerror='window.broken=1'></script><script>window.broken=1</script>";
        RandomFrames frames = new RandomFrames(random);
        Path run = directory.resolve("random");
        try (RunRecorder recorder = new RunRecorder(run)) {
            recorder.start(frames.provenance(name));
            for (int i = 0; i < 12; i++) {
                recorder.frame(frames.frame(i));
            }
        }
        Path html = directory.resolve("random.html");
        PageFile.write(html, List.of(RunReader.open(run)));
        browser.open(html.toUri());
        browser.await(MOMENT + ".includes('of 12')");
        for (int i = 0; i < 12; i++) {
            browser.evaluate("document.getElementById('next').click()");
            browser.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
        }
        assertThat(browser.evaluate("document.querySelector('h1 span').textContent")
                        .getAsString())
                .isEqualTo(name);
        assertThat(browser.evaluate("window.broken === undefined").getAsBoolean())
                .as("seed %d", seed)
                .isTrue();
        assertQuiet();
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

    private URI file(String name, int frames) throws IOException {
        Path run = directory.resolve(name);
        valley.record(run, name, 0, frames).close();
        Path html = directory.resolve(name + ".html");
        PageFile.write(html, List.of(RunReader.open(run)));
        return html.toUri();
    }

    private void choose(String field, String value) {
        String element = "document.forms.controls.elements." + field;
        String set = value.equals("on") ? ".checked = true" : ".value = '" + value + "'";
        browser.evaluate(element + set);
        browser.evaluate(element + ".dispatchEvent(new Event('input', {bubbles: true}))");
    }

    private String text(String selector) {
        return browser.evaluate("document.querySelector('" + selector + "').innerText")
                .getAsString();
    }

    private void assertQuiet() {
        assertThat(browser.problems()).as("console, seed %d", seed).isEmpty();
    }

    private static int colors(BufferedImage picture) {
        Set<Integer> colors = new HashSet<>();
        for (int y = 0; y < picture.getHeight(); y += 2) {
            for (int x = 0; x < picture.getWidth(); x += 2) {
                colors.add(picture.getRGB(x, y));
            }
        }
        return colors.size();
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
