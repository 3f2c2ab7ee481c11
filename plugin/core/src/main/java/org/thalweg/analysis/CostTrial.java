package org.thalweg.analysis;

import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.thalweg.direction.DirectionPair;
import org.thalweg.objective.Objective;
import org.thalweg.objective.ParameterSnapshot;
import org.thalweg.objective.Slice;

/** Times a few points of a surface. */
final class CostTrial {

    private static final int TIMED_POINTS = 4;

    /**
     * Cost of a product in points of a surface: forward and backward passes of values and tangents cost as much as six
     * forward passes; unrolling and bookkeeping add to that.
     */
    private static final double PRODUCT_IN_POINTS = 8;

    private CostTrial() {}

    /** The cost of points on both probes, and of products. */
    static AnalysisCost of(ParameterSnapshot snapshot, Objective train, Optional<Objective> validation) {
        AnalysisCost trained = of(train, snapshot);
        AnalysisCost validated = validation.map(held -> of(held, snapshot)).orElse(AnalysisCost.UNKNOWN);
        return new AnalysisCost(
                trained.setup() + validated.setup(), trained.point() + validated.point(), trained.product(), 0);
    }

    private static AnalysisCost of(Objective of, ParameterSnapshot snapshot) {
        Objective objective = of.withConstants(snapshot);
        Stopwatch watch = new Stopwatch();
        // Any plane and any point cost the same.
        try (INDArray theta = objective.layout().pack(snapshot.parameters());
                Slice slice = objective.slice(theta, new DirectionPair(theta, theta).plane())) {
            slice.evaluate(new double[1][2]);
            watch.lap("first");
            slice.evaluate(new double[TIMED_POINTS][2]);
            watch.lap("others");
        }
        Map<String, Double> seconds = watch.seconds();
        double point = seconds.getOrDefault("others", 0.0) / TIMED_POINTS;
        double setup = Math.max(0, seconds.getOrDefault("first", 0.0) - point);
        return new AnalysisCost(setup, point, PRODUCT_IN_POINTS * point, 0);
    }
}
