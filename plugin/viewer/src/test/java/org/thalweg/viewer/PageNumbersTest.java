package org.thalweg.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.thalweg.frame.Frame;
import org.thalweg.recording.RunReader;
import org.thalweg.recording.RunRecorder;
import org.thalweg.testing.RandomFrames;

/** The numbers and charts next to the surface, in a real browser. */
class PageNumbersTest extends PageInBrowser {

    /** The colours of thresholds and of the third curve by day. */
    private static final String WARN = "[0x9a, 0x4b, 0x00]";

    private static final String THIRD = "[0xa0, 0x45, 0x7a]";

    /** The chart of a heading. */
    private static final String CHART =
            "[...document.querySelectorAll('.chart')].find((each) => each.querySelector('h3')?.textContent === '%s')";

    @Test
    void everyNumberSaysHowItCameAbout() throws Exception {
        show("how", 3);
        assertThat(text("#numbers"))
                .contains("exact, converged")
                .containsPattern("Gauss-Newton λ max\\s+3\\.500 ± 0\\.020 exact, converged")
                .containsPattern("Gauss-Newton trace\\s+25\\.00 ± 1\\.5 hutch\\+\\+, 30 samples, exact")
                .containsPattern("Deviation\\s+1e−5 of eigenvalues from those in double precision");
        assertThat(text(".layers"))
                .contains("largest eigenvalue of the layer's block of the Hessian, exact")
                .containsPattern("cnn1\\s+2\\.000 ± 0\\.10")
                .contains("not converged");
    }

    /** A valley has one hollow, whose lowest point is in the middle of its surface. */
    @Test
    void hollowsAreBars() throws Exception {
        show("hollows", 3);
        assertThat(text(".hollows")).contains("1 local minimum inside").doesNotContain("within the error");
        assertThat(browser.evaluate("document.querySelectorAll('.hollows .bar').length")
                        .getAsInt())
                .isEqualTo(1);
        assertThat(browser.evaluate("document.querySelector('.hollows .bar').width.baseVal.value")
                        .getAsDouble())
                .isGreaterThan(50);
        assertQuiet();
    }

    @Test
    void layersFollowTheMoment() throws Exception {
        show("layers", 3);
        String bars = "document.querySelectorAll('.layers .bar')";
        double before = browser.evaluate(bars + "[0].width.baseVal.value").getAsDouble();
        browser.evaluate("document.getElementById('last').click()");
        browser.await("document.querySelector('.layers').innerText.includes('5.000 ± 0.10')");
        assertThat(browser.evaluate(bars + "[0].width.baseVal.value").getAsDouble())
                .as("on the scale of the whole run")
                .isGreaterThan(1.1 * before);
        String choice = "document.querySelector('.layers select')";
        browser.evaluate(choice + ".value = 'trace'");
        browser.evaluate(choice + ".dispatchEvent(new Event('change'))");
        assertThat(text(".layers")).contains("13.00 ± 0.50").contains("its standard error is marked");
        assertQuiet();
    }

    /** The ratio passes 1 between the second and the third frame: dots lie below the line, then above it. */
    @Test
    void theEdgeOfStabilityIsDrawn() throws Exception {
        show("edge", 4);
        String chart = String.format(Locale.ROOT, CHART, "Edge of stability");
        int line = lowest(chart, WARN, 50, 400);
        for (int frame = 0; frame < 5; frame++) {
            int dot = lowest(chart, THIRD, xOf(chart, frame, 4) - 2, xOf(chart, frame, 4) + 3);
            assertThat(dot < line).as("frame %d above the edge", frame).isEqualTo(frame >= 2);
        }
        assertQuiet();
    }

    @Test
    void whatFramesCostIsShownWithThoseLeftOut() throws Exception {
        show("cost", 5);
        String chart = String.format(Locale.ROOT, CHART, "Share of wall time, %");
        for (int frame = 0; frame < 6; frame++) {
            int x = xOf(chart, frame, 5);
            assertThat(lowest(chart, WARN, x - 2, x + 3) > 0)
                    .as("a triangle at frame %d", frame)
                    .isEqualTo(frame == 2 || frame == 4);
        }
        String said = chart + ".querySelector('[role=img]').ariaLabel";
        assertThat(browser.evaluate(chart + ".innerText").getAsString())
                .contains("frames 3.000")
                .contains("budget 5.000")
                .contains("skipped frames 0");
        browser.evaluate("document.getElementById('last').click()");
        browser.await(said + ".includes('skipped frames 4')");
        assertQuiet();
    }

    /** Column of pixels of a frame of equidistant ones in a chart. */
    private int xOf(String chart, int frame, int last) {
        int width = browser.evaluate(chart + ".querySelector('canvas').width").getAsInt();
        return (int) Math.round(50 + (width - 62.0) * frame / last);
    }

    /** The lowest row with a pixel of a colour in some columns of a chart; -1 without one. */
    private int lowest(String chart, String color, int from, int to) {
        return browser.evaluate(String.format(Locale.ROOT, """
                        (() => {
                          const canvas = %s.querySelector('canvas');
                          const [from, to] = [%d, Math.min(canvas.width, %d)];
                          const copy = new OffscreenCanvas(canvas.width, canvas.height);
                          const context = copy.getContext('2d', { willReadFrequently: true });
                          context.drawImage(canvas, 0, 0);
                          const { data } = context.getImageData(from, 0, to - from, canvas.height);
                          let lowest = -1;
                          for (let i = 0; i < data.length; i += 4) {
                            const near = %s.every((value, c) => Math.abs(data[i + c] - value) < 40);
                            if (near && data[i + 3] > 200) lowest = Math.floor(i / 4 / (to - from));
                          }
                          return lowest;
                        })()\
                        """, chart, from, to, color))
                .getAsInt();
    }

    @Test
    void aChartLeadsToTheMomentThatIsClicked() throws Exception {
        show("seek", 4);
        String chart = String.format(Locale.ROOT, CHART, "Loss") + ".querySelector('.plot')";
        browser.evaluate(chart + ".scrollIntoView()");
        double left = browser.evaluate(chart + ".getBoundingClientRect().left").getAsDouble();
        double right =
                browser.evaluate(chart + ".getBoundingClientRect().right").getAsDouble();
        double top = browser.evaluate(chart + ".getBoundingClientRect().top").getAsDouble();
        browser.click((int) right - 2, (int) top + 50);
        browser.await(MOMENT + ".includes('frame 5 of 5')");
        browser.click((int) left + 45, (int) top + 50);
        browser.await(MOMENT + ".includes('frame 1 of 5')");
        assertQuiet();
    }

    /** On a plane that stays where it is, parameters move: to where their quantities say. */
    @Test
    void aFixedPlaneShowsTheWayOfTheMinimizer() throws Exception {
        Path run = directory.resolve("fixed");
        try (RunRecorder recorder = new RunRecorder(run)) {
            recorder.start(Valley.provenance("fixed"));
            for (int i = 0; i < 4; i++) {
                recorder.frame(valley.frame(i)
                        .withQuantities(Map.of(
                                "trajectory_alpha", 0.2 * i,
                                "trajectory_beta", -0.1 * i,
                                "trajectory_distance", 0.5 * i)));
            }
        }
        browser.open(page("fixed", RunReader.open(run)));
        awaitDrawn(4);
        choose("mode", "map");
        int alone = marked();
        browser.evaluate("document.getElementById('last').click()");
        awaitDrawn(4);
        browser.await(CANVAS + ".ariaLabel.includes('1.50 away from this plane')");
        browser.redraw();
        assertThat(marked()).as("with its trail").isGreaterThan(alone + 30);
        choose("mode", "surface");
        assertThat(colors(browser.screenshot())).isGreaterThan(200);
        assertQuiet();
    }

    /** Values that end elements, and frames of every shape: none of it is executed, and nothing breaks the page. */
    @Test
    void holdsWhateverAFrameMayBe() throws Exception {
        String name = "谷底 ∇²ℒ 🏔 " + Character.toString(0x202e)
                + "<img src=x onerror='window.broken=1'></script><script>window.broken=1</script>";
        RandomFrames frames = new RandomFrames(random);
        Path run = directory.resolve("random");
        try (RunRecorder recorder = new RunRecorder(run)) {
            recorder.start(frames.provenance(name));
            for (int i = 0; i < 12; i++) {
                Frame frame = frames.frame(i);
                recorder.frame(frame.withQuantities(Map.of("<b onclick=x>μ</b>", 1.0 + i)));
            }
        }
        browser.open(page("random", RunReader.open(run)));
        browser.await(MOMENT + ".includes('of 12')");
        for (int i = 0; i < 12; i++) {
            browser.evaluate("document.getElementById('next').click()");
            browser.redraw();
        }
        assertThat(browser.evaluate("document.querySelector('h1 span').textContent")
                        .getAsString())
                .isEqualTo(name);
        assertThat(text("#numbers")).contains("<b onclick=x>μ</b>");
        assertThat(browser.evaluate("window.broken === undefined && document.querySelector('img, b') === null")
                        .getAsBoolean())
                .as("seed %d", seed)
                .isTrue();
        assertQuiet();
    }
}
