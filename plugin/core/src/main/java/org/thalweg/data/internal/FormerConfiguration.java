package org.thalweg.data.internal;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;

/**
 * Configurations as Deeplearning4j 0.9 and older wrote them, in JSON that its reader of graphs misunderstands: there
 * {@code "dropOut": 0.0} meant no dropout, and is taken for one that keeps nothing, which is refused.
 */
final class FormerConfiguration {

    private static final String DROPOUT = "dropOut";

    private FormerConfiguration() {}

    /** The same configuration, without dropout where it meant none; newer ones are as they were. */
    static String mended(String json) {
        if (!json.contains('"' + DROPOUT + '"')) {
            return json;
        }
        JsonElement configuration = JsonParser.parseString(json);
        mend(configuration);
        return new GsonBuilder().serializeNulls().disableHtmlEscaping().create().toJson(configuration);
    }

    private static void mend(JsonElement element) {
        if (element.isJsonArray()) {
            element.getAsJsonArray().forEach(FormerConfiguration::mend);
        } else if (element.isJsonObject()) {
            element.getAsJsonObject()
                    .entrySet()
                    .removeIf(member -> member.getKey().equals(DROPOUT) && isZero(member.getValue()));
            element.getAsJsonObject().entrySet().forEach(member -> mend(member.getValue()));
        }
    }

    private static boolean isZero(JsonElement value) {
        return value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber() && value.getAsDouble() == 0;
    }
}
