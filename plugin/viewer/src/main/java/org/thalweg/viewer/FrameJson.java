package org.thalweg.viewer;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.thalweg.frame.Finding;
import org.thalweg.frame.Finding.Severity;
import org.thalweg.frame.Frame;
import org.thalweg.frame.SurfaceInterpolation;
import org.thalweg.frame.SurfaceValues;

/**
 * A frame as JSON without its surface: every number, what it means, and the surface's range, so that a run has one scale before its
 * surfaces are read. JSON has no numbers that are not finite; they become the strings {@code NaN}, {@code Infinity} and
 * {@code -Infinity}.
 */
final class FrameJson {

    /** Fraction of points that may be spikes, which would flatten the valley. */
    private static final double SPIKES = 0.01;

    private FrameJson() {}

    /**
     * A frame.
     *
     * @param elapsed since the run began; absent if that is not known
     */
    static JsonObject of(Frame frame, List<Finding> findings, Optional<Duration> elapsed) {
        JsonObject json = new JsonObject();
        elapsed.filter(time -> !time.isNegative()).ifPresent(time -> json.addProperty("elapsed", time.toSeconds()));
        json.addProperty("iteration", frame.iteration());
        json.addProperty("epoch", frame.epoch());
        json.addProperty("status", frame.status().label());
        json.addProperty("objective", frame.objective());
        json.add("loss", number(frame.loss()));
        json.add("accuracy", number(frame.accuracy()));
        json.add("validationLoss", number(frame.validationLoss()));
        json.add("validationAccuracy", number(frame.validationAccuracy()));
        JsonObject surface = surface(frame.surface());
        surface.add("hollows", HollowsJson.of(frame));
        json.add("surface", surface);
        json.add("curvature", CurvatureJson.of(frame.curvature()));
        Map<String, Double> quantities = new TreeMap<>(frame.quantities());
        quantities.putAll(frame.curvature().estimateNumbers());
        json.add("quantities", numbers(quantities));
        json.add("seconds", numbers(frame.seconds()));
        json.add("findings", findings(findings));
        return json;
    }

    /**
     * An incomplete frame.
     *
     * @param status in the page's words
     * @param sentence what it means
     */
    static JsonObject unfinished(Frame frame, String status, String sentence) {
        Finding finding = new Finding("unfinished", Severity.NOTE, sentence, Map.of(), "", "");
        JsonObject json = of(frame, List.of(finding), Optional.empty());
        json.addProperty("status", status);
        return json;
    }

    private static JsonArray findings(List<Finding> findings) {
        JsonArray array = new JsonArray();
        for (Finding finding : findings) {
            JsonObject json = new JsonObject();
            json.addProperty("kind", finding.kind());
            json.addProperty("severity", finding.severity().label());
            json.addProperty("words", finding.words());
            json.addProperty("advice", finding.advice());
            json.addProperty("reference", finding.reference());
            json.add("numbers", numbers(finding.numbers()));
            array.add(json);
        }
        return array;
    }

    private static JsonObject surface(SurfaceValues surface) {
        boolean[][] known = surface.known();
        JsonObject ranges = new JsonObject();
        ranges.add("loss", range(surface.loss(), known));
        surface.accuracy().ifPresent(values -> ranges.add("accuracy", range(values, known)));
        surface.validationLoss().ifPresent(values -> ranges.add("validationLoss", range(values, known)));
        surface.validationAccuracy().ifPresent(values -> ranges.add("validationAccuracy", range(values, known)));
        JsonObject json = new JsonObject();
        json.addProperty("evaluated", surface.evaluatedPoints());
        surface.interpolation().ifPresent(points -> json.add("interpolated", errors(points)));
        json.addProperty("columns", surface.alpha().length);
        json.addProperty("rows", surface.beta().length);
        json.add("ranges", ranges);
        return json;
    }

    /** The estimated errors of interpolated points, as shares of each metric's range. */
    private static JsonObject errors(SurfaceInterpolation points) {
        JsonObject json = new JsonObject();
        json.add("loss", number(points.loss()));
        json.add("accuracy", number(points.accuracy()));
        json.add("validationLoss", number(points.validationLoss()));
        json.add("validationAccuracy", number(points.validationAccuracy()));
        return json;
    }

    /** The lowest finite value, the one that 1 % of the points exceed, and the highest; null if none is finite. */
    private static JsonElement range(double[][] values, boolean[][] known) {
        double[] finite = new double[values.length * values[0].length];
        int count = 0;
        for (int row = 0; row < values.length; row++) {
            for (int column = 0; column < values[row].length; column++) {
                if (known[row][column] && Double.isFinite(values[row][column])) {
                    finite[count++] = values[row][column];
                }
            }
        }
        if (count == 0) {
            return JsonNull.INSTANCE;
        }
        Arrays.sort(finite, 0, count);
        JsonArray range = new JsonArray();
        range.add(finite[0]);
        range.add(finite[(int) Math.floor((count - 1) * (1 - SPIKES))]);
        range.add(finite[count - 1]);
        return range;
    }

    private static JsonObject numbers(Map<String, Double> values) {
        JsonObject json = new JsonObject();
        new TreeMap<>(values).forEach((name, value) -> json.add(name, number(value)));
        return json;
    }

    static JsonElement number(OptionalDouble value) {
        return value.isPresent() ? number(value.getAsDouble()) : JsonNull.INSTANCE;
    }

    static JsonPrimitive number(double value) {
        return Double.isFinite(value) ? new JsonPrimitive(value) : new JsonPrimitive(Double.toString(value));
    }
}
