package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The script that starts the commands has a list of those that need Deeplearning4j. */
class LauncherTest {

    @Test
    void whatComputesGetsItsLibraries() throws IOException {
        String line = Files.readString(Path.of("src/main/script/thalweg"))
                .lines()
                .filter(each -> each.contains("/lib/compute/"))
                .findFirst()
                .orElseThrow();
        List<String> listed = Arrays.stream(line.substring(0, line.indexOf(')')).split("\\|", -1))
                .map(String::strip)
                .toList();
        List<String> computing =
                Thalweg.commandLine(new StringWriter(), new StringWriter()).getSubcommands().entrySet().stream()
                        .filter(command -> command.getValue().getCommandSpec().findOption("--device") != null)
                        .map(Map.Entry<String, CommandLine>::getKey)
                        .toList();
        assertThat(computing).isNotEmpty();
        assertThat(listed).containsAll(computing);
    }
}
