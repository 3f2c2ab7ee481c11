package org.thalweg.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.testing.Peers;

/** Jupyter executes the notebook with a Java kernel, as it would for a user. */
class NotebookTest {

    private static final Path NOTEBOOK = Path.of("notebook/landscape.ipynb");

    /** The build copies it there. */
    private static final Path KERNEL = Path.of("target/kernel/rapaio-jupyter-kernel.jar");

    @Test
    void everyCellRunsAndFramesAreShown(@TempDir Path directory) {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> shown = Peers.python(
                        "/org/thalweg/demo/execute_notebook.py",
                        List.of("nbclient", "nbformat"),
                        NOTEBOOK.toAbsolutePath(),
                        directory,
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        KERNEL.toAbsolutePath() + System.getProperty("path.separator") + classPath)
                .lines()
                .toList();
        List<String> pictures = shown.stream()
                .filter(line -> line.startsWith("text/html <figure"))
                .toList();
        assertThat(pictures).hasSize(2);
        assertThat(pictures.get(0))
                .contains("<img alt=\"loss surface at iteration 0\"")
                .contains("src=\"data:image/png;base64,iVBORw0KGgo");
        assertThat(pictures.get(1)).contains("loss surface at iteration 24");
        assertThat(shown.stream().filter(line -> line.startsWith("iteration")))
                .hasSize(4)
                .allMatch(line -> line.matches("iteration +\\d+: loss \\d\\.\\d{4}, lambda_max \\d+\\.\\d{3}"));
    }

    /** The file has no output, so that its history shows only changes of its cells. */
    @Test
    void outputsAreNotCommitted() throws IOException {
        JsonObject notebook = JsonParser.parseString(Files.readString(NOTEBOOK)).getAsJsonObject();
        assertThat(notebook.getAsJsonArray("cells")).isNotEmpty();
        for (JsonElement element : notebook.getAsJsonArray("cells")) {
            JsonObject cell = element.getAsJsonObject();
            if (cell.get("cell_type").getAsString().equals("code")) {
                assertThat(cell.getAsJsonArray("outputs")).isEmpty();
                assertThat(cell.get("execution_count").isJsonNull()).isTrue();
            }
        }
    }
}
