package org.thalweg.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.thalweg.cli.InfoCommand.ReadRun;
import org.thalweg.finding.RunFindings;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Finding;
import org.thalweg.frame.Frame;
import org.thalweg.frame.RunProvenance;

/** Runs as JSON for scripts. Numbers that are not finite are null, since JSON has none. */
final class RunsJson {

    private RunsJson() {}

    static String of(List<ReadRun> runs) {
        JsonArray array = new JsonArray();
        runs.forEach(run -> array.add(of(run)));
        return new GsonBuilder().setPrettyPrinting().serializeNulls().create().toJson(array);
    }

    private static JsonObject of(ReadRun run) {
        RunProvenance provenance = run.reader().provenance();
        JsonObject json = new JsonObject();
        json.addProperty("run", provenance.run());
        json.addProperty("directory", run.reader().root().toString());
        json.addProperty("started", run.reader().started().toString());
        json.addProperty("device", provenance.device());
        json.addProperty("objective", provenance.objective());
        json.addProperty("probe", provenance.probeSource());
        JsonObject versions = new JsonObject();
        new TreeMap<>(provenance.versions()).forEach(versions::addProperty);
        json.add("versions", versions);
        JsonObject options = new JsonObject();
        new TreeMap<>(provenance.options()).forEach((name, value) -> options.addProperty(name, value.toString()));
        json.add("options", options);
        JsonArray frames = new JsonArray();
        RunFindings findings = RunFindings.of(provenance);
        run.frames().forEach(frame -> frames.add(of(frame, findings.at(frame))));
        json.add("frames", frames);
        return json;
    }

    private static JsonObject of(Frame frame, List<Finding> findings) {
        JsonObject json = new JsonObject();
        json.addProperty("iteration", frame.iteration());
        json.addProperty("epoch", frame.epoch());
        json.addProperty("status", frame.status().label());
        json.add("loss", number(frame.loss()));
        json.add("accuracy", number(frame.accuracy()));
        json.add("validation_loss", number(frame.validationLoss()));
        json.add("validation_accuracy", number(frame.validationAccuracy()));
        json.add("largest", eigenvalues(frame.curvature().largest()));
        json.add("smallest", eigenvalues(frame.curvature().smallest()));
        json.addProperty("curvature_absent", frame.curvature().reason().orElse(null));
        json.add("quantities", numbers(frame.quantities()));
        JsonArray sentences = new JsonArray();
        findings.forEach(finding -> sentences.add(of(finding)));
        json.add("findings", sentences);
        json.add("seconds", numbers(frame.seconds()));
        return json;
    }

    private static JsonObject of(Finding finding) {
        JsonObject json = new JsonObject();
        json.addProperty("kind", finding.kind());
        json.addProperty("severity", finding.severity().label());
        json.addProperty("words", finding.words());
        json.addProperty("advice", finding.advice());
        json.addProperty("reference", finding.reference());
        return json;
    }

    private static JsonArray eigenvalues(List<Eigenvalue> eigenvalues) {
        JsonArray array = new JsonArray();
        for (Eigenvalue eigenvalue : eigenvalues) {
            JsonObject json = new JsonObject();
            json.add("value", number(eigenvalue.value()));
            json.add("residual", number(eigenvalue.residual()));
            json.addProperty("converged", eigenvalue.converged());
            json.add("sampling_error", number(eigenvalue.samplingError()));
            json.add("validation", number(eigenvalue.validation()));
            array.add(json);
        }
        return array;
    }

    private static JsonObject numbers(Map<String, Double> values) {
        JsonObject json = new JsonObject();
        new TreeMap<>(values).forEach((name, value) -> json.add(name, number(value)));
        return json;
    }

    private static JsonElement number(OptionalDouble value) {
        return value.isPresent() ? number(value.getAsDouble()) : JsonNull.INSTANCE;
    }

    private static JsonElement number(double value) {
        return Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
    }
}
