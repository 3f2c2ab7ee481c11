package org.thalweg.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The option of {@code analyze} that a recorded setting comes from, for messages. */
final class OptionOfSetting {

    /** By the beginnings of settings' paths, more special ones first. */
    private static final Map<String, String> OPTIONS = new LinkedHashMap<>();

    static {
        OPTIONS.put("settings.models", "MODEL");
        OPTIONS.put("settings.probe", "--data, --probe or --seed");
        OPTIONS.put("settings.validation", "--validation");
        OPTIONS.put("settings.objective.batchSize", "--batch-size");
        OPTIONS.put("settings.objective", "--bn");
        OPTIONS.put("settings.plane.seed", "--seed");
        OPTIONS.put("settings.planes", "--planes");
        OPTIONS.put("settings.plane", "--plane or --normalize");
        OPTIONS.put("settings.directions.seed", "--seed");
        OPTIONS.put("settings.directions", "--plane or --normalize");
        OPTIONS.put("settings.line", "--line or --plane");
        OPTIONS.put("settings.states", "--states");
        for (String axis : List.of("settings.axis", "settings.grid.alpha", "settings.grid.beta")) {
            OPTIONS.put(axis + ".points", "--grid");
            OPTIONS.put(axis, "--range");
        }
        OPTIONS.put("settings.tolerance", "--adaptive");
        OPTIONS.put("settings.saveDirections", "--save-directions");
        OPTIONS.put("settings.keepPruned", "--keep-pruned");
        OPTIONS.put("settings.convexity", "--convexity");
        OPTIONS.put("settings.curvature.density", "--density");
        OPTIONS.put("settings.curvature.further", "--class-shares");
        OPTIONS.put("settings.curvature", "--eigenvalues");
    }

    private OptionOfSetting() {}

    /** A difference, after the option that makes it: {@code another --seed (settings.plane.seed is 7, ...)}. */
    static String named(String difference) {
        return OPTIONS.entrySet().stream()
                .filter(entry -> difference.startsWith(entry.getKey()))
                .findFirst()
                .map(entry -> "another " + entry.getValue() + " (" + difference + ")")
                .orElse(difference);
    }
}
