package org.thalweg.data;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.thalweg.direction.DirectionOptions;
import org.thalweg.direction.Normalization;
import org.thalweg.frame.RunProvenance;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.objective.ObjectiveOptions;
import org.thalweg.recording.RunReader;

/**
 * The options of a run, from its {@code run.json}.
 *
 * @param run the run
 */
record RunOptions(RunReader run) {

    /**
     * The function of the parameters.
     *
     * @throws IllegalArgumentException if it cannot be computed again
     */
    ObjectiveOptions function() {
        ObjectiveMode mode = ObjectiveMode.valueOf(upper("mode"));
        Optional<Long> dropout = dropoutSeed();
        if (mode == ObjectiveMode.TRAINING && dropout.isEmpty()) {
            throw new IllegalArgumentException(
                    "the run at " + run.directory().root() + " is of mode training, and its run.json, written before"
                            + " Thalweg 0.2.0, lacks the seed of the dropout masks: that function cannot be"
                            + " computed again");
        }
        return ObjectiveOptions.DEFAULT
                .withMode(mode)
                .withSeed(dropout.orElse(ObjectiveOptions.DEFAULT.seed()))
                .withRegularized(flag("regularized"))
                .withBatchSize(number("batchSize").intValue());
    }

    /**
     * Checks that another run has the same function.
     *
     * @throws IllegalArgumentException naming the difference
     */
    void requireSameFunction(RunOptions other) {
        for (String name : new String[] {"mode", "regularized", "batchSize"}) {
            requireSame(name, options().get(name), other.options().get(name), other);
        }
        if (upper("mode").equals(ObjectiveMode.TRAINING.name())) {
            requireSame(
                    "seed of the dropout masks",
                    dropoutSeed().orElse(null),
                    other.dropoutSeed().orElse(null),
                    other);
        }
        RunProvenance given = other.run.provenance();
        requireSame("dataType", run.provenance().dataType(), given.dataType(), other);
    }

    private Optional<Long> dropoutSeed() {
        return run.provenance().settings().get("objective") instanceof Map<?, ?> function
                        && function.get("seed") instanceof Number seed
                ? Optional.of(seed.longValue())
                : Optional.empty();
    }

    private void requireSame(String name, @Nullable Object mine, @Nullable Object others, RunOptions other) {
        if (!Objects.equals(mine, others)) {
            throw new IllegalArgumentException("runs on one surface must have the same function: " + name
                    + " is " + mine + " in " + run.directory().root() + " and " + others + " in "
                    + other.run.directory().root());
        }
    }

    /**
     * The scale of its directions.
     *
     * @throws IllegalArgumentException if they were not drawn at random
     */
    DirectionOptions directions() {
        requireRandom();
        return DirectionOptions.DEFAULT
                .withNormalization(Normalization.valueOf(upper("normalization")))
                .withIgnoreBiasAndNorm(flag("ignoreBiasAndNorm"))
                .withKeepPruned(flag("keepPruned"));
    }

    /** The seed of its directions; throws like {@link #directions}. */
    long seed() {
        requireRandom();
        return number("seed").longValue();
    }

    private void requireRandom() {
        Object plane = options().getOrDefault("plane", "random");
        if (!plane.equals("random")) {
            throw new IllegalArgumentException(
                    "the run at " + run.directory().root() + " has directions that come from no" + " seed (" + plane
                            + "): record them with RecordingOptions.withDirections(true), and give no seed");
        }
    }

    private Map<String, Object> options() {
        return run.provenance().options();
    }

    private String upper(String name) {
        return required(name).toString().toUpperCase(Locale.ROOT);
    }

    private boolean flag(String name) {
        return Boolean.parseBoolean(required(name).toString());
    }

    private Number number(String name) {
        if (required(name) instanceof Number number) {
            return number;
        }
        throw new IllegalArgumentException(
                run.directory().description() + " should have a number for " + name + ", has " + required(name));
    }

    private Object required(String name) {
        @Nullable Object value = options().get(name);
        if (value == null) {
            throw new IllegalArgumentException(run.directory().description() + " does not have the option " + name
                    + ": only runs recorded by LandscapeListener can be analyzed again");
        }
        return value;
    }
}
