package org.thalweg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.thalweg.listener.LandscapeListener;
import org.thalweg.objective.Probe;
import org.thalweg.recording.RunReader;
import org.thalweg.testing.Networks;
import org.thalweg.testing.Seeds;

/** The README's snippet is this code, and it works. */
class ReadmeTest {

    private static final Path SOURCE = Path.of("src/test/java/org/thalweg/ReadmeTest.java");
    private static final Path README = Path.of("../../README.md");

    @Test
    void theSnippetAttachesToTraining(@TempDir Path directory) throws Exception {
        long seed = Seeds.fresh("ReadmeTest");
        MultiLayerNetwork network = Networks.mlp(DataType.FLOAT, seed);
        DataSetIterator iterator =
                new ListDataSetIterator<>(Networks.data(40, seed, 6).asList(), 10);
        Path run = directory.resolve("first");
        // tag::attach[]
        try (LandscapeListener landscape = LandscapeListener.builder(network)
                .probe(Probe.sample(iterator, 512, 42))
                .recordTo(run)
                .build()) {
            network.addListeners(landscape);
            network.fit(iterator, 3);
        }
        // end::attach[]
        assertThat(RunReader.open(run).iterations()).contains(0L);
    }

    @Test
    void theReadmeShowsThisSnippet() throws Exception {
        List<String> lines = Files.readAllLines(SOURCE);
        int from = lines.indexOf("        // tag::attach[]") + 1;
        int to = lines.indexOf("        // end::attach[]");
        String snippet =
                lines.subList(from, to).stream().map(line -> line.substring(8)).collect(Collectors.joining("\n"));
        assertThat(Files.readString(README)).contains("```java\n" + snippet + "\n```");
    }
}
