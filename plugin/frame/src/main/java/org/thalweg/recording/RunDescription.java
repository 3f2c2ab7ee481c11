package org.thalweg.recording;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.thalweg.frame.NamedArray;
import org.thalweg.frame.RunProvenance;
import org.thalweg.frame.RunProvenance.Parameter;
import org.thalweg.recording.internal.AtomicFile;
import org.thalweg.recording.internal.FileErrors;

/**
 * {@code run.json}: the network, the probe and all options of a run, for people and programs. The network's
 * configuration is nested JSON. The probe's values are not in it.
 *
 * @param provenance without the probe's arrays
 * @param started when the run began
 */
record RunDescription(RunProvenance provenance, Instant started) {

    /** In bytes; most of a description is the model's configuration. */
    private static final long LONGEST = 64 << 20;

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    static void write(Path file, RunProvenance run, Instant started) throws IOException {
        String json = GSON.toJson(json(run, started)) + "\n";
        AtomicFile.write(file, part -> Files.writeString(part, json));
    }

    /**
     * Reads a description.
     *
     * @throws RunFormatException when it is damaged or of an unknown version, naming the file
     */
    static RunDescription read(Path file) throws IOException {
        return parse(
                file, text(file), json -> new RunDescription(provenance(json), Instant.parse(text(json, "started"))));
    }

    /**
     * Reads a provenance that is part of another file.
     *
     * @throws RunFormatException when it is damaged or of an unknown version, naming the file
     */
    static RunProvenance readProvenance(Path file, String text) throws RunFormatException {
        return parse(file, text, RunDescription::provenance);
    }

    private static String text(Path file) throws IOException {
        if (Files.size(file) > LONGEST) {
            throw new RunFormatException(file + " is damaged: it has " + Files.size(file)
                    + " bytes, and a description has at most " + LONGEST);
        }
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new RunFormatException(file + " is damaged: " + FileErrors.reason(e), e);
        }
    }

    private static <T> T parse(Path file, String text, Function<JsonObject, T> reading) throws RunFormatException {
        try {
            JsonObject json = JsonParser.parseString(text).getAsJsonObject();
            RunFormat.check(file, wholeNumber("format", element(json, "format")));
            return reading.apply(json);
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            throw new RunFormatException(file + " is damaged: " + FileErrors.reason(e), e);
        }
    }

    /** The JSON as written. */
    static JsonObject json(RunProvenance run, Instant started) {
        JsonObject json = json(run);
        json.addProperty("started", started.toString());
        return json;
    }

    /** Everything except the time. */
    static JsonObject json(RunProvenance run) {
        JsonObject json = new JsonObject();
        json.addProperty("format", RunFormat.VERSION);
        json.addProperty("run", run.run());
        json.add("versions", GSON.toJsonTree(new TreeMap<>(run.versions())));
        json.addProperty("device", run.device());
        json.addProperty("objective", run.objective());
        json.addProperty("dataType", run.dataType());
        JsonObject options = new JsonObject();
        new TreeMap<>(run.options()).forEach((name, value) -> options.add(name, option(name, value)));
        json.add("options", options);
        if (!run.settings().isEmpty()) {
            json.add("settings", option("settings", run.settings()));
        }
        json.add("probe", probe(run));
        json.add(
                "parameters",
                GSON.toJsonTree(
                        run.parameters().stream().map(RunDescription::json).toList()));
        json.add("model", model(run.modelConfiguration()));
        return json;
    }

    private static JsonObject json(Parameter parameter) {
        JsonObject json = new JsonObject();
        json.addProperty("key", parameter.key());
        json.addProperty("kind", parameter.kind());
        json.add("shape", GSON.toJsonTree(parameter.shape()));
        json.addProperty("trainable", parameter.trainable());
        return json;
    }

    private static JsonObject probe(RunProvenance run) {
        JsonObject json = new JsonObject();
        json.addProperty("source", run.probeSource());
        JsonObject shapes = new JsonObject();
        for (NamedArray array : run.probe()) {
            shapes.add(array.name(), GSON.toJsonTree(array.shape()));
        }
        json.add("shapes", shapes);
        return json;
    }

    /** A configuration that is not a JSON object stays a string; a user's own objective may have one. */
    private static JsonElement model(String configuration) {
        try {
            JsonElement parsed = JsonParser.parseString(configuration);
            return parsed.isJsonObject() ? parsed : new JsonPrimitive(configuration);
        } catch (JsonParseException e) {
            return new JsonPrimitive(configuration);
        }
    }

    private static JsonElement option(String name, Object value) {
        if (value instanceof Number number) {
            double d = number.doubleValue();
            // JSON has no literal for these.
            return Double.isFinite(d) ? new JsonPrimitive(number) : new JsonPrimitive(Double.toString(d));
        }
        if (value instanceof Boolean flag) {
            return new JsonPrimitive(flag);
        }
        if (value instanceof String text) {
            return new JsonPrimitive(text);
        }
        if (value instanceof List<?> list) {
            JsonArray array = new JsonArray();
            list.forEach(item -> array.add(option(name, item)));
            return array;
        }
        if (value instanceof Map<?, ?> map) {
            JsonObject object = new JsonObject();
            new TreeMap<>(map).forEach((key, item) -> object.add(key.toString(), option(name + "." + key, item)));
            return object;
        }
        throw new IllegalArgumentException(
                "option " + name + " must be a string, a number, a boolean, or a list or map of them, got "
                        + value.getClass().getName());
    }

    private static RunProvenance provenance(JsonObject json) {
        Map<String, String> versions = new TreeMap<>();
        element(json, "versions")
                .getAsJsonObject()
                .asMap()
                .forEach((name, version) -> versions.put(name, version.getAsString()));
        Map<String, Object> options = new TreeMap<>();
        element(json, "options").getAsJsonObject().asMap().forEach((name, value) -> options.put(name, value(value)));
        List<Parameter> parameters = new ArrayList<>();
        for (JsonElement parameter : element(json, "parameters").getAsJsonArray()) {
            parameters.add(parameter(parameter.getAsJsonObject()));
        }
        Map<String, Object> settings = new TreeMap<>();
        if (json.has("settings")) {
            json.get("settings").getAsJsonObject().asMap().forEach((name, value) -> settings.put(name, value(value)));
        }
        JsonElement model = element(json, "model");
        return new RunProvenance(
                text(json, "run"),
                versions,
                text(json, "device"),
                text(json, "objective"),
                model.isJsonObject() ? GSON.toJson(model) : model.getAsString(),
                parameters,
                text(json, "dataType"),
                options,
                settings,
                List.of(),
                text(element(json, "probe").getAsJsonObject(), "source"));
    }

    private static Parameter parameter(JsonObject json) {
        long[] shape = element(json, "shape").getAsJsonArray().asList().stream()
                .mapToLong(size -> wholeNumber("a size of a shape", size))
                .toArray();
        return new Parameter(
                text(json, "key"),
                text(json, "kind"),
                shape,
                element(json, "trainable").getAsBoolean());
    }

    /** Gson accepts any number as a long: 1e400 as 0, and 1.5 as 1. */
    private static long wholeNumber(String what, JsonElement element) {
        try {
            return element.getAsBigDecimal().longValueExact();
        } catch (ArithmeticException | NumberFormatException overflow) {
            throw new IllegalArgumentException(what + " must be a whole number, got " + element);
        }
    }

    private static Object value(JsonElement element) {
        if (element.isJsonArray()) {
            return element.getAsJsonArray().asList().stream()
                    .map(RunDescription::value)
                    .toList();
        }
        if (element.isJsonObject()) {
            Map<String, Object> map = new TreeMap<>();
            element.getAsJsonObject().asMap().forEach((name, value) -> map.put(name, value(value)));
            return map;
        }
        JsonPrimitive primitive = element.getAsJsonPrimitive();
        if (primitive.isBoolean()) {
            return primitive.getAsBoolean();
        }
        return primitive.isNumber() ? number(primitive.getAsBigDecimal()) : primitive.getAsString();
    }

    /** A long where the JSON has an integer, a double otherwise. */
    private static Number number(BigDecimal value) {
        if (value.scale() <= 0 && value.precision() - value.scale() <= 18) {
            return value.longValueExact();
        }
        return value.doubleValue();
    }

    private static String text(JsonObject json, String name) {
        return element(json, name).getAsString();
    }

    private static JsonElement element(JsonObject json, String name) {
        if (!json.has(name)) {
            throw new IllegalArgumentException(
                    "it has no " + name + " in " + Arrays.toString(json.keySet().toArray()));
        }
        return json.get(name);
    }
}
