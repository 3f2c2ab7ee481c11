package org.thalweg.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.dashboards.Dashboard.Panel;
import org.thalweg.testing.Peers;

/** Runs promtool on the configuration, the rules and every expression of the dashboards. */
class PrometheusRulesTest {

    private static final Path PROMETHEUS = Dashboard.HOME.resolve("prometheus");

    @TempDir
    private Path folder;

    @Test
    void theConfigurationAndItsRulesAreValid() {
        String said = promtool("check", "config", PROMETHEUS.resolve("prometheus.yml"));
        assertThat(said).contains("recording.rules.yml", "alert.rules.yml").doesNotContain("FAILED");
    }

    @Test
    void theRulesPassTheirTests() throws IOException {
        List<Object> arguments = new ArrayList<>(List.of("test", "rules"));
        arguments.addAll(tests());
        assertThat(promtool(arguments.toArray())).contains("SUCCESS");
    }

    @Test
    void everyAlertIsTestedBothFiringAndSilent() throws IOException {
        String tested = "";
        for (Path test : tests()) {
            tested += Files.readString(test);
        }
        for (String alert : found(PROMETHEUS.resolve("alert.rules.yml"), "- alert: (\\w+)")) {
            String at = "- alertname: " + alert + "\\s+eval_time: \\w+\\s+exp_alerts:";
            assertThat(tested).containsPattern(at + " \\[]");
            assertThat(tested).containsPattern(at + "\\s+- exp_labels");
        }
    }

    @Test
    void everyRecordedExpressionIsTested() throws IOException {
        String tested = Files.readString(PROMETHEUS.resolve("tests/recording.test.yml"));
        for (String name : found(PROMETHEUS.resolve("recording.rules.yml"), "- record: (\\S+)")) {
            assertThat(tested).contains("labels: " + name + "{");
        }
    }

    @Test
    void everyExpressionOfADashboardParses() throws IOException {
        TreeSet<String> expressions = new TreeSet<>();
        for (Dashboard dashboard : Dashboard.all()) {
            expressions.addAll(dashboard.events());
            dashboard.panels().stream().map(Panel::expressions).forEach(expressions::addAll);
        }
        StringBuilder rules = new StringBuilder("groups:\n  - name: panels\n    rules:\n");
        int number = 0;
        for (String expression : expressions) {
            rules.append("      - record: panel:").append(number++).append('\n');
            rules.append("        expr: '")
                    .append(Dashboard.asked(expression, ".+"))
                    .append("'\n");
        }
        Path file = Files.writeString(folder.resolve("panels.yml"), rules);
        assertThat(promtool("check", "rules", file)).contains("SUCCESS: " + expressions.size() + " rules found");
        assertThat(expressions).hasSizeGreaterThan(30);
    }

    private static List<Path> tests() throws IOException {
        try (Stream<Path> files = Files.list(PROMETHEUS.resolve("tests"))) {
            return files.sorted().toList();
        }
    }

    private static List<String> found(Path file, String pattern) throws IOException {
        List<String> names = new ArrayList<>();
        Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(file));
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        assertThat(names).as("names in %s", file).isNotEmpty();
        return names;
    }

    private static String promtool(Object... arguments) {
        return Peers.program(
                "promtool", Stream.of(arguments).map(Object::toString).toList(), "");
    }
}
