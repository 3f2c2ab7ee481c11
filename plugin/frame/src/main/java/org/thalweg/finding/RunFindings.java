package org.thalweg.finding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Frame;

/**
 * Describes the frames of a run in sentences, each in comparison with earlier ones. Frames may be given in any order
 * and more than once, but a frame is never compared with a later one. Keeps a few numbers for each frame. Not
 * thread-safe.
 *
 * @since 0.2.0
 */
public final class RunFindings {

    private final NavigableMap<Long, Moment> moments = new TreeMap<>();

    /** The findings of a frame, the most severe first; may be empty. */
    public List<Finding> at(Frame frame) {
        NavigableMap<Long, Moment> earlier = moments.headMap(frame.iteration(), false);
        List<Finding> found = new ArrayList<>();
        boolean diverged = LossFindings.diverged(frame).map(found::add).isPresent();
        Optional<Moment> before = Optional.ofNullable(earlier.lastEntry()).map(Map.Entry::getValue);
        Optional<Finding> edge =
                CurvatureFindings.edge(frame, before.isPresent() && before.get().atEdge());
        if (!diverged) {
            LossFindings.risen(frame, earlier.values()).ifPresent(found::add);
            LossFindings.overfitting(frame, earlier.values()).ifPresent(found::add);
            edge.ifPresent(found::add);
            CurvatureFindings.negative(frame).ifPresent(found::add);
            CurvatureFindings.sharpness(frame, earlier.values()).ifPresent(found::add);
            CurvatureFindings.doubts(frame).forEach(found::add);
        }
        SurfaceFindings.of(frame).forEach(found::add);
        found.sort(Comparator.comparing(Finding::severity).reversed());
        moments.put(
                frame.iteration(),
                new Moment(
                        frame.iteration(),
                        frame.loss(),
                        frame.validationLoss(),
                        frame.curvature().lambdaMax().filter(Eigenvalue::converged),
                        edge.isPresent()));
        return List.copyOf(found);
    }
}
