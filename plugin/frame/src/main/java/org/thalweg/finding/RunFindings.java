package org.thalweg.finding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.thalweg.frame.ConnectionStudy;
import org.thalweg.frame.CurvatureValues.Eigenvalue;
import org.thalweg.frame.Finding;
import org.thalweg.frame.Frame;
import org.thalweg.frame.RunProvenance;

/**
 * Describes the frames of a run in sentences, each in comparison with earlier ones. Frames may be given in any order
 * and more than once, but a frame is never compared with a later one. Keeps a few numbers for each frame. Not
 * thread-safe.
 *
 * @since 0.2.0
 */
public final class RunFindings {

    private final NavigableMap<Long, Moment> moments = new TreeMap<>();
    private final boolean isTraining;

    /** Findings of frames of a training run. */
    public RunFindings() {
        this(true);
    }

    private RunFindings(boolean isTraining) {
        this.isTraining = isTraining;
    }

    /**
     * Findings of a recorded run. A plane of two networks that are trained already has none, since they are about the course of
     * training.
     */
    public static RunFindings of(RunProvenance run) {
        return new RunFindings(!ConnectionStudy.isOf(run));
    }

    /** The findings of a frame, the most severe first; may be empty. */
    public List<Finding> at(Frame frame) {
        if (!isTraining) {
            return List.of();
        }
        NavigableMap<Long, Moment> earlier = moments.headMap(frame.iteration(), false);
        List<Finding> found = new ArrayList<>();
        Optional<Moment> before = Optional.ofNullable(earlier.lastEntry()).map(Map.Entry::getValue);
        Map<String, Course> courses = CourseFindings.follow(frame, before);
        boolean diverged = LossFindings.diverged(frame).map(found::add).isPresent();
        if (!diverged) {
            LossFindings.risen(frame, earlier.values(), before).ifPresent(found::add);
            LossFindings.overfitting(frame, earlier.values(), before).ifPresent(found::add);
            CurvatureFindings.edge(frame, before).ifPresent(found::add);
            CurvatureFindings.negative(frame, before).ifPresent(found::add);
            CurvatureFindings.sharpness(frame, earlier.values(), before).ifPresent(found::add);
            CurvatureFindings.doubts(frame, before).forEach(found::add);
            CurvatureFindings.sampling(frame, before).ifPresent(found::add);
            found.addAll(TrainingFindings.of(frame, before));
            CourseFindings.departures(courses).ifPresent(found::add);
        }
        found.addAll(SurfaceFindings.of(frame, before));
        if (LossFindings.validationHasRisen(frame, earlier.values())) {
            found.replaceAll(Advice::notToTrainOn);
        }
        found.sort(Comparator.comparing(Finding::severity).reversed());
        Double critical = frame.quantities().get("critical_step");
        moments.put(
                frame.iteration(),
                new Moment(
                        frame.iteration(),
                        frame.loss(),
                        frame.validationLoss(),
                        frame.curvature().lambdaMax().filter(Eigenvalue::converged),
                        critical == null ? OptionalDouble.empty() : OptionalDouble.of(critical),
                        courses,
                        found.stream().map(Finding::kind).collect(Collectors.toUnmodifiableSet())));
        return List.copyOf(found);
    }

    /** The frame with its findings. */
    public Frame describe(Frame frame) {
        return frame.toBuilder().findings(at(frame)).build();
    }
}
