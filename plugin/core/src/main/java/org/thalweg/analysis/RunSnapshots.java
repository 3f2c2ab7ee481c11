package org.thalweg.analysis;

import java.util.List;
import org.thalweg.objective.ParameterSnapshot;

/**
 * Snapshots of a run in the order of training.
 *
 * @param run name of the run
 * @param snapshots at least one
 * @since 0.2.0
 */
public record RunSnapshots(String run, List<ParameterSnapshot> snapshots) {

    public RunSnapshots {
        snapshots = List.copyOf(snapshots);
        if (snapshots.isEmpty()) {
            throw new IllegalArgumentException(
                    "the trajectory of " + run + " must have at least one snapshot, got none");
        }
    }

    /** The last snapshot. */
    ParameterSnapshot last() {
        return snapshots.get(snapshots.size() - 1);
    }
}
