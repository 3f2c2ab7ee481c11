package org.thalweg.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.recording.RunReader;
import org.thalweg.testing.Peers;

/** What axe-core says of the page at three sizes, by day and by night, and what those see who want no motion. */
class PageAccessibilityTest extends PageInBrowser {

    private String axe = "";

    @BeforeAll
    void installAxe() throws Exception {
        Path copy = Files.createDirectories(Path.of("target/page-libraries"));
        for (String file : List.of("package.json", "package-lock.json")) {
            Files.write(copy.resolve(file), Files.readAllBytes(Path.of("src/main/page", file)));
        }
        Peers.program(
                "npm", List.of("--prefix", copy.toString(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"), "");
        axe = Files.readString(copy.resolve("node_modules/axe-core/axe.min.js"));
    }

    @ParameterizedTest
    @CsvSource({
        "1440, 900, false, 1", "1440, 900, true, 6", "1024, 768, false, 6",
        "1024, 768, true, 1", "390, 844, false, 1", "390, 844, true, 6"
    })
    void hasNoViolations(int width, int height, boolean dark, int runs) throws Exception {
        browser.window(width, height, dark);
        RunReader[] readers = new RunReader[runs];
        String name = "axe-" + width + (dark ? "-dark-" : "-") + runs;
        for (int i = 0; i < runs; i++) {
            Path run = directory.resolve(name + i);
            new Valley(random).record(run, "run " + i, 0, 2 + i).close();
            readers[i] = RunReader.open(run);
        }
        List<PageLine> lines =
                runs == 1 ? List.of() : List.of(PageLinesTest.line("a", random), PageLinesTest.line("b", random));
        browser.open(page(name, lines, readers));
        awaitDrawn(3);
        assertThat(browser.evaluate("document.documentElement.dataset.theme").getAsString())
                .isEqualTo(dark ? "dark" : "light");
        browser.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })");
        save(name);
        browser.evaluate(axe);
        String violations = browser.evaluate("axe.run().then(({ violations }) => violations.map(({ id, nodes }) =>"
                        + " id + ': ' + nodes.map(({ html, failureSummary }) => html.slice(0, 200) + ' '"
                        + " + failureSummary).join('; ')).join('\\n'))")
                .getAsString();
        assertThat(violations).isEmpty();
        assertQuiet();
    }

    @Test
    void theThemeIsSwitchedAndStaysSo() throws Exception {
        browser.window(1024, 768, false);
        show("theme", 1);
        String theme = "document.documentElement.dataset.theme";
        assertThat(browser.evaluate(theme).getAsString()).isEqualTo("light");
        browser.key("t");
        browser.await(theme + " === 'dark'");
        browser.window(1024, 768, true);
        browser.window(1024, 768, false);
        assertThat(browser.evaluate(theme).getAsString()).isEqualTo("dark");
        browser.evaluate("document.getElementById('theme').click()");
        assertThat(browser.evaluate(theme).getAsString()).isEqualTo("light");
        // Pages of other tests follow the browser again.
        browser.evaluate("localStorage.clear()");
        assertQuiet();
    }
}
