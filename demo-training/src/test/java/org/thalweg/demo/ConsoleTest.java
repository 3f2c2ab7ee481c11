package org.thalweg.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;
import org.junit.jupiter.api.Test;

class ConsoleTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);

    @Test
    void aLineNeverLandsInTheBar() {
        Console console = new Console(out, true);
        console.line("before");
        try (ProgressBar bar = console.progressBar("training", 10)) {
            for (int i = 0; i < 10; i++) {
                bar.step();
                bar.refresh();
                console.line("frame " + i);
            }
        }
        console.line("after");

        assertThat(screen()).startsWith("before", "frame 0", "frame 1").endsWith("frame 9", bar(), "after");
        assertThat(screen()).hasSize(13);
    }

    @Test
    void elsewhereThereAreNoControlCharacters() {
        Console console = new Console(out, false);
        console.line("one");
        console.text("two\nthree\n\n");

        assertThat(written.toString(StandardCharsets.UTF_8).lines()).containsExactly("one", "two", "three");
        assertThatThrownBy(() -> console.progressBar("training", 10)).hasMessageContaining("terminal");
    }

    /** The bar's last state, which remains after closing. */
    private String bar() {
        return screen().stream()
                .filter(line -> line.startsWith("training"))
                .reduce((first, last) -> last)
                .orElseThrow();
    }

    /** What a terminal shows: the part of each line after its last erasure. */
    private List<String> screen() {
        return Stream.of(written.toString(StandardCharsets.UTF_8).split("\n"))
                .map(line -> line.substring(line.lastIndexOf("\r\033[K") < 0 ? 0 : line.lastIndexOf("\r\033[K") + 4))
                .toList();
    }
}
