package org.thalweg.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A long run on the page, in a real browser. */
class PageScaleTest extends PageInBrowser {

    private static final int FRAMES = 1000;

    /** Surfaces come when they are looked at: jumps end, and what was passed by does not fill the memory. */
    @Test
    void aThousandFramesStayFluid() throws Exception {
        try (ViewerSink sink = ViewerSink.open(ViewerOptions.DEFAULT)) {
            sink.start(Valley.provenance("long"));
            for (int i = 0; i < FRAMES; i++) {
                sink.frame(valley.frame(i));
            }
            browser.open(sink.address());
            awaitDrawn(FRAMES);
            for (int jump = 0; jump < 10; jump++) {
                int frame = random.nextInt(FRAMES);
                browser.evaluate("document.getElementById('slider').value = " + frame);
                browser.evaluate("document.getElementById('slider').dispatchEvent(new Event('input'))");
                browser.await(MOMENT + ".includes('frame " + (frame + 1) + " of')");
                awaitDrawn(FRAMES);
            }
            for (int i = 0; i < FRAMES; i += 5) {
                browser.evaluate("document.getElementById('slider').value = " + i);
                browser.evaluate("document.getElementById('slider').dispatchEvent(new Event('input'))");
            }
            awaitDrawn(FRAMES);
            assertThat(browser.heapBytes()).as("bytes in use").isLessThan(100_000_000);
            assertQuiet();
        }
    }
}
