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
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.recording.RunReader;
import org.thalweg.testing.Seeds;

/** What tests of the page in a real browser share: the browser, and runs to show in it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PageInBrowser {

    static final String MOMENT = "document.getElementById('moment').textContent";
    static final String STATE = "document.getElementById('state').dataset.state";

    /** What a surface is drawn on, the first one. */
    static final String CANVAS = "document.querySelector('.stage canvas[role=img]:not([hidden])')";

    /** The colour of the minimizer by day. */
    private static final int MARKER = 0xD1370C;

    @TempDir
    static Path directory;

    final long seed = Seeds.fresh(getClass().getSimpleName());
    final Random random = new Random(seed);
    final Valley valley = new Valley(random);

    Browser browser;

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

    /** An open and drawn page with a number of further frames of the valley. */
    void show(String name, int further) throws Exception {
        show(name, valley, further);
    }

    void show(String name, Valley shown, int further) throws Exception {
        browser.open(file(name, shown, further));
        awaitDrawn(further + 1);
    }

    /** Waits for a number of frames, their charts, and the current surface. */
    void awaitDrawn(int frames) throws InterruptedException {
        browser.await(MOMENT + ".includes('of " + frames + "')"
                + " && document.querySelector('.chart:not([hidden])')"
                + " && [...document.querySelectorAll('.stage')].every((stage) => stage.ariaBusy === 'false')");
        browser.redraw();
    }

    URI file(String name, int further) throws IOException {
        return file(name, valley, further);
    }

    URI file(String name, Valley shown, int further) throws IOException {
        Path run = directory.resolve(name);
        shown.record(run, name, 0, further).close();
        return page(name, RunReader.open(run));
    }

    /** A page that carries runs, opened at its first frame. */
    URI page(String name, RunReader... runs) throws IOException {
        return page(name, List.of(), runs);
    }

    URI page(String name, List<PageLine> lines, RunReader... runs) throws IOException {
        Path html = directory.resolve(name + ".html");
        PageFile.write(html, List.of(runs), lines);
        return URI.create(html.toUri() + "#frame=1");
    }

    void choose(String field, String value) {
        String element = "document.forms.controls.elements." + field;
        boolean isBox = value.equals("true") || value.equals("false");
        browser.evaluate(element + (isBox ? ".checked = " + value : ".value = '" + value + "'"));
        browser.evaluate(element + ".dispatchEvent(new Event('input', {bubbles: true}))");
        browser.redraw();
    }

    /** The text of an element, with all folds open. */
    String text(String selector) {
        browser.evaluate(
                "document.querySelectorAll('" + selector + " details').forEach((fold) => { fold.open = true; })");
        return browser.evaluate("document.querySelector('" + selector + "').innerText")
                .getAsString();
    }

    void assertQuiet() {
        assertThat(browser.problems()).as("console, seed %d", seed).isEmpty();
    }

    /** How many pixels of the window have the colour of the minimizer. */
    int marked() throws IOException {
        BufferedImage picture = browser.screenshot();
        int marked = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                marked += (picture.getRGB(x, y) & 0xFFFFFF) == MARKER ? 1 : 0;
            }
        }
        return marked;
    }

    /** Saves the window as a picture for people to look at. */
    void save(String name) throws IOException {
        Path file = Path.of("target/screenshots", name + ".png");
        Files.createDirectories(file.getParent());
        ImageIO.write(browser.screenshot(), "png", file.toFile());
    }

    static int colors(BufferedImage picture) {
        Set<Integer> colors = new HashSet<>();
        for (int y = 0; y < picture.getHeight(); y += 2) {
            for (int x = 0; x < picture.getWidth(); x += 2) {
                colors.add(picture.getRGB(x, y));
            }
        }
        return colors.size();
    }
}
