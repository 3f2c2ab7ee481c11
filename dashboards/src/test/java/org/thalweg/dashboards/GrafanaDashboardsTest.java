package org.thalweg.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.dashboards.Dashboard.Panel;
import org.thalweg.testing.Peers;

class GrafanaDashboardsTest {

    /**
     * The compiler checks the sources against Grafana's published schema, and their output equals the committed
     * files.
     */
    @Test
    void theSourcesFitTheSchemaAndMakeTheCommittedDashboards() throws IOException {
        Path sources = Dashboard.HOME.resolve("grafana");
        Path build = Files.createDirectories(Dashboard.HOME.resolve("target/grafana"));
        copy(sources, build, "package.json", "package-lock.json", "tsconfig.json");
        try (Stream<Path> modules = Files.list(sources.resolve("src"))) {
            for (Path module : modules.toList()) {
                copy(sources, build, "src/" + module.getFileName());
            }
        }
        npm(build, "ci", "--prefer-offline");
        npm(build, "run", "build");
        for (Dashboard dashboard : Dashboard.all()) {
            Path made = build.resolve("dashboards").resolve(dashboard.file().getFileName());
            assertThat(Files.readString(dashboard.file()))
                    .as("%s: npm run build in dashboards/grafana makes it anew", dashboard.file())
                    .isEqualTo(Files.readString(made));
        }
        try (Stream<Path> made = Files.list(build.resolve("dashboards"))) {
            assertThat(made).hasSameSizeAs(Dashboard.all());
        }
    }

    @Test
    void dashboardsAreFoundByTheirStableNames() throws IOException {
        assertThat(Dashboard.all())
                .extracting(Dashboard::uid)
                .containsExactlyInAnyOrder("thalweg-follow", "thalweg-compare", "thalweg-itself");
        for (Dashboard dashboard : Dashboard.all()) {
            assertThat(dashboard.file().getFileName()).hasToString(dashboard.uid() + ".json");
        }
    }

    @Test
    void everyPanelHasTitleUnitDescriptionAndTheChosenSource() throws IOException {
        for (Dashboard dashboard : Dashboard.all()) {
            List<Panel> panels = dashboard.panels();
            assertThat(panels).hasSizeGreaterThan(3);
            assertThat(panels).extracting(Panel::title).doesNotHaveDuplicates().allMatch(title -> !title.isBlank());
            for (Panel panel : panels) {
                JsonObject json = panel.json();
                assertThat(json.get("description").getAsString())
                        .as("%s", panel)
                        .endsWith(".");
                assertThat(unit(json)).as("unit of %s", panel).isNotBlank();
                assertThat(json.getAsJsonObject("datasource").get("uid").getAsString())
                        .as("%s", panel)
                        .isEqualTo("${datasource}");
                assertThat(panel.expressions()).as("%s", panel).isNotEmpty().allMatch(query -> query.contains("$run"));
            }
        }
    }

    /**
     * Grafana's Prometheus data source reads these from the annotation itself, not from its query, and shows an event
     * while a value is above 0 ({@code processEvents} in {@code annotations.ts} of {@code @grafana/prometheus} 12.3.0).
     */
    @Test
    void annotationsHaveTitleTextAndTags() throws IOException {
        List<JsonObject> annotations = Dashboard.all().stream()
                .flatMap(dashboard -> dashboard.annotations().stream())
                .toList();
        assertThat(annotations).hasSizeGreaterThan(1).allSatisfy(annotation -> {
            assertThat(annotation.get("titleFormat").getAsString()).isNotBlank();
            assertThat(annotation.get("textFormat").getAsString()).isNotBlank();
            assertThat(annotation.get("tagKeys").getAsString()).isEqualTo("run");
            assertThat(annotation.getAsJsonObject("target").keySet())
                    .doesNotContain("titleFormat", "textFormat", "tagKeys");
            assertThat(annotation.getAsJsonObject("target").get("expr").getAsString())
                    .matches(".* (> 0|== 1)");
        });
    }

    @Test
    void runsAreComparedOverIterations() throws IOException {
        Dashboard compare = Dashboard.all().stream()
                .filter(dashboard -> dashboard.uid().equals("thalweg-compare"))
                .findFirst()
                .orElseThrow();
        List<Panel> charts = compare.panels().stream()
                .filter(panel -> !panel.json().get("type").getAsString().equals("table"))
                .toList();
        assertThat(charts).hasSize(6).allSatisfy(panel -> {
            assertThat(panel.json().get("type").getAsString()).isEqualTo("xychart");
            assertThat(panel.expressions()).element(0).asString().contains("thalweg_iteration_iterations");
        });
    }

    /** The schema that the sources are checked against, the image and the number in the JSON are of one Grafana. */
    @Test
    void schemaAndImageAreOfOneVersion() throws IOException {
        JsonObject sources = JsonParser.parseString(Files.readString(Dashboard.HOME.resolve("grafana/package.json")))
                .getAsJsonObject();
        String schema = sources.getAsJsonObject("devDependencies")
                .get("@grafana/schema")
                .getAsString();
        assertThat(Files.readString(Dashboard.HOME.resolve("compose.yaml"))).contains("grafana/grafana:" + schema);
    }

    /** {@code serve} with a stand-in for Grafana that prints its arguments and environment. */
    @Test
    void dashboardsAreProvisionedWithoutDocker(@TempDir Path home) throws IOException {
        Files.createDirectories(home.resolve("conf"));
        Path grafana = Files.createDirectories(home.resolve("bin")).resolve("grafana");
        Files.writeString(grafana, "#!/bin/sh\necho \"$@\"\nenv\n");
        assertThat(grafana.toFile().setExecutable(true)).isTrue();
        String output = Peers.program(
                "env",
                List.of(
                        "PATH=/usr/bin:/bin",
                        "GF_PATHS_DATA=" + home.resolve("data"),
                        Dashboard.HOME.resolve("grafana/serve").toString(),
                        home.toString()),
                "");
        String provider = Files.readString(Dashboard.HOME.resolve("grafana/provisioning/dashboards/thalweg.yaml"));
        assertThat(provider).contains("path: ${THALWEG_DASHBOARDS}");
        assertThat(output)
                .contains("server --homepath " + home)
                .contains("THALWEG_DASHBOARDS=" + Dashboard.HOME.resolve("grafana/dashboards"))
                .contains("GF_PATHS_PROVISIONING=" + Dashboard.HOME.resolve("grafana/provisioning"))
                .contains("GF_SERVER_HTTP_ADDR=127.0.0.1");
    }

    private static String unit(JsonObject panel) {
        return panel.getAsJsonObject("fieldConfig")
                .getAsJsonObject("defaults")
                .get("unit")
                .getAsString();
    }

    private static void copy(Path from, Path to, String... names) throws IOException {
        for (String name : names) {
            Path target = to.resolve(name);
            Files.createDirectories(target.getParent());
            Files.write(target, Files.readAllBytes(from.resolve(name)));
        }
    }

    private static void npm(Path directory, String... arguments) {
        List<String> all = Stream.concat(
                        Stream.of("--prefix", directory.toString(), "--no-audit", "--no-fund"), Stream.of(arguments))
                .toList();
        Peers.program("npm", all, "");
    }
}
