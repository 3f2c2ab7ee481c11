package org.thalweg.objective.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.ocnn.OCNNOutputLayer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.thalweg.testing.Seeds;

/**
 * Holds the README's table of Deeplearning4j's classes against tiny networks with them. With {@code -Dthalweg.coverage=write} it
 * writes the table, with {@code -Dthalweg.coverage=dense} from a comparison of every entry of each Hessian, which takes minutes.
 */
class CoverageTableTest {

    private static final Path README = Path.of("README.md");
    private static final String BEGIN = "<!-- coverage: written by CoverageTableTest -->\n";
    private static final String END = "<!-- end of coverage -->\n";

    private static final Map<String, List<CoverageExample>> KINDS = kinds();

    private static Map<String, List<CoverageExample>> kinds() {
        Map<String, List<CoverageExample>> kinds = new LinkedHashMap<>();
        kinds.put("layer", LayerExamples.all());
        kinds.put("vertex", VertexExamples.all());
        kinds.put("activation function", ActivationExamples.all());
        kinds.put("loss", LossExamples.all());
        return kinds;
    }

    @Test
    void everyClassOfDeeplearning4jHasAnExample() {
        Set<Class<?>> examples = KINDS.values().stream()
                .flatMap(List::stream)
                .map(CoverageExample::type)
                .collect(Collectors.toSet());
        Set<Class<?>> classes = Stream.of(Layer.class, GraphVertex.class, IActivation.class, ILossFunction.class)
                .flatMap(type -> DeeplearningClasses.of(type).stream())
                .collect(Collectors.toSet());
        assertThat(classes).hasSizeGreaterThan(120);
        assertThat(examples).containsExactlyInAnyOrderElementsOf(classes);
    }

    @Test
    void theTableSaysWhatIsMeasured() throws IOException {
        String writes = System.getProperty("thalweg.coverage", "");
        boolean write = !writes.isEmpty();
        String readme = Files.readString(README);
        int begin = readme.indexOf(BEGIN) + BEGIN.length();
        int end = readme.indexOf(END, begin);
        Map<String, CoverageRow> rows = measure(writes.equals("dense"), write ? 7 : Seeds.fresh("CoverageTableTest"));
        if (write) {
            Files.writeString(README, readme.substring(0, begin) + table(rows) + readme.substring(end));
            return;
        }
        List<String> said = readme.substring(begin, end).lines().skip(3).toList();
        List<String> measured = rows.entrySet().stream()
                .map(row -> "| " + row.getKey() + " | " + row.getValue().text() + " |")
                .toList();
        assertThat(withoutDeviations(measured))
                .as("rewrite the table with -Dthalweg.coverage=write")
                .isEqualTo(withoutDeviations(said));
    }

    /** The one-class output layer's gradient is wrong if an example lies outside, and zero if none does. */
    @Test
    void aGradientThatIsZeroSomewhereProvesNothing() {
        Random random = new Random(Seeds.fresh("CoverageTableTest"));
        CoverageExample outliers = new CoverageExample(
                OCNNOutputLayer.class,
                "",
                draws -> CoverageExample.layers(
                        draws,
                        Form.FLAT.type(),
                        Form.FLAT.features(draws),
                        Labels.BITS,
                        List.of(
                                () -> Form.FLAT.before(3),
                                () -> new OCNNOutputLayer.Builder()
                                        .nIn(3)
                                        .hiddenLayerSize(2)
                                        .activation(Activation.SIGMOID.getActivationFunction())
                                        .build())));
        for (int draw = 0; draw < 12; draw++) {
            CoverageRow row = CoverageRow.measure(outliers, random, false);
            assertThat(row.wrong()).as(row.text()).isFalse();
        }
    }

    private static Map<String, CoverageRow> measure(boolean dense, long seed) {
        Map<String, CoverageRow> rows = new LinkedHashMap<>();
        List<String> wrong = new ArrayList<>();
        KINDS.forEach((kind, examples) -> examples.stream()
                .sorted(Comparator.comparing(CoverageExample::name))
                .forEach(example -> {
                    CoverageRow row = CoverageRow.measure(
                            example, new Random(seed + example.name().hashCode()), dense);
                    rows.put(kind + " | " + example.name(), row);
                    if (dense) {
                        System.out.println(example.name() + ": " + row.text());
                    }
                    if (row.wrong()) {
                        wrong.add(example.name() + ": " + row.text());
                    }
                }));
        assertThat(wrong).as("Hessians that are not the loss's").isEmpty();
        return rows;
    }

    private static String table(Map<String, CoverageRow> rows) {
        StringBuilder table = new StringBuilder(
                "\n| kind | class | Hessian | deviation | why it is not exact |\n|---|---|---|---|---|\n");
        rows.forEach((name, row) ->
                table.append("| ").append(name).append(" | ").append(row.text()).append(" |\n"));
        return table.append('\n').toString();
    }

    private static List<String> withoutDeviations(List<String> rows) {
        return rows.stream()
                .filter(row -> row.startsWith("|"))
                .map(row -> row.replaceAll("\\| \\d+e-?\\d+ \\|", "|  |"))
                .toList();
    }
}
