package org.thalweg.viewer;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Locale;
import org.thalweg.frame.SpectralDensityValues;

/** A spectral density as JSON, reduced to the few hundred cells that the page can show. */
final class DensityJson {

    private static final int MOST_CELLS = 128;
    private static final int DIGITS = 4;

    private DensityJson() {}

    static JsonObject of(SpectralDensityValues density) {
        double[] value = density.value();
        double[] lambda = density.lambda();
        // A value is the mean over its cell, so a wider cell gets the mean of several.
        int together = (value.length + MOST_CELLS - 1) / MOST_CELLS;
        JsonArray cells = new JsonArray();
        for (int from = 0; from < value.length; from += together) {
            double sum = 0;
            for (int i = from; i < Math.min(value.length, from + together); i++) {
                sum += value[i];
            }
            cells.add(rounded(sum / together));
        }
        double spacing = density.spacing();
        double first = lambda[0] - spacing / 2;
        JsonObject json = new JsonObject();
        json.add("low", FrameJson.number(first));
        json.add("high", FrameJson.number(first + cells.size() * together * spacing));
        json.add("cells", cells);
        json.addProperty("probes", density.probes());
        json.addProperty("steps", density.steps());
        json.add("mean", FrameJson.number(density.mean()));
        json.add("meanStandardError", FrameJson.number(density.meanStandardError()));
        return json;
    }

    /** Rounded to as many digits as a picture can show. */
    private static Number rounded(double value) {
        if (!Double.isFinite(value)) {
            return 0;
        }
        return Double.parseDouble(String.format(Locale.ROOT, "%." + (DIGITS - 1) + "e", value));
    }
}
