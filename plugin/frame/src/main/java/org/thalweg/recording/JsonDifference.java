package org.thalweg.recording;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Describes the first difference between two JSON values. */
final class JsonDifference {

    /** Deeplearning4j keeps these training counters in a network's configuration. */
    private static final Set<String> COUNTERS = Set.of("iterationCount", "epochCount");

    /** Messages truncate longer values. */
    private static final int SHOWN = 60;

    private JsonDifference() {}

    /**
     * The first difference.
     *
     * @param path of the values, for the answer: {@code options.seed is 2, in the run it is 1}
     */
    static Optional<String> between(String path, JsonElement recorded, JsonElement now) {
        if (recorded.isJsonObject() && now.isJsonObject()) {
            Set<String> names = new TreeSet<>(recorded.getAsJsonObject().keySet());
            names.addAll(now.getAsJsonObject().keySet());
            names.removeAll(COUNTERS);
            return names.stream()
                    .map(name -> between(path + "." + name, member(recorded, name), member(now, name)))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        if (recorded.isJsonArray()
                && now.isJsonArray()
                && recorded.getAsJsonArray().size() == now.getAsJsonArray().size()) {
            for (int i = 0; i < now.getAsJsonArray().size(); i++) {
                Optional<String> difference = between(
                        path + "[" + i + "]",
                        recorded.getAsJsonArray().get(i),
                        now.getAsJsonArray().get(i));
                if (difference.isPresent()) {
                    return difference;
                }
            }
            return Optional.empty();
        }
        return recorded.equals(now)
                ? Optional.empty()
                : Optional.of(path + " is " + shown(now) + ", in the run it is " + shown(recorded));
    }

    private static JsonElement member(JsonElement object, String name) {
        JsonElement member = object.getAsJsonObject().get(name);
        return member == null ? JsonNull.INSTANCE : member;
    }

    private static String shown(JsonElement value) {
        String text = value.isJsonNull() ? "absent" : value.toString();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
