package org.thalweg.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.recording.RunReader;

/** The minimizer is seen when a page opens: in real runs of different networks, which {@code recorded/make} recorded. */
class PageMarkerTest extends PageInBrowser {

    /** The dot is some 12 pixels across in a large window and 6 in a small one; its rim has other colours. */
    @ParameterizedTest
    @ValueSource(strings = {"lenet", "lstm", "mobilenet", "mlp", "fixed-plane"})
    void theMinimizerIsSeenInTheViewThatAPageOpensWith(String name) throws Exception {
        Path run = Path.of(getClass().getResource("recorded/" + name).toURI());
        Path html = directory.resolve(name + ".html");
        PageFile.write(html, List.of(RunReader.open(run)));
        for (int[] window : new int[][] {{1440, 900, 100}, {390, 844, 10}}) {
            browser.window(window[0], window[1], false);
            browser.open(URI.create(html.toUri().toString()));
            awaitDrawn(1);
            save("marker-" + name + "-" + window[0]);
            assertThat(marked()).as("%s, %d pixels wide", name, window[0]).isGreaterThan(window[2]);
        }
        assertQuiet();
    }
}
