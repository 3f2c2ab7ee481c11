package org.thalweg.viewer;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.thalweg.frame.Frame;
import org.thalweg.frame.RunProvenance;
import org.thalweg.frame.RunProvenance.Parameter;

/** Describes a run as JSON, without paths of this machine. */
final class RunJson {

    private static final Gson GSON = new Gson();

    private RunJson() {}

    /**
     * A description.
     *
     * @param started when the run began; name and start identify a run
     * @param key what links call the run, such as its path below a folder
     * @param shown whether a page shows the run when it opens, unless its link says otherwise
     */
    static JsonObject of(RunProvenance run, Instant started, String key, boolean shown) {
        JsonObject json = new JsonObject();
        json.addProperty("name", run.run());
        json.addProperty("key", key);
        json.addProperty("shown", shown);
        json.addProperty("started", started.toString());
        json.addProperty("device", run.device());
        json.addProperty("objective", run.objective());
        json.addProperty("dataType", run.dataType());
        json.addProperty("parameters", size(run, parameter -> true));
        json.addProperty("trainable", size(run, Parameter::trainable));
        json.addProperty("probe", run.probeSource());
        json.add("versions", GSON.toJsonTree(new TreeMap<>(run.versions())));
        JsonObject options = new JsonObject();
        for (Map.Entry<String, Object> option : new TreeMap<>(run.options()).entrySet()) {
            options.addProperty(option.getKey(), option.getValue().toString());
        }
        json.add("options", options);
        return json;
    }

    /**
     * A run in short.
     *
     * @param frames how many it has
     * @param last the last of them
     * @param live whether more may follow
     */
    static JsonObject summary(int frames, Frame last, boolean live) {
        JsonObject json = new JsonObject();
        json.addProperty("frames", frames);
        json.addProperty("iteration", last.iteration());
        json.addProperty("status", last.status().label());
        json.add("loss", FrameJson.number(last.loss()));
        last.curvature().lambdaMax().ifPresent(largest -> json.add("lambdaMax", FrameJson.number(largest.value())));
        json.addProperty("live", live);
        return json;
    }

    private static long size(RunProvenance run, Predicate<Parameter> which) {
        return run.parameters().stream()
                .filter(which)
                .mapToLong(Parameter::elements)
                .sum();
    }
}
