package org.thalweg.dashboards;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A dashboard in Grafana's JSON.
 *
 * @param file its file
 * @param json its content
 */
record Dashboard(Path file, JsonObject json) {

    /** The module's directory. */
    static final Path HOME = Path.of("").toAbsolutePath();

    /** All provisioned dashboards. */
    static List<Dashboard> all() throws IOException {
        try (Stream<Path> files = Files.list(HOME.resolve("grafana/dashboards"))) {
            return files.sorted().map(Dashboard::read).toList();
        }
    }

    private static Dashboard read(Path file) {
        try {
            return new Dashboard(
                    file, JsonParser.parseString(Files.readString(file)).getAsJsonObject());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    String uid() {
        return json.get("uid").getAsString();
    }

    /** All panels except row titles. */
    List<Panel> panels() {
        return objects(json.getAsJsonArray("panels"))
                .filter(panel -> !panel.get("type").getAsString().equals("row"))
                .map(panel -> new Panel(uid(), panel))
                .toList();
    }

    /** Annotations: events on every chart. */
    List<JsonObject> annotations() {
        return objects(json.getAsJsonObject("annotations").getAsJsonArray("list"))
                .toList();
    }

    /** Expressions of annotations. */
    List<String> events() {
        return annotations().stream()
                .map(event -> event.getAsJsonObject("target").get("expr").getAsString())
                .toList();
    }

    private static Stream<JsonObject> objects(JsonArray array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonElement::getAsJsonObject);
    }

    /** A chart, number or table of a dashboard. */
    record Panel(String dashboard, JsonObject json) {

        String title() {
            return json.get("title").getAsString();
        }

        List<String> expressions() {
            return objects(json.getAsJsonArray("targets"))
                    .map(target -> target.get("expr").getAsString())
                    .toList();
        }

        @Override
        public String toString() {
            return dashboard + ", " + title();
        }
    }

    /** An expression with Grafana's variables replaced, as Prometheus receives it. */
    static String asked(String expression, String run) {
        return expression.replace("$run", run).replace("$__range", "1h");
    }
}
