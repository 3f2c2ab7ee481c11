package org.thalweg.viewer;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import org.thalweg.frame.LineValues;

/**
 * A line through the parameters on a page. Immutable.
 *
 * @param name what the page calls it, such as the name of its file
 * @param values along the line; points that were not evaluated are left out
 * @since 0.2.0
 */
public record PageLine(String name, LineValues values) {

    /** The line as JSON; numbers that are not finite are strings, as in {@link FrameJson}. */
    JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("name", name);
        json.add("alpha", evaluated(values.alpha()));
        json.add("loss", evaluated(values.loss()));
        values.accuracy().ifPresent(accuracy -> json.add("accuracy", evaluated(accuracy)));
        values.validationLoss().ifPresent(loss -> json.add("validationLoss", evaluated(loss)));
        values.validationAccuracy().ifPresent(accuracy -> json.add("validationAccuracy", evaluated(accuracy)));
        return json;
    }

    private JsonArray evaluated(double[] all) {
        boolean[] evaluated = values.evaluated();
        JsonArray array = new JsonArray();
        for (int i = 0; i < all.length; i++) {
            if (evaluated[i]) {
                array.add(FrameJson.number(all[i]));
            }
        }
        return array;
    }
}
