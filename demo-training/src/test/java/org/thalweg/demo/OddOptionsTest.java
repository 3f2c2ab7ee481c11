package org.thalweg.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Odd values for every option that takes one: each is refused in one line with the option and the value, or accepted.
 * Nothing is trained, because the data or the run to continue is missing, which is found after all options are checked.
 */
class OddOptionsTest {

    private static final List<String> ODD =
            List.of("", "-1", "0", "NaN", "Infinity", "1e308", "2147483647", "99999999999999999999", "x");

    /** For directories: a missing one and a path below a file. */
    private static final List<String> PLACES = List.of("", "DIR/none", "DIR/file/below");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @MethodSource("scenarios")
    void areTakenOrRefusedInOneLine(String scenario) throws IOException {
        Files.writeString(directory.resolve("file"), "");
        CommandLine command = new CommandLine(scenario(scenario));
        String stop = command.getCommandSpec().findOption("--data") == null ? "--resume" : "--data";
        List<OptionSpec> options = command.getCommandSpec().options().stream()
                .filter(option -> option.arity().max() > 0)
                .toList();
        assertThat(options).isNotEmpty();
        for (OptionSpec option : options) {
            boolean isPlace = List.of("--data", "--out", "--resume").contains(option.longestName());
            for (String odd : isPlace ? PLACES : ODD) {
                String value = odd.replace("DIR", directory.toString());
                String given = option.longestName() + "=" + value;
                String missing = directory.resolve("missing").toString();
                List<String> words = option.longestName().equals(stop)
                        ? List.of(scenario, given)
                        : List.of(scenario, given, stop + "=" + missing);
                ByteArrayOutputStream errors = new ByteArrayOutputStream();
                int code = Demo.run(
                        new Console(
                                new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8), false),
                        new PrintStream(errors, true, StandardCharsets.UTF_8),
                        words.toArray(String[]::new));
                String said = errors.toString(StandardCharsets.UTF_8);
                assertThat(said.lines()).as("%s", words).hasSize(1);
                assertThat(said).as("%s", words).startsWith("demo-training: ").doesNotContain("Exception");
                if (code == 2) {
                    assertThat(said).as("%s", words).contains(option.longestName());
                } else {
                    assertThat(code).as("%s", words).isEqualTo(1);
                    assertThat(said).as("%s", words).containsAnyOf(missing, isPlace ? value : missing);
                }
            }
        }
    }

    static Stream<String> scenarios() {
        return ServiceLoader.load(Scenario.class).stream()
                .map(provider -> new CommandLine(provider.get()).getCommandName());
    }

    private static Scenario scenario(String name) {
        Optional<Scenario> found = ServiceLoader.load(Scenario.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(each -> new CommandLine(each).getCommandName().equals(name))
                .findFirst();
        return found.orElseThrow();
    }
}
