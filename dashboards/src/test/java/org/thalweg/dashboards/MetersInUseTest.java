package org.thalweg.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.thalweg.metrics.MeterNames;
import org.thalweg.metrics.MeterNames.Tags;

/** Every name and label in rules and dashboards is in the code's list or defined by the rules. */
class MetersInUseTest {

    private static final Pattern SELECTOR = Pattern.compile("\\b(thalweg[_:][a-zA-Z0-9_:]+)(?:\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)\\s*\"");
    private static final Pattern RECORDED = Pattern.compile("(?m)^\\s*- record: (\\S+)$");

    @Test
    void everyNameAndLabelExists() throws IOException {
        Map<String, Set<String>> known = known();
        List<String> unknown = new ArrayList<>();
        int selectors = 0;
        for (Path file : files()) {
            Matcher selector = SELECTOR.matcher(unescaped(Files.readString(file)));
            while (selector.find()) {
                selectors++;
                String name = selector.group(1);
                if (!known.containsKey(name)) {
                    unknown.add(file.getFileName() + ": " + name);
                } else if (selector.group(2) != null) {
                    Matcher matcher = MATCHER.matcher(selector.group(2));
                    while (matcher.find()) {
                        if (!known.getOrDefault(name, Set.of()).contains(matcher.group(1))) {
                            unknown.add(file.getFileName() + ": label " + matcher.group(1) + " of " + name);
                        }
                    }
                }
            }
        }
        assertThat(unknown).isEmpty();
        assertThat(selectors).isGreaterThan(60);
    }

    @Test
    void everyMeterIsOnADashboard() throws IOException {
        StringBuilder used = new StringBuilder();
        for (Path file : files()) {
            used.append(Files.readString(file));
        }
        List<String> unused = Stream.of(MeterNames.values())
                .map(MetersInUseTest::prometheusName)
                .filter(name -> used.indexOf(name) < 0)
                .toList();
        assertThat(unused).isEmpty();
    }

    /** Names in Prometheus with their labels. */
    private static Map<String, Set<String>> known() throws IOException {
        Map<String, Set<String>> known = new HashMap<>();
        Set<String> all = new TreeSet<>(Set.of("instance", "job"));
        for (MeterNames meter : MeterNames.values()) {
            Set<String> labels = new TreeSet<>(meter.tagKeys());
            labels.addAll(List.of(Tags.RUN, "instance", "job"));
            all.addAll(labels);
            String name = prometheusName(meter);
            switch (meter.type()) {
                case TIMER -> List.of("_count", "_sum", "_max").forEach(of -> known.put(name + of, labels));
                case COUNTER -> known.put(name + "_total", labels);
                default -> known.put(name, labels);
            }
        }
        Matcher recorded = RECORDED.matcher(Files.readString(rules().resolve("recording.rules.yml")));
        while (recorded.find()) {
            known.put(recorded.group(1), all);
        }
        return known;
    }

    /** Removes the suffixes that the exposition adds for each kind of meter. */
    private static String prometheusName(MeterNames meter) {
        return new PrometheusNamingConvention()
                .name(meter.meterName(), meter.type(), meter.baseUnit().orElse(null));
    }

    private static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Dashboard dashboard : Dashboard.all()) {
            files.add(dashboard.file());
        }
        try (Stream<Path> rules = Files.walk(rules())) {
            rules.filter(file -> file.toString().endsWith(".yml")).forEach(files::add);
        }
        return files;
    }

    private static Path rules() {
        return Dashboard.HOME.resolve("prometheus");
    }

    /** Escaped quotes in JSON. */
    private static String unescaped(String text) {
        return text.replace("\\\"", "\"");
    }
}
