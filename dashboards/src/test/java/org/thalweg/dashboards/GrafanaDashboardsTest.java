package org.thalweg.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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
