package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Odd values for every option that takes one: each works, or is refused in one line with the option and the value. */
@Timeout(300)
class OddValuesTest {

    private static final List<String> ODD = List.of("", "-1", "NaN", "Infinity", "2147483647", "99999999999999999999");

    /** For files and directories: an existing directory, a missing one, a path below a file. */
    private static final List<String> PLACES = List.of("", "DIR", "DIR/none/such", "DIR/data.csv/below");

    /** Host names would be looked up. */
    private static final List<String> HOSTS = List.of("", " ");

    private final long seed = Seeds.fresh("OddValuesTest");

    @TempDir
    private Path directory;

    @BeforeEach
    void save() throws IOException {
        RecordedRun.write(directory.resolve("run"));
        SavedModels saved = new SavedModels(directory, seed);
        saved.zip("model.zip", saved.trained(1));
        saved.zip("other.zip", saved.trained(2));
        Files.copy(
                directory.resolve("model.zip"),
                Files.createDirectory(directory.resolve("saved")).resolve("model.zip"));
        Files.copy(saved.csv(30), directory.resolve("data.csv"));
        TrainedRun.write(directory.resolve("trained"), "run", Networks.mlp(DataType.DOUBLE, seed), saved.data(16), 3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image DIR/run -o DIR/out.png --size 160x90",
                "video DIR/run -o DIR/out.gif --size 160x90 --seconds 0.1 --fps 10",
                "view DIR/run -o DIR/out.html",
                "serve DIR/run --port 0",
                "export DIR/run -o DIR/out.vtp",
                "trajectory DIR/trained -o DIR/out.h5 --grid 3",
                "analyze DIR/model.zip --data DIR/data.csv -o DIR/out.h5 --grid 3 --eigenvalues 0",
                "connect DIR/model.zip DIR/other.zip --data DIR/data.csv -o DIR/out.h5 --grid 3 --points 3"
                        + " --iterations 2",
                "follow DIR/saved --data DIR/data.csv -o DIR/out --grid 3 --eigenvalues 0 --no-film"
            })
    void workOrAreRefusedInOneLine(String command) throws IOException {
        List<String> words =
                List.of(command.replace("DIR", directory.toString()).split(" "));
        CommandLine line = Thalweg.commandLine(new StringWriter(), new StringWriter());
        CommandLine chosen = Objects.requireNonNull(line.getSubcommands().get(words.get(0)));
        List<OptionSpec> options = chosen.getCommandSpec().options().stream()
                .filter(option -> option.arity().max() > 0)
                .toList();
        assertThat(options).isNotEmpty();
        for (OptionSpec option : options) {
            List<String> values =
                    isPlace(option) ? PLACES : option.longestName().equals("--host") ? HOSTS : ODD;
            for (String value : values) {
                meets(words, option, value.replace("DIR", directory.toString()));
            }
        }
    }

    private static boolean isPlace(OptionSpec option) {
        return option.type() == Path.class
                || Stream.of("--data", "--validation").anyMatch(option.longestName()::equals);
    }

    private void meets(List<String> words, OptionSpec option, String value) throws IOException {
        List<String> names = List.of(option.names());
        List<String> all = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            if (names.contains(words.get(i))) {
                i++;
            } else {
                all.add(words.get(i));
            }
        }
        all.add(option.longestName() + "=" + value);
        Files.deleteIfExists(directory.resolve("out.h5"));
        FileUtils.deleteDirectory(directory.resolve("out").toFile());
        StringWriter err = new StringWriter();
        int code = Served.execute(all.toArray(), err);
        if (code == 0) {
            assertThat(err.toString()).as("%s", all).isEmpty();
            return;
        }
        assertThat(err.toString().lines()).as("%s", all).hasSize(1);
        assertThat(err.toString()).as("%s", all).startsWith("thalweg: ").doesNotContain("Exception");
        if (code == 1) {
            assertThat(err.toString()).as("%s", all).contains(isPlace(option) ? value : option.longestName());
        } else {
            assertThat(code).as("%s", all).isEqualTo(2);
            assertThat(names).as("%s: %s", all, err).anyMatch(err.toString()::contains);
        }
    }
}
