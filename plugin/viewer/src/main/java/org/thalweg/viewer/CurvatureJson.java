package org.thalweg.viewer;

import static org.thalweg.viewer.FrameJson.number;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.thalweg.frame.CurvatureValues;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.GaussNewtonValues;
import org.thalweg.frame.LayerCurvatureValues;
import org.thalweg.frame.TraceValue;

/** A frame's curvature as JSON: every number with its error, and the reason for every absent one. */
final class CurvatureJson {

    private CurvatureJson() {}

    static JsonObject of(CurvatureValues curvature) {
        JsonObject json = new JsonObject();
        json.addProperty("method", curvature.method());
        json.addProperty("products", curvature.products());
        json.add("asymmetry", number(curvature.asymmetry()));
        json.addProperty("reason", curvature.reason().orElse(null));
        json.add("largest", eigenvalues(curvature.largest()));
        json.add("smallest", eigenvalues(curvature.smallest()));
        json.add("referenceDeviation", number(curvature.referenceDeviation()));
        curvature.trace().ifPresent(trace -> json.add("trace", trace(trace)));
        curvature.density().ifPresent(density -> json.add("density", DensityJson.of(density)));
        curvature.gaussNewton().ifPresent(matrix -> json.add("gaussNewton", gaussNewton(matrix)));
        JsonArray layers = new JsonArray();
        curvature.layers().forEach(layer -> layers.add(layer(layer)));
        json.add("layers", layers);
        curvature.estimates().stream()
                .filter(estimate -> estimate.operator().equals("classes")
                        && estimate.estimator().equals("shares"))
                .forEach(estimate ->
                        json.add("classes", classes(estimate.values().arrays())));
        JsonObject absent = new JsonObject();
        new TreeMap<>(curvature.absent()).forEach(absent::addProperty);
        json.add("absent", absent);
        return json;
    }

    /** Each class with its values, by their names in files. */
    private static JsonArray classes(Map<String, double[]> arrays) {
        JsonArray array = new JsonArray();
        for (int c = 0; c < arrays.getOrDefault("classes", new double[0]).length; c++) {
            JsonObject json = new JsonObject();
            for (Map.Entry<String, double[]> values : new TreeMap<>(arrays).entrySet()) {
                if (c < values.getValue().length) {
                    json.add(values.getKey(), number(values.getValue()[c]));
                }
            }
            array.add(json);
        }
        return array;
    }

    private static JsonObject layer(LayerCurvatureValues layer) {
        JsonObject json = new JsonObject();
        json.addProperty("layer", layer.layer());
        json.addProperty("parameters", layer.parameters());
        json.add("largest", eigenvalue(layer.lambdaMax()));
        json.add("smallest", eigenvalue(layer.lambdaMin()));
        layer.trace().ifPresent(trace -> json.add("trace", trace(trace)));
        return json;
    }

    private static JsonObject gaussNewton(GaussNewtonValues matrix) {
        JsonObject json = new JsonObject();
        json.add("largest", eigenvalue(matrix.lambdaMax()));
        json.add("share", number(matrix.share()));
        json.addProperty("products", matrix.products());
        matrix.trace().ifPresent(trace -> json.add("trace", trace(trace)));
        return json;
    }

    private static JsonObject trace(TraceValue trace) {
        JsonObject json = new JsonObject();
        json.add("value", number(trace.value()));
        json.add("standardError", number(trace.standardError()));
        json.addProperty("estimator", trace.estimator());
        json.addProperty("samples", trace.samples());
        json.add("samplingError", number(trace.samplingError()));
        return json;
    }

    private static JsonArray eigenvalues(List<Eigenvalue> eigenvalues) {
        JsonArray array = new JsonArray();
        eigenvalues.forEach(eigenvalue -> array.add(eigenvalue(eigenvalue)));
        return array;
    }

    private static JsonObject eigenvalue(Eigenvalue eigenvalue) {
        JsonObject json = new JsonObject();
        json.add("value", number(eigenvalue.value()));
        json.add("residual", number(eigenvalue.residual()));
        json.addProperty("converged", eigenvalue.converged());
        json.add("bar", number(eigenvalue.bar()));
        json.add("samplingError", number(eigenvalue.samplingError()));
        json.add("validation", number(eigenvalue.validation()));
        return json;
    }
}
