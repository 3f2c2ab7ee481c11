package org.thalweg.demo.residual;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.thalweg.demo.SurfaceTable;
import org.thalweg.frame.Frame;
import org.thalweg.objective.ObjectiveMode;
import org.thalweg.topology.MergeTree;

/**
 * A trained network and the surfaces around it: in each mode, on several random planes.
 *
 * @param name name of the network and its run
 * @param network trained
 * @param surfaces one frame for each plane; the first in mode {@code RUNNING} is the run's last
 */
record Look(String name, ComputationGraph network, Map<ObjectiveMode, List<Frame>> surfaces) {

    /** On the statistics of training, as the source evaluates, and on those of the batch. */
    static final List<ObjectiveMode> MODES = List.of(ObjectiveMode.RUNNING, ObjectiveMode.BATCH);

    /** Names of the columns of {@link #rows}. */
    static final String HEADER = SurfaceTable.HEADER + String.format(Locale.ROOT, " %11s", "persistence");

    List<Frame> in(ObjectiveMode mode) {
        return Objects.requireNonNull(surfaces.get(mode));
    }

    /** The run's last frame. */
    Frame frame() {
        return in(ObjectiveMode.RUNNING).get(0);
    }

    /** A line for each plane. */
    List<String> rows(ObjectiveMode mode) {
        List<Frame> planes = in(mode);
        return IntStream.range(0, planes.size())
                .mapToObj(plane -> SurfaceTable.row(name + " plane " + (plane + 1), planes.get(plane))
                        + String.format(Locale.ROOT, " %11.3g", persistence(planes.get(plane))))
                .toList();
    }

    /** Local minima of all planes in the mode that the source evaluates. */
    int minima() {
        return in(ObjectiveMode.RUNNING).stream().mapToInt(SurfaceTable::minima).sum();
    }

    /** Mean over the planes of the summed depths of all hollows but the lowest, 0 for bowls. */
    double persistence() {
        return in(ObjectiveMode.RUNNING).stream()
                .mapToDouble(Look::persistence)
                .average()
                .orElseThrow();
    }

    /** Mean over the planes of the mean rise at radius 0.5. */
    double rise() {
        return in(ObjectiveMode.RUNNING).stream()
                .mapToDouble(SurfaceTable::rise)
                .average()
                .orElseThrow();
    }

    private static double persistence(Frame frame) {
        return MergeTree.of(frame.surface()).totalPersistence(0);
    }
}
