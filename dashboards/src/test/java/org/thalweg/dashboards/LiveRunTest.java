package org.thalweg.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.dashboards.Dashboard.Panel;
import org.thalweg.testing.Peers;

/** A real Prometheus scrapes a real run of the demo, and every panel has data. */
class LiveRunTest {

    private static final int LIMIT_SECONDS = 900;
    private static final Pattern METRICS = Pattern.compile("  metrics +(http://\\S+)\\R");

    @TempDir
    private Path folder;

    @Test
    void everyPanelOfEveryDashboardShowsTheRun() throws Exception {
        Path run = folder.resolve("valley");
        try (Relay relay = new Relay();
                Prometheus prometheus =
                        new Prometheus(Peers.executable("prometheus"), folder.resolve("prometheus"), relay.port())) {
            Instant from = Instant.now();
            train(run, relay);
            Instant to = Instant.now();
            List<String> empty = new ArrayList<>();
            for (Dashboard dashboard : Dashboard.all()) {
                for (Panel panel : dashboard.panels()) {
                    for (String expression : panel.expressions()) {
                        // The demo requests no estimators of its own.
                        if (!expression.contains("thalweg_estimate{")
                                && prometheus
                                        .range(Dashboard.asked(expression, "valley"), from, to)
                                        .isEmpty()) {
                            empty.add(panel + ": " + expression);
                        }
                    }
                }
            }
            assertThat(empty).isEmpty();
            assertThat(prometheus.log()).noneMatch(line -> line.contains("level=error"));
        }
    }

    private void train(Path run, Relay relay) throws IOException, InterruptedException {
        Path log = folder.resolve("training.log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                "org.thalweg.demo.Demo",
                "lenet"));
        command.addAll(List.of("--metrics-port", "0", "--out", run.toString()));
        command.addAll(List.of("--iterations", "24", "--every-iterations", "8", "--grid", "5", "--probe", "48"));
        command.addAll(List.of("--trace", "--layers", "--gauss-newton", "--watch-steps", "--no-film", "--no-page"));
        Process training = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(log.toFile()))
                .start();
        try {
            relay.answerWith(metrics(training, log));
            assertThat(training.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as("training ends: %s", Files.readString(log))
                    .isTrue();
            assertThat(training.exitValue()).as("%s", Files.readString(log)).isZero();
        } finally {
            training.destroyForcibly();
        }
    }

    /** The address of the meters in the demo's output. */
    private static URI metrics(Process training, Path log) throws IOException, InterruptedException {
        for (int left = 10 * LIMIT_SECONDS; left > 0 && training.isAlive(); left--) {
            // A partial line may end within a UTF-8 character.
            Matcher said = METRICS.matcher(Files.readString(log, StandardCharsets.ISO_8859_1));
            if (said.find()) {
                return URI.create(said.group(1));
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new AssertionError("the demo serves no meters: " + Files.readString(log));
    }
}
