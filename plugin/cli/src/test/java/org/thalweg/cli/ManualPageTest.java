package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class ManualPageTest {

    @TempDir
    private Path directory;

    @BeforeEach
    void write() {
        StringWriter err = new StringWriter();
        assertThat(InProcess.execute(new StringWriter(), err, "generate-manual", directory))
                .as(err::toString)
                .isZero();
    }

    @Test
    void eachCommandHasAPageWithAllItsOptions() throws IOException {
        List<CommandSpec> commands =
                Thalweg.commandLine(new StringWriter(), new StringWriter()).getSubcommands().values().stream()
                        .map(CommandLine::getCommandSpec)
                        .filter(command -> !command.usageMessage().hidden())
                        .toList();
        assertThat(commands).hasSizeGreaterThan(7);
        for (CommandSpec command : commands) {
            String page = Files.readString(directory.resolve("thalweg-" + command.name() + ".1"));
            for (OptionSpec option : command.options()) {
                assertThat(page).contains(option.longestName().replace("-", "\\-"));
            }
            assertThat(page).doesNotContain("${").contains(".BR \"thalweg\" \"(1)\"");
        }
        assertThat(Files.readString(directory.resolve("thalweg-image.1")))
                .contains(".B \"\\-\\-size=WxH\"\nWidth and height in pixels (default: 1920x1080).")
                .contains(
                        "thalweg\\-image \\- Draws one frame of a run as a PNG file, on the scale of the whole run\n");
        assertThat(Files.readString(directory.resolve("thalweg.1")))
                .contains(".BR \"thalweg\\-analyze\" \"(1)\"")
                .doesNotContain("generate");
    }

    /** A line that begins with a dot must not become a macro. */
    @Test
    void groffFindsNothingToWarnOfAndAllWords() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/groff")), "groff is not installed");
        List<Path> pages;
        try (Stream<Path> files = Files.list(directory)) {
            pages = files.sorted().toList();
        }
        for (Path page : pages) {
            Path warnings = directory.resolve("warnings");
            Process groff = new ProcessBuilder("groff", "-man", "-ww", "-Tutf8", "-P-bcou", page.toString())
                    .redirectError(warnings.toFile())
                    .start();
            String shown = new String(groff.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(groff.waitFor()).as(page.toString()).isZero();
            assertThat(Files.readString(warnings)).as(page.toString()).isEmpty();
            assertThat(shown).contains("NAME", "SYNOPSIS", "OPTIONS", "EXIT STATUS");
            if (page.endsWith("thalweg-export.1")) {
                assertThat(shown.replaceAll("\\s+", " ")).contains(".vtp (VTK PolyData for ParaView)", "'last'");
            }
        }
    }
}
